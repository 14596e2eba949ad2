from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestExtraPrices(SmarthomeShippedCommon):
    """What goods beyond the contract cost us and the client: FIFO, currencies, taxes, regrets."""

    @classmethod
    def _over_ship(cls, order, product, quantity, user=None):
        cls._pick(order, {product: quantity}, user)
        cls._ship(order, None, user)
        return cls._get_extras(order)

    def test_fifo(self):
        """5 at 10 and 5 at 20: of 8 shipped 6 are ordered (5 x 10 + 20), 2 go beyond (2 x 20)."""
        fifo = self.env["product.category"].create({"name": "FIFO", "property_cost_method": "fifo"})
        goods = self._create_goods("FIFO-1", 50, 0, category=fifo)
        self._receive((goods, 5, 10))
        self._receive((goods, 5, 20))
        order = self._sign((goods, 6))
        extra = self._over_ship(order, goods, 8, self.storekeeper)
        self.assertEqual(order.order_line[0].move_ids.filtered("is_out").value, 70)
        self.assertEqual(extra.move_ids.value, 40)
        extra.with_user(self.manager).action_smarthome_charge()
        self.assertEqual(
            self._get_facts(), {"goods_revenue": 300, "extra_revenue": 100, "goods_cost": -110}
        )

    def test_currency_and_tax(self):
        """A contract in euro at 2 for a dollar, with 20 % tax: charged in euro, counted in USD."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2026-01-01", "rate": 2}
        )
        tax = self.env["account.tax"].create({"name": "20 %", "amount": 20})
        other = self._create_goods("CUR-2", 40, 0, taxes_id=[Command.set(tax.ids)])
        self._receive((self.goods, 10, 60), (other, 5, 25))
        pricelist = self.env["product.pricelist"].create({"name": "Euro", "currency_id": euro.id})
        order = self._create_proposal((self.goods, 2), pricelist_id=pricelist.id)
        order.action_confirm()
        gathering = self._get_open_pickings(order, self.warehouse.smarthome_staging_type_id)
        self._add(other, 1, picking=gathering)
        self._ship_all(order)
        self._get_extras(order).action_smarthome_charge()
        self.assertRecordValues(order, [{"amount_untaxed": 480, "amount_total": 496}])
        self.assertEqual(
            self._get_facts(), {"goods_revenue": 200, "extra_revenue": 40, "goods_cost": -145}
        )

    def test_price_of_the_main_contract(self):
        """An additional contract ships what only the main one sells: at the main one's price."""
        other = self._create_goods("FAM-2", 40, 0)
        self._receive((self.goods, 10, 60), (other, 5, 25))
        order = self._create_proposal((self.goods, 2))
        order.order_line.discount = 25
        order.action_confirm()
        self._ship_all(order)
        action = order.action_smarthome_new_additional()
        additional = self.env["sale.order"].browse(action["res_id"])
        additional.order_line = [Command.create({"product_id": other.id, "product_uom_qty": 1})]
        additional.action_confirm()
        gathering = self._get_open_pickings(additional, self.warehouse.smarthome_staging_type_id)
        self._add(self.goods, 1, picking=gathering)
        self._ship_all(additional)
        extra = self._get_extras(additional)
        self.assertEqual(extra.smarthome_proposed_price, 75)

    def test_regretted(self):
        """A wrong tap is taken back, until the goods stand on a bill."""
        self._receive((self.goods, 10, 60))
        order = self._sign((self.goods, 2))
        extra = self._over_ship(order, self.goods, 3)
        extra.with_user(self.manager).action_smarthome_charge()
        extra.with_user(self.manager).action_smarthome_undecide()
        self.assertRecordValues(extra, [{"smarthome_extra_state": "waiting", "price_subtotal": 0}])
        self.assertEqual(order.amount_total, 200)
        self.assertEqual(len(order.activity_ids), 1)
        extra.with_user(self.manager).action_smarthome_charge()
        with self.assertRaises(AccessError):
            extra.with_user(self.other_manager).action_smarthome_undecide()
        order._create_invoices()
        with self.assertRaises(UserError):
            extra.with_user(self.manager).action_smarthome_undecide()

    def test_undecided_and_absorbed_stand_on_no_bill(self):
        self._receive((self.goods, 10, 60))
        order = self._sign((self.goods, 2))
        extra = self._over_ship(order, self.goods, 3)
        invoice = order._create_invoices()
        self.assertEqual(invoice.amount_untaxed, 200)
        self.assertEqual(invoice.invoice_line_ids.sale_line_ids, order.order_line[0])
        extra.action_smarthome_absorb()
        self.assertEqual(order.invoice_status, "invoiced")

    def test_not_copied(self):
        """Another version proposes what the contract did."""
        self._receive((self.goods, 10, 60))
        order = self._sign((self.goods, 2), (self.work, 1))
        self._over_ship(order, self.goods, 3)
        copy = order.copy()
        self.assertEqual(copy.order_line.mapped("product_uom_qty"), [2, 1])
