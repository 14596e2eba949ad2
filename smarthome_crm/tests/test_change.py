from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import format_date

from .test_additional import SmarthomeAdditionalCommon


@tagged("post_install", "-at_install")
class TestChange(SmarthomeAdditionalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls.contract.with_user(cls.head).action_smarthome_open_contract("Wishes")
        cls._save()
        cls.object.change_ids.sudo().unlink()
        cls.goods_line = cls.goods_line.with_user(cls.head)

    @classmethod
    def _save(cls):
        """What ends a save: the flush before the commit."""
        cls.env.flush_all()
        cls.cr.flush()

    def _saved_messages(self):
        """Notifications that the save makes."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        self._save()
        return (
            self.env["mail.message"]
            .search([("id", ">", last), ("message_type", "=", "user_notification")])
            .filtered(lambda message: "Changes" in (message.subject or ""))
        )

    def test_one_message_a_save(self):
        """Two lines and a date: one message, to the engineer, purchasing and the storekeeper."""
        self.goods_line.product_uom_qty = 12
        self.goods_line.product_uom_qty = 15
        self.work_line.with_user(self.head).product_uom_qty = 11
        self.contract.with_user(self.head).smarthome_date_end = "2026-12-30"
        message = self._saved_messages()
        self.assertEqual(len(message), 1)
        self.assertIn("10 Units → 15 Units", message.body)
        self.assertIn("10 Units → 11 Units", message.body)
        self.assertIn(f"→ {format_date(self.env, date(2026, 12, 30))}", message.body)
        self.assertIn(f'data-oe-id="{self.object.id}"', message.body)
        users = message.notified_partner_ids.user_ids
        self.assertLessEqual(self.engineer | self.purchasing | self.storekeeper, users)
        self.assertNotIn(self.other_manager, users)
        self.assertNotIn(self.installer, users)
        self.assertEqual(len(self.object.change_ids), 3)
        self.assertFalse(self._saved_messages())

    def test_prices_are_nobodys_business(self):
        self.goods_line.write({"price_unit": 77.77, "discount": 5})
        self.assertFalse(self._saved_messages())
        self.goods_line.write({"price_unit": 66.66, "product_uom_qty": 9})
        message = self._saved_messages()
        told = [message.body, *self.object.change_ids.mapped("display_name")]
        self.assertNotRegex(" ".join(told), r"66[.,]6|77[.,]7")

    def test_taken_back_is_no_change(self):
        self.goods_line.product_uom_qty = 12
        self.goods_line.product_uom_qty = 10
        self.assertFalse(self._saved_messages())
        self.assertFalse(self.object.change_ids)

    def test_works_are_the_engineers_only(self):
        self.work_line.with_user(self.head).product_uom_qty = 11
        self.assertEqual(self._saved_messages().notified_partner_ids, self.engineer.partner_id)

    def test_address_and_engineer(self):
        other = self._create_user("engineer2", "engineer")
        self.object.with_user(self.manager).write(
            {"address": "Lake street 1", "engineer_id": other.id}
        )
        message = self._saved_messages()
        self.assertEqual(message.notified_partner_ids.user_ids, self.engineer | other)
        self.assertIn("— → Lake street 1", message.body)
        self.assertIn("Test engineer → Test engineer2", message.body)
        self.assertEqual(set(self.object.change_ids.mapped("kind")), {"address", "engineer"})

    def test_object_without_a_contract_is_silent(self):
        record = self._create_object(engineer_id=self.engineer.id)
        record.address = "Nowhere"
        self._create_proposal((self.goods, 1), smarthome_object_id=record.id).order_line[
            0
        ].product_uom_qty = 5
        self.assertFalse(self._saved_messages())

    def test_signed_additional_proposal(self):
        order = self._add(
            Command.create({"product_id": self.goods.id, "product_uom_qty": 2}),
            self._reduce(self.work_line, 4),
        )
        self.assertFalse(self._saved_messages())
        order.with_user(self.manager).action_confirm()
        message = self._saved_messages()
        self.assertEqual(len(message), 1)
        self.assertIn(f"{order.name} is signed", message.body)
        self.assertIn("— → 2 Units", message.body)
        self.assertIn("10 Units → 6 Units", message.body)
        self.assertEqual(len(self.object.change_ids), 3)
        self.assertIn(self.storekeeper, message.notified_partner_ids.user_ids)

    def test_reading(self):
        self.goods_line.product_uom_qty = 12
        self._save()
        change = self.object.change_ids
        self.assertFalse(change.is_read)
        self.assertEqual(self.object.unread_change_count, 1)
        mine = change.with_user(self.engineer)
        mine.action_mark_read()
        mine.action_mark_read()
        self.assertEqual(len(change.reading_ids), 1)
        self.assertTrue(change.is_read)
        self.env.invalidate_all()
        self.assertIn("Test engineer", change.with_user(self.manager).readers)
        self.assertEqual(self.object.unread_change_count, 0)
        self.object.engineer_id = self._create_user("engineer3", "engineer")
        self.assertFalse(change.is_read)

    def test_access(self):
        self.goods_line.product_uom_qty = 12
        self._save()
        change = self.object.change_ids
        change.with_user(self.engineer).action_mark_read()
        self.env.flush_all()
        self.env.invalidate_all()
        for user in self.engineer, self.manager, self.head, self.accountant:
            self.assertEqual(change.with_user(user).old_text, "10 Units")
            change.with_user(user).reading_ids.read(["date"])
            with self.assertRaises(AccessError):
                change.with_user(user).name = "Something else"
            with self.assertRaises(AccessError):
                change.with_user(user).reading_ids.unlink()
        other = self._create_user("engineer4", "engineer")
        for user in other, self.other_manager, self.storekeeper, self.secretary, self.installer:
            with self.assertRaises(AccessError):
                change.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                change.with_user(user).action_mark_read()
            with self.assertRaises(AccessError):
                change.reading_ids.with_user(user).read(["date"])

    def test_menu(self):
        """Those who follow changes find them all in one place; a change leads to its object."""
        menu = self.env.ref("smarthome_crm.smarthome_change_menu")
        for user in self.engineer, self.manager, self.head, self.accountant:
            self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
        for user in self.storekeeper, self.secretary, self.installer, self.purchasing:
            self.assertNotIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
        self.goods_line.product_uom_qty = 12
        self._save()
        action = self.object.change_ids.with_user(self.engineer).action_open_object()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (self.object._name, self.object.id)
        )

    def test_rolled_back_savepoint_tells_nothing(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.goods_line.product_uom_qty = 50
            self.env.flush_all()
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertFalse(self._saved_messages())

    def test_signing_asks_the_database_flatly(self):
        """More lines of an additional proposal make more rows, not more queries."""
        counts = []
        for lines in 5, 5, 40:
            order = self._add(*[Command.create({"product_id": self.goods.id})] * lines)
            self._save()
            order.action_confirm()
            self.env.flush_all()
            before = self.cr.sql_log_count
            self._save()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 3)
