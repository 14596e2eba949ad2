from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestStaging(SmarthomeStockCommon):
    def assertStands(self, picking, **values):
        """A picking of the object whose goods are reserved."""
        expected = {"smarthome_object_id": self.object.id, "state": "assigned", **values}
        self.assertRecordValues(picking, [expected])

    def test_from_stock_to_the_object(self):
        """Stock -> the object's place -> the client, in two goes, and one comes back."""
        self._receive((self.goods, 10, 60))
        order = self._sign((self.goods, 5), (self.work, 1))
        place = self._get_place()
        self.assertEqual(place.location_id, self.warehouse.smarthome_staging_location_id)
        gathering = order.picking_ids
        self.assertEqual(gathering.picking_type_id, self.warehouse.smarthome_staging_type_id)
        self.assertStands(gathering, location_dest_id=place.id)
        self._pick(order, {self.goods: 3})
        self.assertEqual(self._count(self.goods, place), 3)
        shipment = order.picking_ids.filtered(
            lambda one: one.picking_type_id == self.warehouse.out_type_id
        )
        self.assertStands(shipment, location_id=place.id)
        self.assertEqual(shipment.partner_id, order.partner_shipping_id)
        self._ship(order, {self.goods: 2})
        self.assertEqual(order.order_line[0].qty_delivered, 2)
        self._pick(order)
        self._ship(order)
        self.assertEqual(order.order_line[0].qty_delivered, 5)
        self.assertEqual(self._count(self.goods, place), 0)
        returned = self._take_back(shipment, {self.goods: 1})
        self.assertEqual(returned.smarthome_object_id, self.object)
        self.assertEqual(order.order_line[0].qty_delivered, 4)
        moves = order.order_line.move_ids
        self.assertEqual(moves.smarthome_object_id, self.object)
        self.assertEqual(set(moves.mapped("state")), {"done"})

    def test_object_opens_its_pickings(self):
        order = self._sign((self.goods, 1))
        record = self.object.with_user(self.manager)
        self.assertEqual(record.picking_count, 1)
        action = record.action_open_pickings()
        self.assertEqual(self.env["stock.picking"].search(action["domain"]), order.picking_ids)
        with self.assertRaises(AccessError):
            self.object.with_user(self.other_manager).action_open_pickings()

    def test_a_picking_stays_with_its_object(self):
        order = self._sign((self.goods, 1))
        other = self._create_object(name="Town house")
        with self.assertRaisesRegex(UserError, "stays with its object"):
            order.picking_ids.with_user(self.manager).smarthome_object_id = other

    def test_manager_cancels_his_contract(self):
        """The gathering goes with it, though he may read neither purchases nor pickings."""
        contract = self._sign((self.goods, 2))
        pickings = contract.picking_ids
        self.assertTrue(pickings)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            contract.with_user(self.other_manager).action_cancel()
        contract.with_user(self.manager).action_cancel()
        self.assertEqual(contract.state, "cancel")
        self.assertEqual(set(pickings.mapped("state")), {"cancel"})

    def test_ordinary_sales_go_their_own_way(self):
        self._receive((self.goods, 5, 60))
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [(0, 0, {"product_id": self.goods.id, "product_uom_qty": 2})],
            }
        )
        order.action_confirm()
        self.assertEqual(order.picking_ids.picking_type_id, self.warehouse.out_type_id)
        self.assertFalse(order.picking_ids.smarthome_object_id)
        self.assertEqual(order.picking_ids.location_id, self.stock)

    def test_new_warehouse_has_staging(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "WH2"})
        location = warehouse.smarthome_staging_location_id
        self.assertEqual(location.location_id, warehouse.view_location_id)
        self.assertEqual(warehouse.smarthome_staging_type_id.default_location_dest_id, location)
        rules = warehouse.smarthome_staging_route_id.rule_ids
        self.assertEqual(rules.mapped("action"), ["pull", "push"])
        warehouse._create_missing_staging()
        self.assertEqual(warehouse.smarthome_staging_location_id, location)

    def test_place_has_the_objects_name(self):
        place = self._get_place()
        self.object.name = "Sea house"
        self.assertIn("Sea house", place.name)
        self.assertEqual(self._get_place(), place)

    def _get_waiting(self):
        """Quantities that are still gathered for the object, and that wait to be shipped to it."""
        moves = self.object._get_open_pickings().move_ids
        is_shipment = moves.filtered(lambda move: move.location_dest_id.usage == "customer")
        return tuple(sum(part.mapped("product_qty")) for part in (moves - is_shipment, is_shipment))

    def test_back_to_the_warehouse_it_came_from(self):
        second = self.env["stock.warehouse"].create({"name": "Second", "code": "WH2"})
        other = self._create_goods("ST-W2", 50, 20)
        self.env["stock.quant"]._update_available_quantity(other, second.lot_stock_id, 4)
        self._receive((self.goods, 3, 60))
        for order in self._sign((self.goods, 3)), self._sign((other, 4), warehouse_id=second.id):
            self._validate(order.picking_ids)
        self.object.action_return_staged()
        self.assertEqual(self._count(self.goods, self.stock), 3)
        self.assertEqual(self._count(other, second.lot_stock_id), 4)
        self.assertEqual(self._count(other, self.stock), 0)

    def test_back_from_a_shelf_of_the_place(self):
        """2 of 5 that lie on a shelf go back: 3 wait to be shipped, 2 to be gathered."""
        self._receive((self.goods, 5, 60))
        self._pick(self._sign((self.goods, 5)))
        place = self._get_place()
        shelf = place.create({"name": "Shelf", "location_id": place.id})
        quants = self.env["stock.quant"]
        quants._gather(self.goods, place).move_quants(location_dest_id=shelf, message="Shelf")
        self.assertEqual(self._count(self.goods, shelf), 5)
        rows = [{"product_id": self.goods.id, "quantity": 2}]
        page = self.env["smarthome.staging"].with_user(self.storekeeper)
        page.take_out(self.object.id, rows, "shelf")
        self.assertEqual(self._get_waiting(), (2, 3))

    def test_scrapped_at_the_place_is_missing_again(self):
        self._receive((self.goods, 5, 60))
        self._pick(self._sign((self.goods, 5)))
        values = {"product_id": self.goods.id, "location_id": self._get_place().id}
        self.env["stock.scrap"].create({**values, "scrap_qty": 1}).action_validate()
        self.assertEqual(self._get_waiting(), (1, 4))

    def test_returned_gathering_is_missing_again(self):
        """Odoo's own return of a gathering: 3 of 5 wait to be shipped, 2 to be gathered anew."""
        self._receive((self.goods, 5, 60))
        order = self._sign((self.goods, 5))
        gathering = self._pick(order)
        self._take_back(gathering, {self.goods: 2})
        self.assertEqual(self._get_waiting(), (2, 3))
        self._pick(order)
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 5)
        self.assertFalse(self.object._get_open_pickings())

    def test_cancelled_shipment_begins_anew(self):
        """Its goods go back to stock at the staging page, and are missing again."""
        self._receive((self.goods, 5, 60))
        order = self._sign((self.goods, 5))
        self._pick(order)
        self._get_open_pickings(order, self.warehouse.out_type_id).action_cancel()
        self.object.action_new_request()
        self.assertEqual(self._get_waiting(), (0, 0))
        page = self.env["smarthome.staging"].with_user(self.storekeeper)
        page.take_out(self.object.id, [], "cancelled")
        self.assertEqual(self._get_waiting(), (5, 0))

    def test_cancelled_gathering_begins_anew(self):
        """Whoever asks what is needed has it gathered again, once."""
        order = self._sign((self.goods, 5))
        order.picking_ids.action_cancel()
        for _time in range(2):
            self.object.with_user(self.manager).action_new_request()
            self.assertEqual(self._get_waiting(), (5, 0))
