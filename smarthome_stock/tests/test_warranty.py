from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestWarranty(SmarthomeShippedCommon):
    """2 of 100 (cost 60) are shipped; one of them fails."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._receive((cls.goods, 10, 60))
        cls.order = cls._sign((cls.goods, 2), (cls.work, 1))
        cls._ship_all(cls.order)
        cls.line = cls.order.order_line[0]

    def _give(self, user=None, **values):
        defaults = {"is_warranty": True, "reason": "No light"}
        gathering = self._add(self.goods, 1, user=user, **{**defaults, **values})
        self._validate(gathering, user=self.storekeeper)
        shipment = self.object.picking_ids.filtered(
            lambda one: one.picking_type_id == self.warehouse.out_type_id and one.state != "done"
        )
        return self._validate(shipment, user=self.storekeeper)

    def test_on_no_bill_and_in_the_cost(self):
        total, lines = self.order.amount_total, self.order.order_line
        self._give()
        self.assertEqual(self.order.order_line, lines)
        self.assertEqual(self.order.amount_total, total)
        self.assertEqual(self.line.qty_delivered, 2)
        moves = self.order.with_user(self.manager).smarthome_warranty_ids
        shipped = moves.filtered(lambda move: move.location_dest_id.usage == "customer")
        self.assertRecordValues(
            shipped,
            [{"quantity": 1, "smarthome_warranty_reason": "No light", "state": "done"}],
        )
        self.assertEqual(shipped.smarthome_replaces_id, self.goods)
        self.assertEqual(shipped.sudo().value, 60)
        self.assertEqual(
            self._get_facts(), {"goods_revenue": 200, "goods_cost": -120, "warranty_cost": -60}
        )

    def test_in_the_same_shipment(self):
        """Warranty goods go with goods of the contract and beside extra ones."""
        order = self._sign((self.goods, 1))
        gathering = self._get_open_pickings(order, self.warehouse.smarthome_staging_type_id)
        self._add(self.goods, 1, picking=gathering, is_warranty=True, reason="Broken")
        self._ship_all(order)
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertFalse(self._get_extras(order))
        self.assertEqual(order.smarthome_warranty_ids.mapped("smarthome_is_warranty")[:1], [True])
        self.assertEqual(len(order.picking_ids), 2)

    def test_replaced_unit_comes_back_worth_nothing(self):
        self._give(comes_back=True)
        place = self.env.company._get_defective_location()
        receipt = self.object.picking_ids.filtered(lambda one: one.location_dest_id == place)
        self._validate(receipt, user=self.storekeeper)
        self.assertEqual(self._count(self.goods, place), 1)
        self.assertEqual(receipt.move_ids.value, 0)
        self.assertEqual(self.line.qty_delivered, 2)
        self.assertEqual(self.goods.standard_price, 60)
        self.assertEqual(self.goods.free_qty, 7)
        self.assertEqual(self.goods.total_value, 420)
        facts = self._get_facts()
        self.assertEqual((facts["goods_cost"], facts["warranty_cost"]), (-120, -60))
        self._receive((self.goods, 3, 70))
        self.assertEqual(self.goods.standard_price, 63)  # (7 x 60 + 3 x 70) / 10

    def test_unused_goods_come_back(self):
        shipment = self._give()
        self._take_back(shipment, {self.goods: 1})
        self.assertNotIn("warranty_cost", self._get_facts())
        self.assertFalse(self._get_extras(self.order))
        self.assertEqual(self.line.qty_delivered, 2)

    def test_reason_is_asked_for(self):
        with self.assertRaisesRegex(UserError, "why"):
            self._give(reason=" ")
        with self.assertRaises(UserError):
            self.line.move_ids[0].sudo().smarthome_is_warranty = True

    def test_report(self):
        """By what failed and who sold it; purchasing sees the cost, a manager does not."""
        self._give()
        self.env.flush_all()
        row = self.env["smarthome.warranty.report"].search([("object_id", "=", self.object.id)])
        self.assertRecordValues(
            row,
            [
                {
                    "replaced_id": self.goods.id,
                    "vendor_id": self.vendor.id,
                    "quantity": 1,
                    "cost": 60,
                    "reason": "No light",
                }
            ],
        )
        self.assertEqual(row.with_user(self.purchasing).cost, 60)
        self.assertEqual(row.with_user(self.manager).quantity, 1)
        with self.assertRaises(AccessError):
            row.with_user(self.manager).read(["cost"])
        for user in self.other_manager, self.storekeeper, self.engineer:
            with self.assertRaises(AccessError):
                row.with_user(user).read(["quantity"])

    def test_after_closing(self):
        """Warranty goods of a closed object make its profit anew."""
        self.object.stage = "acceptance"
        self.object._close()
        self._give(user=self.manager)
        current = self.object.statement_ids.filtered("is_current")
        self.assertEqual(len(self.object.statement_ids), 2)
        costs = {row.code: row.fact for row in current.row_ids}
        self.assertEqual(costs["warranty_cost"], -60)
        self.assertFalse(self.object.staging_location_ids)
