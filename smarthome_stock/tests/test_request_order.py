from odoo.exceptions import UserError
from odoo.tests import tagged

from .request_common import SmarthomeRequestCommon


@tagged("post_install", "-at_install")
class TestRequestOrder(SmarthomeRequestCommon):
    """Requests become purchase orders: price, quantity, unit, state as typed and as received."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sign((cls.goods, 5))
        cls.request = cls._approve(cls._request())
        cls.line = cls.request.line_ids

    def test_price_of_the_vendor(self):
        order = self._order(self.line)
        self.assertEqual(order.partner_id, self.vendor)
        self.assertEqual(order.order_line.price_unit, 65)
        self.assertEqual(order.order_line.product_qty, 5)
        self.assertEqual(self.request.state, "in_progress")

    def test_split_between_two_vendors(self):
        self._set_price(self.goods, self.second_vendor, 60)
        first = self._order(self.line, {self.goods: 4}, supplier_id=self.vendor.id)
        self.assertEqual((first.order_line.product_qty, first.amount_untaxed), (4, 260))
        self.assertEqual(self.line.smarthome_to_buy_quantity, 1)
        second = self._order(self.line, supplier_id=self.second_vendor.id)
        self.assertEqual((second.order_line.product_qty, second.amount_untaxed), (1, 60))
        with self.assertRaisesRegex(UserError, "ordered already"):
            self._open_wizard(self.line)
        self._take_in(first)
        self.assertEqual((self.line.qty_done, self.line.purchase_state), (4, "purchase"))
        self.assertEqual(self.request.state, "in_progress")
        self._take_in(second)
        self.assertEqual((self.line.qty_done, self.line.purchase_state), (5, "done"))
        self.assertEqual(self.request.state, "done")

    def test_vendors_by_line(self):
        other = self._create_goods("ST-2", 50, 20)
        self._set_price(other, self.second_vendor, 30)
        self._sign((other, 3))
        lines = self.line | self._approve(self._request()).line_ids
        orders = self._order(lines)
        self.assertEqual(orders.partner_id, self.vendor | self.second_vendor)
        by_vendor = {order.partner_id: order.amount_untaxed for order in orders}
        self.assertEqual(by_vendor, {self.vendor: 325, self.second_vendor: 90})

    def test_each_line_shows_its_vendor(self):
        """The library fills in one vendor for all as soon as every line has the same."""
        wizard = self._open_wizard(self.line)
        self.assertFalse(wizard.supplier_id)
        self.assertEqual(wizard.item_ids.smarthome_vendor_id, self.vendor)

    def test_purchasing_opens_on_what_to_buy(self):
        menu = self.env["ir.ui.menu"].with_user(self.purchasing)._get_smarthome_first_menu()
        self.assertEqual(menu, self.env.ref("smarthome_stock.purchase_request_line_menu_to_buy"))

    def test_cheapest_vendor_is_proposed(self):
        self._set_price(self.goods, self.second_vendor, 60, sequence=1)
        item = self._open_wizard(self.line).item_ids
        self.assertEqual(item.smarthome_vendor_id, self.second_vendor)
        self.assertEqual(item.smarthome_price, 60)

    def test_smallest_quantity_of_the_vendor(self):
        """The typed quantity stands, at the vendor's price and not at the product's cost."""
        self.goods.seller_ids.unlink()
        self._set_price(self.goods, self.vendor, 50, min_qty=20)
        order = self._order(self.line, supplier_id=self.vendor.id)
        self.assertEqual((order.order_line.product_qty, order.order_line.price_unit), (5, 50))
        order.order_line.product_qty = 4
        self.assertEqual(order.order_line.price_unit, 50)

    def test_price_by_quantity(self):
        self._set_price(self.goods, self.vendor, 55, min_qty=5)
        self.assertEqual(self._order(self.line).order_line.price_unit, 55)

    def test_vendor_without_a_price(self):
        self.goods.seller_ids.unlink()
        with self.assertRaisesRegex(UserError, "vendor"):
            self._open_wizard(self.line).make_purchase_order()

    def test_added_to_an_order(self):
        order = self._order(self.line, {self.goods: 2})
        self._order(self.line, supplier_id=self.vendor.id, purchase_order_id=order.id)
        self.assertEqual(order.order_line.mapped("product_qty"), [2, 3])
        self.assertEqual(order.amount_untaxed, 325)

    def test_two_buyers_at_once(self):
        first, second = self._open_wizard(self.line), self._open_wizard(self.line)
        first.make_purchase_order()
        with self.assertRaisesRegex(UserError, "somebody"):
            second.make_purchase_order()

    # === UNITS === #

    def test_unit_of_the_request(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        cable = self._create_goods("CABLE", 3, 1)
        self._set_price(cable, self.vendor, 2)
        self._sign((cable, 24))
        line = self._request_by_hand((cable, 2, dozen)).line_ids
        order = self._order(line)
        purchase = order.order_line
        self.assertEqual((purchase.product_uom_id, purchase.product_qty), (cable.uom_id, 24))
        self.assertEqual(order.amount_untaxed, 48)
        self.assertEqual(line.smarthome_to_buy_quantity, 0)
        self._take_in(order, {cable: 12})
        self.assertEqual((line.qty_done, line.qty_in_progress), (1, 1))
        self.assertEqual(line.purchase_state, "purchase")
        self._take_in(order)
        self.assertEqual((line.qty_done, line.purchase_state), (2, "done"))

    def test_unit_of_the_vendor(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        cable = self._create_goods("CABLE", 3, 1)
        self._set_price(cable, self.vendor, 12, product_uom_id=dozen.id)
        for quantity, unit, ordered, total in ((30, dozen, 2.5, 30), (10, cable.uom_id, 10, 10)):
            line = self._request_by_hand((cable, quantity, cable.uom_id)).line_ids
            order = self._order(line)
            purchase = order.order_line
            self.assertEqual((purchase.product_uom_id, purchase.product_qty), (unit, ordered))
            self.assertEqual(order.amount_untaxed, total)
            self.assertEqual((line.purchased_qty, line.smarthome_to_buy_quantity), (quantity, 0))
            self._take_in(order)
            self.assertEqual((line.qty_done, line.purchase_state), (quantity, "done"))

    def test_currency_of_the_vendor(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        rate = {"currency_id": euro.id, "rate": 0.5, "company_id": self.env.company.id}
        self.env["res.currency.rate"].create({**rate, "name": "2020-01-01"})
        self.goods.seller_ids.unlink()
        self._set_price(self.goods, self.vendor, 20, currency_id=euro.id)
        order = self._order(self.line)
        self.assertEqual((order.currency_id, order.amount_untaxed), (self.env.ref("base.USD"), 200))

    def test_unit_typed_by_the_buyer(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self._request_by_hand((self.goods, 30, self.goods.uom_id)).line_ids
        wizard = self._open_wizard(line)
        wizard.item_ids.write({"product_uom_id": dozen.id, "product_qty": 2})
        wizard.make_purchase_order()
        self.assertEqual((line.purchased_qty, line.smarthome_to_buy_quantity), (24, 6))

    # === BACK === #

    def test_cancelled_order_gives_back(self):
        order = self._order(self.line)
        self.assertEqual(self.line.smarthome_to_buy_quantity, 0)
        order.button_cancel()
        self.assertEqual(self.line.smarthome_to_buy_quantity, 5)
        self.assertEqual(self._order(self.line).order_line.product_qty, 5)

    def test_deleted_order_gives_back(self):
        order = self._order(self.line)
        order.button_cancel()
        order.unlink()
        self.assertEqual(self.line.smarthome_to_buy_quantity, 5)

    def test_smaller_order_gives_back(self):
        order = self._order(self.line)
        order.order_line.product_qty = 3
        self.assertEqual(self.line.smarthome_to_buy_quantity, 2)

    def test_cancelled_rest_gives_back(self):
        order = self._order(self.line)
        self._take_in(order, {self.goods: 3})
        self.assertEqual((self.line.qty_done, self.line.smarthome_to_buy_quantity), (3, 0))
        order.picking_ids.filtered(lambda one: one.state != "done").action_cancel()
        self.assertEqual((self.line.qty_done, self.line.smarthome_to_buy_quantity), (3, 2))

    def test_returned_to_the_vendor(self):
        order = self._order(self.line)
        receipt = self._take_in(order)
        self.assertEqual(self.request.state, "done")
        self.object.order_ids.picking_ids.do_unreserve()
        self._take_back(receipt, {self.goods: 2})
        self.assertEqual((self.line.qty_done, self.line.smarthome_to_buy_quantity), (3, 2))
        self.assertEqual(
            (self.line.purchase_state, self.request.state), ("purchase", "in_progress")
        )
        again = self._order(self.line)
        self.assertEqual(again.order_line.product_qty, 2)
        self._take_in(again)
        self.assertEqual(self.request.state, "done")

    def test_received_is_not_ordered_again(self):
        first = self._order(self.line)
        second = first.copy()
        second.order_line.purchase_request_lines = self.line
        self._take_in(first)
        with self.assertRaisesRegex(UserError, "received"):
            second.button_confirm()

    # === FOR WHOM === #

    def test_the_object_to_the_end(self):
        other = self._create_object(name="Second house", engineer_id=self.engineer.id)
        self._sign((self.goods, 1), smarthome_object_id=other.id)
        lines = self.line | self._approve(self._request(record=other)).line_ids
        order = self._order(lines)
        self.assertEqual(order.order_line.mapped("smarthome_object_id"), self.object | other)
        self.assertEqual(
            order.smarthome_for_whom, f"{self.object.display_name}, {other.display_name}"
        )
        receipt = self._take_in(order, {self.goods: 1})
        self.assertEqual(receipt.move_ids.smarthome_object_id, self.object | other)

    def test_message_without_prices(self):
        self._order(self.line).button_confirm()
        bodies = "".join(self.request.message_ids.mapped("body"))
        self.assertIn("5 Units", bodies)
        self.assertNotRegex(bodies, r"65[.,]\d")

    def test_wizard_asks_for_approval(self):
        self._sign((self.goods, 1))
        line = self._request().line_ids
        with self.assertRaisesRegex(UserError, "not approved"):
            self._open_wizard(line)

    def test_queries_of_the_list(self):
        """What to buy is listed with as many queries for many lines as for few."""
        names = ("smarthome_for_whom", "smarthome_to_buy_quantity", "smarthome_free_quantity")
        specification = dict.fromkeys(("purchased_qty", *names), {})
        self._sign(*((self._create_goods(f"Q-{number}", 10, 5), 2) for number in range(12)))
        lines = self.line | self._approve(self._request()).line_ids
        counts = []
        for records in (lines[:2], lines):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.purchasing).web_read(specification)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_merged_orders_keep_their_requests(self):
        """Odoo adds up lines of one product and would leave the second object's to buy again."""
        site = self._create_object(name="Town house", engineer_id=self.engineer.id)
        self._sign((self.goods, 3), smarthome_object_id=site.id)
        other = self._approve(self._request(record=site)).line_ids
        orders = self._order(self.line) | self._order(other)
        orders.with_user(self.purchasing).action_merge()
        kept = orders.filtered(lambda order: order.state == "draft")
        self.assertRecordValues(
            kept.order_line.sorted("product_qty"),
            [
                {"product_qty": 3, "smarthome_object_id": site.id},
                {"product_qty": 5, "smarthome_object_id": self.object.id},
            ],
        )
        self.assertEqual((self.line | other).mapped("smarthome_to_buy_quantity"), [0, 0])

    def test_what_is_cancelled_is_not_waited_for(self):
        """Of two lines one came; the other is cancelled: all that is asked for is here."""
        other = self._create_goods("ST-C", 50, 20)
        self._sign((self.goods, 1), (other, 2))
        request = self._approve(self._request())
        first = request.line_ids.filtered(lambda line: line.product_id == self.goods)
        second = request.line_ids - first
        self._take_in(self._order(first))
        self.assertEqual(request.state, "in_progress")
        second.with_user(self.purchasing).do_cancel()
        self.assertEqual(request.state, "done")
        first.with_user(self.purchasing).product_qty = 3
        self.assertEqual((request.state, first.smarthome_to_buy_quantity), ("in_progress", 2))

    def test_a_request_goes_to_one_warehouse(self):
        """Goods of the second warehouse are not brought to the first one."""
        second = self.env["stock.warehouse"].create({"name": "Second", "code": "WH2"})
        other = self._create_goods("ST-W2", 50, 20)
        self._sign((self.goods, 3))
        self._sign((other, 4), warehouse_id=second.id)
        requests = self._request() | self._request()
        self.assertIn(self._request(), requests)
        for request, product, warehouse in (
            (requests.filtered(lambda one: one.line_ids.product_id == self.goods), 3, None),
            (requests.filtered(lambda one: one.line_ids.product_id == other), 4, second),
        ):
            self.assertEqual(request.line_ids.product_qty, product)
            expected = warehouse or self.warehouse
            self.assertEqual(request.picking_type_id.warehouse_id, expected)
