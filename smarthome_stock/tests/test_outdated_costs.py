from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestOutdatedCosts(SmarthomeStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("OUT-1", 100, 60)
        cls.relay = cls._create_goods("OUT-2", 40, 25)
        cls.order = cls._create_proposal((cls.camera, 2), (cls.relay, 1), (cls.work, 1))
        cls.camera_line, cls.relay_line, cls.work_line = cls.order.order_line
        cls.env.flush_all()

    def _states(self):
        self.order.invalidate_recordset()
        self.order.order_line.invalidate_recordset()
        return self.order.with_user(self.manager).order_line.mapped("smarthome_cost_state")

    def _later(self, days):
        return freeze_time(fields.Datetime.now() + timedelta(days=days))

    def test_a_cost_that_went_up(self):
        self.assertEqual(self._states(), ["fresh", "fresh", False])
        self.camera.standard_price = 66
        self.assertEqual(self._states(), ["raised", "fresh", False])
        order = self.order.with_user(self.manager)
        self.assertIn("1", order.smarthome_outdated_costs)
        self.assertEqual(self.camera_line.smarthome_purchase_price, 60)
        self.assertEqual(order.smarthome_goods_cost, 145)

    def test_a_cost_that_fell_is_no_warning(self):
        self.camera.standard_price = 50
        self.assertEqual(self._states(), ["fresh", "fresh", False])
        self.assertFalse(self.order.smarthome_outdated_costs)

    def test_an_old_cost(self):
        with self._later(29):
            self.assertEqual(self._states(), ["fresh", "fresh", False])
        with self._later(31):
            self.assertEqual(self._states(), ["old", "old", False])
            self.assertIn("30", self.order.with_user(self.manager).smarthome_outdated_costs)
            self.order.with_user(self.manager).action_smarthome_update_outdated_costs()
            self.assertEqual(self._states(), ["fresh", "fresh", False])
        self.env.company.smarthome_cost_days = 0
        with self._later(900):
            self.assertEqual(self._states(), ["fresh", "fresh", False])

    def test_one_click_brings_up_to_date_what_is_out_of_date(self):
        self.camera.standard_price = 66
        self.relay.standard_price = 20
        self.order.with_user(self.manager).action_smarthome_update_outdated_costs()
        self.assertEqual(self._states(), ["fresh", "fresh", False])
        self.assertRecordValues(
            self.camera_line | self.relay_line,
            [{"smarthome_purchase_price": 66}, {"smarthome_purchase_price": 25}],
        )
        self.assertEqual(self.order.smarthome_goods_cost, 157)
        self.assertIn("1", self.order.message_ids[0].body)
        self.assertNotRegex(self.order.message_ids[0].body, r"66[.,]\d")

    def test_the_button_of_all_costs_counts_too(self):
        self.camera.standard_price = 66
        self.order.with_user(self.manager).action_smarthome_update_costs()
        self.assertEqual(self._states(), ["fresh", "fresh", False])

    def test_another_product_takes_its_cost_anew(self):
        self.camera.standard_price = 66
        self.relay_line.product_id = self.camera
        self.assertEqual(self._states(), ["raised", "fresh", False])

    def test_a_price_typed_by_a_head_is_his(self):
        self.camera_line.with_user(self.head).smarthome_purchase_price = 55
        self.assertEqual(self._states(), ["fresh", "fresh", False])

    def test_a_copy_takes_costs_anew(self):
        with self._later(40):
            self.camera.standard_price = 66
            copy = self.order.copy()
            self.assertEqual(copy.order_line.mapped("smarthome_cost_state")[:2], ["fresh"] * 2)
            self.assertFalse(copy.smarthome_outdated_costs)

    def test_signed_proposals_neither_warn_nor_change(self):
        self.order.action_confirm()
        self.camera.standard_price = 66
        self.assertEqual(self._states(), [False, False, False])
        self.assertFalse(self.order.smarthome_outdated_costs)
        self.order.with_user(self.manager).action_smarthome_update_outdated_costs()
        self.assertEqual(self.camera_line.smarthome_purchase_price, 60)

    def test_managers_see_that_it_is_old_and_not_the_price(self):
        self.camera.standard_price = 66
        self.assertEqual(self._states(), ["raised", "fresh", False])
        line = self.camera_line.with_user(self.manager)
        for name in ("smarthome_cost_taken", "smarthome_purchase_price"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                line.read([name])
            with self.subTest(search=name), self.assertRaises(AccessError):
                line.search([(name, ">", 1)])

    def test_others_do_not_bring_it_up_to_date(self):
        self.camera.standard_price = 66
        for user in (self.other_manager, self.engineer, self.storekeeper):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user).action_smarthome_update_outdated_costs()

    def test_the_warning_stands_on_the_form(self):
        self.camera.standard_price = 66
        self.env.invalidate_all()
        with Form(self.order.with_user(self.manager)) as form:
            self.assertTrue(form.smarthome_outdated_costs)
