from odoo.tests import tagged

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestUnits(SmarthomeShippedCommon):
    """Goods that are sold in boxes and counted in pieces, of which no box is a round part."""

    def _sign_boxes(self, size, boxes):
        """A signed contract of boxes, 10 a piece, all of them in stock at 5."""
        unit = self.goods.uom_id
        box = unit.create(
            {"name": f"Box of {size}", "relative_factor": size, "relative_uom_id": unit.id}
        )
        self._receive((self.goods, size * boxes, 5))
        order = self._create_proposal((self.goods, boxes))
        order.order_line.write({"product_uom_id": box.id, "price_unit": 10 * size})
        order.action_confirm()
        return order

    def _tap(self, method, quantity):
        page = self.env["smarthome.staging"].with_user(self.storekeeper)
        rows = [{"product_id": self.goods.id, "quantity": quantity}] if quantity else []
        self.taps = getattr(self, "taps", 0) + 1
        (row,) = getattr(page, method)(self.object.id, rows, f"tap {self.taps}")["rows"]
        return row["missing"], row["here"], row["shipped"]

    def test_parts_of_a_box(self):
        """305 m of cable leave in three goes: one box is shipped, nothing beyond it."""
        order = self._sign_boxes(305, 1)
        self._pick(order)
        for part in 98, 102, 105:
            self._tap("ship", part)
            self.env.flush_all()
            row = self.env["smarthome.object.line"].browse(order.order_line.ids)
            row.invalidate_recordset()
            self.assertNotEqual(row.supply_state, "to_request")
        self.assertRecordValues(order.order_line, [{"product_uom_qty": 1, "qty_delivered": 1}])
        self.assertEqual(self._get_facts(), {"goods_revenue": 3050, "goods_cost": -1525})

    def test_pieces_back_to_stock(self):
        """10 of two dozen go back from the place: just as many are missing again."""
        order = self._sign_boxes(12, 2)
        self._pick(order)
        self.assertEqual(self._tap("take_out", 10), (10, 14, 0))
        self.assertEqual(self._tap("ship", 0), (10, 0, 14))
        self.assertEqual(self._tap("put_in", 0), (0, 10, 14))
        self.assertEqual(self._tap("ship", 0), (0, 0, 24))
        self.assertRecordValues(order.order_line, [{"product_uom_qty": 2, "qty_delivered": 2}])
        self.assertFalse(self.object._get_open_pickings())

    def test_what_no_box_can_say_is_not_gathered(self):
        """50 of 305 m came back and half the box is agreed away: nothing more is asked for."""
        order = self._sign_boxes(305, 1)
        self._pick(order)
        self._take_back(self._ship(order), {self.goods: 50})
        additional = order._create_additional()
        reduction = order.order_line._prepare_reduction_values(0.5)
        additional.order_line = [(0, 0, reduction), (0, 0, {"product_id": self.work.id})]
        additional.action_confirm()
        self._validate(order.order_line._get_open_returns().picking_id)
        self.assertRecordValues(order.order_line, [{"product_uom_qty": 0.5, "qty_delivered": 0.5}])
        self.assertFalse(self.object._get_open_pickings())
