from odoo.tests import tagged

from .request_common import SmarthomeRequestCommon


@tagged("post_install", "-at_install")
class TestSupply(SmarthomeRequestCommon):
    """Where each line of an object is, from the request to the shipment."""

    def _check(self, order, state, **quantities):
        row = self._get_supply(order)
        self.assertEqual(row.supply_state, state)
        for name, quantity in quantities.items():
            self.assertEqual(row[f"{name}_quantity"], quantity, name)
        return row

    def test_a_line_from_request_to_shipment(self):
        order = self._sign((self.goods, 10))
        self._check(order, "to_request", to_request=10, requested=0)
        request = self._request()
        self._check(order, "requested", to_request=0, requested=10, ordered=0)
        self._approve(request)
        purchase = self._order(request.line_ids)
        purchase.order_line.date_planned = "2026-12-20 10:00:00"
        self._check(order, "requested", requested=10, ordered=0)  # not confirmed yet
        purchase.button_confirm()
        row = self._check(order, "ordered", ordered=10, received=0)
        self.assertEqual(str(row.expected_date), "2026-12-20")
        purchase.order_line.date_planned = "2026-12-24 10:00:00"
        self.assertEqual(str(self._get_supply(order).expected_date), "2026-12-24")
        self._take_in(purchase, {self.goods: 6})
        self._check(order, "ordered", received=6)
        self._pick(order, {self.goods: 6})
        self._check(order, "ordered", received=6, staged=6)
        self._take_in(purchase)
        row = self._check(order, "received", received=10)
        self.assertFalse(row.expected_date)
        self._pick(order)
        self._check(order, "staged", staged=10)
        self._ship(order, {self.goods: 4})
        self._check(order, "staged", staged=6)
        self._ship(order)
        row = self._check(order, "shipped", staged=0, to_request=0)
        self.assertEqual(order.order_line.qty_delivered, 10)

    def test_expected_on_the_day_it_was_asked_for(self):
        """East of Greenwich a day begins on the day before in UTC."""
        self.purchasing.tz = "Europe/Minsk"
        order = self._sign((self.goods, 1))
        request = self._approve(self._request())
        self._order(request.line_ids).button_confirm()
        self.assertEqual(self._get_supply(order).expected_date, request.smarthome_needed_date)

    def test_part_from_the_stock(self):
        """What was not asked for comes from the stock and takes nothing of what was asked."""
        self._receive((self.goods, 4, 60))
        order = self._sign((self.goods, 10))
        self._pick(order, {self.goods: 4})
        request = self._approve(self._request())
        self.assertEqual(request.line_ids.product_qty, 6)
        self._check(order, "requested", requested=6, staged=4, to_request=0)
        self._take_in(self._order(request.line_ids))
        self._check(order, "received", received=6, staged=4, to_request=0)
        self._pick(order)
        self._check(order, "staged", staged=10, to_request=0)

    def test_part_that_is_not_requested(self):
        order = self._sign((self.goods, 10))
        request = self._request()
        request.line_ids.product_qty = 6
        self._check(order, "to_request", requested=6, to_request=4)
        self._approve(request)
        self._take_in(self._order(request.line_ids))
        self._pick(order)
        self._check(order, "to_request", staged=6, to_request=4)
        self._ship(order)
        self._check(order, "to_request", staged=0, to_request=4)
        self.assertEqual(self._request().line_ids.product_qty, 4)

    def test_states_are_searched(self):
        order = self._sign((self.goods, 10), (self._create_goods("ST-3", 1, 1), 1))
        self._get_supply(order)
        found = self.env["smarthome.object.line"].search(
            [("object_id", "=", self.object.id), ("supply_state", "=", "to_request")]
        )
        self.assertEqual(len(found), 2)
        self.assertEqual(self.object.with_user(self.engineer).supply_line_ids, found)

    def test_works_have_no_supply(self):
        order = self._sign((self.work, 1))
        self.assertFalse(self._get_supply(order).supply_state)
