"""Two people at one contract at the same moment: one outcome, and no money is lost."""

from together import Together

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.smarthome_crm.tests.acceptance_common import PIXEL
from odoo.addons.smarthome_crm.tests.common import deliver


@tagged("post_install", "-at_install")
class TestContractSameMoment(Together):
    """2 goods of 100 and 3 works of 10: 230 in all, planned as 115, 92 and 23."""

    name = "Together at a contract"
    roles = {"together_manager": "manager", "together_head": "head"}

    def setUp(self):
        super().setUp()
        self.manager, self.head = self._run(self._make_people)
        self.object_id, self.order_id = self._run(self._make_proposal)

    # === Committed records === #

    def _make_proposal(self, env):
        partner = env["res.partner"].create({"name": self.name, "user_id": self.manager})
        site = env["smarthome.object"].create(
            {"name": self.name, "partner_id": partner.id, "user_id": self.manager}
        )
        goods = self._make_product(env, 100, type="consu", standard_price=60)
        work = self._make_product(env, 10, type="service", smarthome_is_work=True)
        order = env["sale.order"].create(
            {
                "smarthome_object_id": site.id,
                "smarthome_date_start": "2026-12-01",
                "smarthome_date_end": "2026-12-10",
                "smarthome_payment_template_id": env.ref(
                    "smarthome_crm.payment_template_50_40_10"
                ).id,
                "order_line": [
                    Command.create({"product_id": goods.id, "product_uom_qty": 2}),
                    Command.create({"product_id": work.id, "product_uom_qty": 3}),
                ],
            }
        )
        return site.id, order.id

    def _make_product(self, env, price, **values):
        values = {"name": self.name, "list_price": price, "taxes_id": [Command.clear()], **values}
        return env["product.product"].create(values)

    def _make_contract(self, env):
        env["sale.order"].browse(self.order_id).action_confirm()

    def _make_ready(self, env):
        """Sign, deliver, do the works, accept, and receive all but the last 23."""
        self._make_contract(env)
        order = env["sale.order"].browse(self.order_id)
        site = order.smarthome_object_id
        deliver(site)
        work = order.order_line.filtered(lambda line: line.smarthome_kind == "work")
        env["smarthome.work.done"].create({"order_line_id": work.id, "quantity": 3})
        acts = site.folder_ids.filtered(lambda folder: folder.code == "acts")
        env["smarthome.document"].create(
            [
                {"folder_id": acts.id, "name": "a.pdf", "raw": b"%PDF-1.4", "is_signed_act": True},
                {"folder_id": acts.id, "name": "a.png", "raw": PIXEL},
            ]
        )
        order.action_smarthome_receive(207)

    def _make_closable(self, env):
        self._make_ready(env)
        env["sale.order"].browse(self.order_id).action_smarthome_receive(23)

    # === What they press === #

    def _order(self, env):
        return env["sale.order"].browse(self.order_id)

    def _site(self, env):
        return env["smarthome.object"].browse(self.object_id)

    def _close(self, env):
        return self._site(env).action_close()

    def _reopen(self, env):
        return self._site(env).action_reopen_closed("A mistake")

    def _sign(self, env):
        self._order(env).action_confirm()

    def _spend(self, env):
        values = {"object_id": self.object_id, "name": "Lorry", "amount": 10}
        return env["smarthome.expense"].create(values).id

    def _reverse(self, env):
        receipts = self._order(env).smarthome_receipt_ids
        return receipts.filtered(lambda one: one.amount == 23).action_reverse("False note").ids

    def _undo_works(self, env):
        return self._site(env).done_ids.sudo().write({"quantity": 1})

    def _throw_away(self, env):
        domain = [("object_id", "=", self.object_id), ("name", "=", "a.png")]
        return env["smarthome.document"].search(domain).action_archive()

    def _forgive(self, env):
        values = {"order_id": self.order_id, "amount": 23, "reason": "A scratch"}
        return env["smarthome.forgiven.remainder"].create(values).id

    def _read(self, *names):
        """Values of the object or its contract as they are committed."""

        def read(env):
            site, order = self._site(env), self._order(env)
            values = {
                "stage": site.stage,
                "current": len(site.statement_ids.filtered("is_current")),
                "statements": len(site.statement_ids),
                "profits": site.statement_ids.mapped("final_profit"),
                "received": order.smarthome_received,
                "receipts": sorted(order.smarthome_receipt_ids.mapped("amount")),
                "planned": order.smarthome_milestone_ids.mapped("amount"),
                "paid": order.smarthome_milestone_ids.mapped("paid_amount"),
                "forgiven": len(site.forgiven_ids),
            }
            return [values[name] for name in names]

        return self._run(read)

    def _both_orders(self, one, other):
        """Press in turn, whoever is first."""
        return self._press_together(one, other, in_turn=True)

    # === Signing and planning === #

    def test_signed_once(self):
        tries, told = self._press_together((self.manager, self._sign), (self.head, self._sign))
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        refusals = [text for text in told.values() if text]
        self.assertEqual(len(refusals), 1, "the second one is told that it is signed")
        number = self._run(lambda env: self._order(env).smarthome_contract_number)
        self._run(self._check_no_number_lost)
        self.assertTrue(number)
        self.assertEqual(self._read("planned"), [[115, 92, 23]])

    def _check_no_number_lost(self, env):
        """The next contract has the next number: the second press took none."""
        following = env["ir.sequence"].next_by_code("smarthome.contract")
        number = self._order(env).smarthome_contract_number
        self.assertEqual(int(following.split("-")[-1]), int(number.split("-")[-1]) + 1)

    def test_planned_once(self):
        """Two plans of one contract would together be twice its total."""
        self._run(self._make_contract)
        self._run(lambda env: self._order(env).smarthome_milestone_ids.unlink() and None)

        def plan(env):
            self._order(env).action_smarthome_plan_payments()

        self._press_together((self.manager, plan), (self.head, plan))
        self.assertEqual(self._read("planned"), [[115, 92, 23]])

    # === Money === #

    def test_two_receipts(self):
        """100 and 60 at once: 160 received, the first payment paid, 45 of the second."""
        self._run(self._make_contract)

        def receive(amount):
            return lambda env: self._order(env).action_smarthome_receive(amount).id

        tries, told = self._press_together((self.manager, receive(100)), (self.head, receive(60)))
        self.assertGreaterEqual(len(tries), 3)
        self.assertEqual(len(set(told.values())), 2, told)
        found = self._read("receipts", "received", "paid")
        self.assertEqual(found, [[60, 100], 160, [115, 45, 0]])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_reversed_once(self):
        self._run(self._make_closable)
        self._press_together((self.manager, self._reverse), (self.head, self._reverse))
        self.assertEqual(self._read("receipts", "received"), [[-23, 23, 207], 207])

    def test_forgiven_once(self):
        self._run(self._make_ready)
        _tries, told = self._press_together((self.head, self._forgive), (self.head, self._forgive))
        self.assertEqual(self._read("forgiven"), [1])
        self.assertIn("no more than", "".join(map(str, told.values())))

    # === Closing === #

    def test_closed_once(self):
        self._run(self._make_closable)
        tries, told = self._press_together((self.manager, self._close), (self.head, self._close))
        self.assertGreaterEqual(len(tries), 3)
        self.assertEqual(told, {0: True, 1: True}, "both are told that it is closed")
        self.assertEqual(self._read("stage", "statements"), ["closed", 1])

    def test_closed_then_reversed(self):
        """Money of a closed object is not taken back: a head reopens it first."""
        self._run(self._make_closable)
        _tries, told = self._both_orders((self.manager, self._close), (self.head, self._reverse))
        self.assertIn("reopens it first", told[1])
        self.assertEqual(self._read("stage", "received"), ["closed", 230])

    def test_reversed_then_closed(self):
        self._run(self._make_closable)
        _tries, told = self._both_orders((self.manager, self._reverse), (self.head, self._close))
        self.assertIn("cannot be closed yet", told[1])
        self.assertEqual(self._read("stage", "received", "statements"), ["contract", 207, 0])

    def test_spent_then_closed(self):
        """230 - 2 x 60 - 10: the expense of the same moment is in the statement."""
        self._run(self._make_closable)
        self._both_orders((self.manager, self._spend), (self.head, self._close))
        self.assertEqual(self._read("stage", "profits"), ["closed", [100]])

    def test_closed_then_spent(self):
        self._run(self._make_closable)
        _tries, told = self._both_orders((self.head, self._close), (self.manager, self._spend))
        self.assertIn("reopens it first", told[1])
        self.assertEqual(self._read("profits"), [[110]])

    def test_closed_then_undone(self):
        """Works are not taken back from a closed object either."""
        self._run(self._make_closable)
        _tries, told = self._both_orders((self.manager, self._close), (self.head, self._undo_works))
        self.assertIn("reopens it first", told[1])

    def test_photo_taken_away_then_closed(self):
        self._run(self._make_closable)
        _tries, told = self._both_orders((self.head, self._throw_away), (self.manager, self._close))
        self.assertIn("photo", told[1])
        self.assertEqual(self._read("stage"), ["contract"])

    def test_closed_then_photo_taken_away(self):
        """What the closing saw stays in the folder."""
        self._run(self._make_closable)
        _tries, told = self._both_orders((self.manager, self._close), (self.head, self._throw_away))
        self.assertIn("reopens it first", told[1])

    def test_forgiven_then_closed(self):
        """230 - 120 - 23."""
        self._run(self._make_ready)
        self._both_orders((self.head, self._forgive), (self.manager, self._close))
        self.assertEqual(self._read("stage", "profits"), ["closed", [87]])

    # === Reopening === #

    def test_reopened_then_closed(self):
        """Whoever closes a moment after the reopening closes anew."""
        self._run(self._make_closable)
        self._run(self._close)
        self._both_orders((self.head, self._reopen), (self.manager, self._close))
        self.assertEqual(self._read("stage", "statements", "current"), ["closed", 2, 1])

    def test_closed_then_reopened(self):
        self._run(self._make_closable)
        self._both_orders((self.manager, self._close), (self.head, self._reopen))
        self.assertEqual(self._read("stage", "statements", "current"), ["acceptance", 1, 0])

    def test_reopened_by_two(self):
        self._run(self._make_closable)
        self._run(self._close)
        self._press_together((self.head, self._reopen), (self.head, self._reopen))
        self.assertEqual(self._read("stage", "statements", "current"), ["acceptance", 1, 0])

    def test_nobody_reverses_what_is_closed(self):
        """Alone as well as together."""
        self._run(self._make_closable)
        self._run(self._close)
        with self.assertRaisesRegex(UserError, "reopens it first"):
            self._run(self._reverse, self.manager)
