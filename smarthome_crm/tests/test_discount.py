from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestDiscount(SmarthomeCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("CAM", 100, 60)
        cls.mounting = cls._create_work("W-CAM", 30, 15)
        cls.setting_up = cls._create_work("W-PCT", 8, 4, smarthome_is_percent=True)
        cls._create_norm(cls.mounting, cls.camera)
        cls._create_norm(cls.setting_up, basis="percent")
        cls.order = cls._create_proposal((cls.camera, 10)).with_user(cls.manager)
        cls.order.action_generate_works()

    def _discount(self, order=None, **values):
        order = order or self.order
        wizard = self.env["sale.order.discount"].with_user(self.env.user)
        wizard = wizard.with_context(active_id=order.id)
        return wizard.create({"sale_order_id": order.id, **values})

    def test_every_line_gets_it(self):
        self._discount(discount_percentage=0.1).action_apply_discount()
        lines = self.order.order_line
        self.assertEqual(lines.filtered("product_id").mapped("discount"), [10.0, 10.0, 10.0])
        self.assertEqual(lines.filtered("display_type").mapped("discount"), [0.0])
        self.assertEqual(len(lines), 4)

    def test_never_a_line_of_its_own(self):
        self._discount(discount_percentage=0.1, discount_type="so_discount").action_apply_discount()
        self.assertEqual(len(self.order.order_line), 4)
        with self.assertRaisesRegex(UserError, r"7\.29 %"):
            self._discount(discount_type="amount", discount_amount=100.05).action_apply_discount()

    def test_percent_works_follow_at_once(self):
        percent = self.order.order_line.filtered("smarthome_is_percent")
        self.assertEqual(percent.price_unit, 80)
        self._discount(discount_percentage=0.1).action_apply_discount()
        self.assertEqual((percent.price_unit, percent.price_subtotal), (72, 64.8))
        before = [(line.price_unit, line.discount) for line in self.order.order_line]
        self.order.action_generate_works()
        self.assertEqual(
            [(line.price_unit, line.discount) for line in self.order.order_line], before
        )

    def test_managers_see_the_column(self):
        self.assertTrue(self.manager.has_group("sale.group_discount_per_so_line"))

    def test_form_asks_for_a_percent_only(self):
        with Form(self.env["sale.order.discount"].with_context(active_id=self.order.id)) as form:
            form.discount_percentage = 0.05
            self.assertTrue(form._get_modifier("discount_type", "invisible"))

    def test_other_orders_keep_odoo_behaviour(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [Command.create({"product_id": self.camera.id})],
            }
        )
        self._discount(
            order, discount_type="so_discount", discount_percentage=0.1
        ).action_apply_discount()
        self.assertEqual(len(order.order_line), 2)
