from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.modules.module import load_script
from odoo.tests import Form, tagged
from odoo.tools import file_path

from .closing_common import SmarthomeClosingCommon


@tagged("post_install", "-at_install")
class TestClosing(SmarthomeClosingCommon):
    """What stands in the way, what is frozen, who may; and the way back."""

    def _obstacles(self):
        return {obstacle["code"] for obstacle in self.object._get_closing_obstacles()}

    def test_obstacles_are_listed_in_one_error(self):
        self.assertLessEqual({"money", "works", "act", "photo"}, self._obstacles())
        with self.assertRaisesRegex(UserError, "(?s)230.*not received.*Works not done: 1"):
            self.object.with_user(self.manager).action_close()
        self.assertFalse(self.object.statement_ids)
        self.contract.action_smarthome_receive(230, "cashless")
        self.assertIn("papers", self._obstacles())
        self.object.has_papers = True
        self.assertNotIn("papers", self._obstacles())

    def test_works_done_and_pay(self):
        self.object.engineer_id = self.engineer
        done = (
            self.env["smarthome.work.done"]
            .with_user(self.engineer)
            .create({"order_line_id": self.work_line.id, "quantity": 2})
        )
        self.assertEqual(done.pay, 12.0)  # 2 x 4 x 1.5
        with self.assertRaisesRegex(UserError, "additional proposal"):
            self._do_works(2)
        with self.assertRaises(UserError):
            self.env["smarthome.work.done"].create(
                {"order_line_id": self.goods_line.id, "quantity": 1}
            )

    def test_final_profit(self):
        """230 - 2 x 60 - 3 x 4 x 1.5 - expense 10 - forgiven 5 = 77."""
        self._accept()
        self._do_works(3)
        self.contract.action_smarthome_receive(225)
        self.env["smarthome.expense"].create(
            {"object_id": self.object.id, "name": "Lorry", "kind": "transport", "amount": 10}
        )
        with self.assertRaises(AccessError):
            self.env["smarthome.forgiven.remainder"].with_user(self.manager).create(
                {"order_id": self.contract.id, "amount": 5, "reason": "A scratch"}
            )
        self.env["smarthome.forgiven.remainder"].with_user(self.head).create(
            {"order_id": self.contract.id, "amount": 5, "reason": "A scratch"}
        )
        self.object.with_user(self.manager).action_close()
        self.assertRecordValues(
            self.object.statement_ids,
            [{"forecast_profit": 92.0, "final_profit": 77.0, "final_revenue": 225.0}],
        )
        facts = {row.code: row.fact for row in self.object.statement_ids.row_ids if row.fact}
        self.assertEqual(
            facts,
            {
                "goods_revenue": 200,
                "work_revenue": 30,
                "goods_cost": -120,
                "works_pay": -18,
                "forgiven": -5,
                "expense_transport": -10,
            },
        )

    def test_pressed_twice_closes_once(self):
        self._make_ready()
        self.object.action_close()
        self.object.action_close()
        self.assertEqual(len(self.object.statement_ids), 1)
        self.assertEqual(self.object.stage, "closed")

    def test_planned_call_is_cancelled(self):
        """Nobody is rung about a closed object; reopened into acceptance it needs no call."""
        self._make_ready()
        call = self.object.next_call_id
        activity = self.object.activity_ids.filtered("smarthome_call_id")
        self.assertTrue(call and activity)
        self.object.with_user(self.manager).action_close()
        self.assertRecordValues(call, [{"state": "cancelled", "object_id": self.object.id}])
        self.assertFalse(activity.exists())
        self.assertFalse(self.object.next_call_id or self.object.next_call_date)
        self.object.with_user(self.head).action_reopen_closed("A mistake")
        self.assertFalse(self.object.next_call_id)
        self.object.with_user(self.head).stage = "in_work"
        self.assertFalse(self.object.next_call_id)
        self.object.with_user(self.head).stage = "contract"
        self.assertTrue(self.object.next_call_id)

    def test_objects_closed_before_are_rung_no_more(self):
        """Earlier closings left the planned call; what was planned since then stays."""
        earlier, later = self._create_object(), self._create_object()
        (earlier + later).write({"stage": "closed"})
        earlier.date_closed = fields.Date.today()
        later.date_closed = "2020-01-01"
        script = "smarthome_crm/migrations/19.0.1.0.1/post-cancel_calls_of_closed.py"
        migration = load_script(file_path(script), "cancel_calls_of_closed")
        self.env.flush_all()
        migration.migrate(self.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertFalse(earlier.next_call_id or earlier.activity_ids)
        self.assertEqual(earlier.call_ids.state, "cancelled")
        self.assertTrue(later.next_call_id)
        self.assertTrue(self.object.next_call_id)

    def test_next_call_is_not_shown_of_a_closed_object(self):
        self._make_ready()
        self.object.action_close()
        with Form(self.object.with_user(self.manager)) as form:
            self.assertTrue(form._get_modifier("next_call_date", "invisible"))

    def test_acts_and_photos_of_a_closed_object_stay(self):
        self._make_ready()
        folders = self.object.folder_ids
        acts = folders.filtered(lambda folder: folder.code == "acts").document_ids
        photo = acts.filtered(lambda document: document.name == "working.png")
        self.object.action_close()
        brief = folders.filtered(lambda folder: folder.code == "brief")
        for values in (
            {"folder_id": brief.id},
            {"active": False},
            {"raw": b"something else"},
            {"is_signed_act": False},
        ):
            with self.assertRaisesRegex(UserError, "reopens it first"):
                acts.with_user(self.manager).write(values)
        with self.assertRaisesRegex(UserError, "reopens it first"):
            photo.attachment_id.with_user(self.manager).raw = b"something else"
        with self.assertRaisesRegex(UserError, "reopens it first"):
            photo.with_user(self.head).unlink()
        with self.assertRaises(AccessError):
            photo.folder_id.with_user(self.manager).code = False
        photo.with_user(self.manager).name = "The panel works.png"
        paper = self._put_into_acts("late.pdf", b"%PDF-1.4 late")
        self.assertEqual(paper.folder_id, photo.folder_id)
        self.object.with_user(self.head).action_reopen_closed("The wrong photo")
        photo.with_user(self.head).unlink()
        self.assertIn("photo", self._obstacles())

    def test_moving_into_closed_closes(self):
        """The bar of stages and RPC do what the button does."""
        self.object.stage = "acceptance"
        with self.assertRaisesRegex(UserError, "not received"):
            self.object.with_user(self.manager).stage = "closed"
        self._make_ready()
        self.object.with_user(self.manager).stage = "closed"
        self.assertEqual(self.object.statement_ids.final_profit, 92)

    def test_closed_object_takes_no_works(self):
        self._do_works(2)
        self.object.stage = "closed"
        with self.assertRaisesRegex(UserError, "reopens it first"):
            self._do_works(1)
        with self.assertRaisesRegex(UserError, "reopens it first"):
            self.object.done_ids.unlink()

    def test_nothing_is_moved_away_from_a_closed_object(self):
        """A work done or a forgiven remainder written onto the contract of an open object."""
        other = self._create_contract(
            (self.goods, 1), (self.work, 5), smarthome_object_id=self._create_object(name="Open").id
        )
        self._make_ready()
        done = self.env["smarthome.work.done"].search([("object_id", "=", self.object.id)])
        forgiven = self.env["smarthome.forgiven.remainder"].create(
            {"order_id": other.id, "amount": 1, "reason": "A scratch"}
        )
        self.object.action_close()
        with self.assertRaisesRegex(UserError, "is closed"):
            done.with_user(self.head).order_line_id = other.order_line[1]
        self.cr.execute(
            "UPDATE smarthome_forgiven_remainder SET order_id = %s, object_id = %s WHERE id = %s",
            [self.contract.id, self.object.id, forgiven.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "is closed"):
            forgiven.with_user(self.head).order_id = other

    def test_opened_contract_of_a_closed_object(self):
        """A head opened the contract and left it so: what is closed stays."""
        self._make_ready()
        contract = self.contract.with_user(self.head)
        contract.action_smarthome_open_contract("A slip")
        self.object.action_close()
        for values in (
            [Command.update(contract.order_line[0].id, {"price_unit": 1})],
            [Command.create({"product_id": contract.order_line[0].product_id.id})],
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                contract.order_line = values

    def test_contracts_signed_before_prices_were_frozen(self):
        line = self.contract.order_line[0]
        self.env.flush_all()
        self.cr.execute(
            "UPDATE sale_order_line SET discount = 10, smarthome_signed_price = NULL,"
            " smarthome_signed_discount = NULL WHERE id = %s",
            [line.id],
        )
        self.cr.execute(
            "UPDATE sale_order SET smarthome_usual_coefficient = NULL WHERE id = %s",
            [self.contract.id],
        )
        script = "smarthome_crm/migrations/19.0.1.0.2/post-freeze_signed_prices.py"
        load_script(file_path(script), "freeze_signed_prices").migrate(self.cr, "19.0.1.0.1")
        self.env.invalidate_all()
        self.assertRecordValues(
            line,
            [{"smarthome_signed_price": line.price_unit, "smarthome_signed_discount": 10}],
        )
        self.assertEqual(
            self.contract.smarthome_usual_coefficient, self.object_type.work_coefficient
        )

    def test_reopening(self):
        self._make_ready()
        self.object.action_close()
        with self.assertRaises(AccessError):
            self.object.with_user(self.manager).action_reopen_closed("A mistake")
        with self.assertRaises(UserError):
            self.object.with_user(self.head).action_reopen_closed("")
        self.object.with_user(self.head).action_reopen_closed("A mistake")
        self.assertEqual(self.object.stage, "acceptance")
        self.object.action_close()
        self.assertEqual(self.object.statement_ids.mapped("is_current"), [True, False])

    def test_coefficient_changed_after_signing_changes_nothing(self):
        self.contract.smarthome_work_coefficient = 9
        self._make_ready()
        self.object.action_close()
        self.assertEqual(self.object.statement_ids.final_profit, 92)

    def test_access(self):
        self._make_ready()
        self.object.action_close()
        statement = self.object.statement_ids
        self.env.flush_all()
        self.assertEqual(statement.with_user(self.manager).final_profit, 92)
        for user in self.other_manager, self.engineer, self.storekeeper, self.secretary:
            for record in statement, statement.row_ids:
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
        with self.assertRaises(AccessError):
            statement.row_ids[0].with_user(self.manager).fact = 1000

    def test_frozen_figures_are_not_written_by_hand(self):
        """What the final profit stands on is out of a manager's reach by RPC."""
        with self.assertRaises(AccessError):
            self.contract.with_user(self.manager).smarthome_signed_coefficient = 0.01
        with self.assertRaises(AccessError):
            self.work_line.with_user(self.manager).smarthome_done_quantity = 3
