from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestStagingGuard(SmarthomeStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_object = cls._create_object(name="Town house")
        cls._receive((cls.goods, 10, 60))
        cls.order = cls._sign((cls.goods, 6))
        cls._pick(cls.order)
        cls.place = cls._get_place()

    def _reassign(self, quantity, user=None, reason="The client is in a hurry"):
        wizard = (
            self.env["smarthome.reassign"]
            .with_user(user or self.storekeeper)
            .create(
                {
                    "location_id": self.place.id,
                    "target_location_id": self._get_place(self.other_object).id,
                    "reason": reason,
                }
            )
        )
        wizard.line_ids.quantity = quantity
        wizard.action_reassign()
        return self.env["smarthome.reassignment"].search([("object_id", "=", self.object.id)])

    def test_ordinary_delivery_does_not_reserve_it(self):
        """Four are left in stock; neither a sale nor a transfer of the warehouse takes more."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [(0, 0, {"product_id": self.goods.id, "product_uom_qty": 9})],
            }
        )
        order.action_confirm()
        self.assertEqual(order.picking_ids.move_ids.quantity, 4)
        order.picking_ids.move_ids.quantity = 0
        Quant = self.env["stock.quant"]
        free = Quant._get_available_quantity(self.goods, self.warehouse.view_location_id)
        self.assertEqual(free, 4)

    def test_it_is_not_taken_for_another(self):
        for record in self.other_object, self.env["smarthome.object"]:
            picking = self.env["stock.picking"].create(
                {
                    "picking_type_id": self.warehouse.out_type_id.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                    "smarthome_object_id": record.id,
                }
            )
            line = {
                "picking_id": picking.id,
                "product_id": self.goods.id,
                "location_id": self.place.id,
                "quantity": 1,
            }
            with self.assertRaisesRegex(ValidationError, "is staged for .*Lake house"):
                self.env["stock.move.line"].create(line)

    def test_it_is_not_put_to_another(self):
        with self.assertRaises(ValidationError):
            move = self.env["stock.move"].create(
                {
                    "product_id": self.goods.id,
                    "product_uom_qty": 1,
                    "location_id": self.stock.id,
                    "location_dest_id": self._get_place(self.other_object).id,
                    "smarthome_object_id": self.object.id,
                }
            )
            move._action_confirm()
            move.quantity = 1

    def test_a_move_does_not_change_hands(self):
        shipment = self._get_open_pickings(self.order, self.warehouse.out_type_id)
        with self.assertRaises(ValidationError):
            shipment.move_ids.with_user(self.storekeeper).write(
                {"smarthome_object_id": self.other_object.id}
            )

    def test_device_is_reassigned_with_its_number(self):
        device = self._create_goods("ST-SN", 100, 50, tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": f"SN-{number}", "product_id": device.id} for number in range(2)]
        )
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(device, self.stock, 1, lot_id=lot)
        order = self._sign((device, 2))
        self._pick(order)
        self._ship(self.order)
        wizard = self.env["smarthome.reassign"].create(
            {
                "location_id": self.place.id,
                "target_location_id": self._get_place(self.other_object).id,
                "reason": "The other client has none",
            }
        )
        wizard.line_ids.filtered(lambda line: line.lot_id == lots[1]).quantity = 1
        wizard.action_reassign()
        self.assertEqual(lots[1].location_id, self._get_place(self.other_object))
        self.assertEqual(lots[0].location_id, self.place)
        shipment = self._get_open_pickings(order, self.warehouse.out_type_id)
        self.assertEqual(shipment.move_ids.product_uom_qty, 1)
        self.assertEqual(shipment.move_line_ids.lot_id, lots[0])

    def test_reassignment(self):
        """Two of six go to the other object by real transfers; the contract asks for them anew."""
        self._sign((self.goods, 1), smarthome_object_id=self.other_object.id)
        record = self._reassign(2)
        self.assertRecordValues(
            record,
            [
                {
                    "target_id": self.other_object.id,
                    "quantity": 2,
                    "user_id": self.storekeeper.id,
                    "reason": "The client is in a hurry",
                }
            ],
        )
        self.assertEqual(set(record.picking_ids.mapped("state")), {"done"})
        place = self._get_place(self.other_object)
        self.assertEqual(self._count(self.goods, self.place), 4)
        self.assertEqual(self._count(self.goods, place), 2)
        for one in self.object, self.other_object:
            self.assertIn("went from", one.message_ids[0].body)
        gathering = self._get_open_pickings(self.order, self.warehouse.smarthome_staging_type_id)
        self.assertEqual(gathering.move_ids.product_uom_qty, 2)
        shipments = self.other_object.picking_ids.filtered(
            lambda one: one.picking_type_id == self.warehouse.out_type_id
        )
        self.assertEqual(sum(shipments.move_ids.mapped("quantity")), 2)
        self._pick(self.order)
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 6)

    def test_reassignment_is_checked(self):
        with self.assertRaisesRegex(UserError, "Less than 7"):
            self._reassign(7)
        with self.assertRaisesRegex(UserError, "how much"):
            self._reassign(1, reason=" ")
        with self.assertRaises(AccessError):
            self._reassign(1, user=self.engineer)
        self.other_object.user_id = self.other_manager
        with self.assertRaises(AccessError):
            self._reassign(1, user=self.manager)

    def test_less_ordered_goes_back(self):
        """A line lowered after gathering takes back from the staging place what is too much."""
        self.order.order_line.with_context(smarthome_contract_change=True).sudo().write(
            {"product_uom_qty": 4}
        )
        back = self._get_open_pickings(self.order, self.warehouse.smarthome_staging_type_id)
        self.assertRecordValues(
            back.move_ids,
            [
                {
                    "location_id": self.place.id,
                    "location_dest_id": self.stock.id,
                    "product_uom_qty": 2,
                    "smarthome_object_id": self.object.id,
                }
            ],
        )
        self._validate(back)
        self._ship(self.order)
        self.assertEqual(self.order.order_line.qty_delivered, 4)
        self.assertEqual(self._count(self.goods, self.place), 0)

    # === Closing === #

    def test_obstacles_and_the_way_back_to_stock(self):
        def codes():
            found = {obstacle["code"] for obstacle in self.object._get_closing_obstacles()}
            return found & {"shipments", "staging"}

        self.assertEqual(codes(), {"shipments", "staging"})
        self._ship(self.order, {self.goods: 5})
        self.assertEqual(codes(), {"shipments", "staging"})
        with self.assertRaises(AccessError):
            self.object.with_user(self.other_manager).action_return_staged()
        self.object.with_user(self.manager).action_return_staged()
        waiting = self.object._get_open_pickings()
        self.assertEqual(waiting.move_ids.location_dest_id, self.stock)
        self._validate(waiting, user=self.storekeeper)
        self.assertEqual(codes(), set())
        self.assertEqual(self._count(self.goods, self.stock), 5)
        self.object.sudo()._close()
        self.assertFalse(self.place.active)
        self.object.action_reopen_closed("A mistake")
        self.assertTrue(self.place.active)
