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

    def test_percent_works_follow_updated_prices(self):
        """In euros at 0.5 the cameras are 10 x 50: 8 % are 40, the pay of 4 % is 20."""
        self._use_a_pricelist()
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids = [Command.create({"name": "2020-01-01", "rate": 0.5})]
        self.order.sudo().pricelist_id = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        self.order.action_update_prices()
        work = self.order.order_line.filtered(lambda line: line.product_id == self.setting_up)
        self.assertEqual((work.price_unit, work.sudo().smarthome_pay), (40, 20))

    def test_stays_when_quantities_change(self):
        """10 % with a pricelist: 12 cameras of 90 and 12 mountings of 27; Odoo would drop it."""
        self._use_a_pricelist()
        self._discount(discount_percentage=0.1).action_apply_discount()
        camera, mounting = self.order.order_line.filtered(
            lambda line: line.product_id in (self.camera, self.mounting)
        )
        with Form(self.order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 11
            self.assertEqual(line.discount, 10)
        camera.product_uom_qty = 12
        self.order.action_generate_works()
        self.assertEqual(
            [(one.product_uom_qty, one.price_subtotal) for one in (camera, mounting)],
            [(12, 1080), (12, 324)],
        )

    def test_discount_of_the_pricelist_follows_the_quantity(self):
        pricelist = self._use_a_pricelist()
        pricelist.item_ids = [
            Command.create({"compute_price": "percentage", "percent_price": 5, "min_quantity": 20})
        ]
        camera = self.order.order_line[0]
        camera.product_uom_qty = 20
        self.assertEqual(camera.discount, 5)
        camera.product_uom_qty = 2
        self.assertEqual(camera.discount, 0)

    def _use_a_pricelist(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "Retail", "currency_id": self.env.company.currency_id.id}
        )
        self.order.sudo().pricelist_id = pricelist
        return pricelist

    def test_reductions_keep_the_discount_of_the_contract(self):
        """An additional proposal: one camera less at 100, two more for 90 each."""
        self.order.smarthome_date_start = "2026-12-01"
        self.order.action_confirm()
        line = self.order.order_line[0]
        additional = self.order._create_additional()
        additional.sudo().order_line = [
            Command.create(line._prepare_reduction_values(1)),
            Command.create({"product_id": self.camera.id, "product_uom_qty": 2}),
        ]
        self._discount(additional, discount_percentage=0.1).action_apply_discount()
        self.assertEqual(additional.order_line.mapped("price_subtotal"), [-100, 180])

    def test_updated_prices_leave_reductions(self):
        """The contract's camera at 100 less 10 % is taken back at 90, whatever it costs now."""
        pricelist = self._use_a_pricelist()
        line = self.order.order_line[0]
        line.discount = 10
        self.order.smarthome_date_start = "2026-12-01"
        self.order.action_confirm()
        additional = self.order._create_additional()
        additional.sudo().order_line = [
            Command.create(line._prepare_reduction_values(1)),
            Command.create({"product_id": self.camera.id, "product_uom_qty": 2}),
        ]
        pricelist.item_ids = [Command.create({"compute_price": "fixed", "fixed_price": 120})]
        additional.action_update_prices()
        self.assertEqual(additional.order_line.mapped("price_subtotal"), [-90, 240])

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
