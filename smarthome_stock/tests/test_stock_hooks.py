from odoo.tests import tagged

from ..hooks import (
    adopt_moves,
    count_goods,
    prepare_companies,
    settle_closed_contracts,
    stage_open_contracts,
    uninstall_hook,
    use_average_cost,
)
from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestStockHooks(SmarthomeStockCommon):
    def _sign_before(self, *goods, **values):
        """A contract of the time before the warehouse: without moves and staging place."""
        proposal = self._create_proposal(*goods, **values)
        proposal.with_context(skip_procurement=True).action_confirm()
        proposal.order_line.qty_delivered_method = "manual"
        record = proposal.smarthome_object_id.with_context(active_test=False)
        record.staging_location_ids.unlink()
        return proposal

    def test_open_contracts_are_staged(self):
        self._receive((self.goods, 10, 60))
        order = self._sign_before((self.goods, 3), (self.work, 2))
        self.assertFalse(order.picking_ids)
        stage_open_contracts(self.env)
        place = self.object.staging_location_ids
        self.assertEqual(len(place), 1)
        self.assertEqual(order.picking_ids.location_dest_id, place)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 3)
        stage_open_contracts(self.env)
        self.assertEqual(len(order.picking_ids.move_ids), 1, "twice equals once")
        self._pick(order)
        self._ship(order)
        self.assertEqual(order.order_line[0]._get_shipped_quantity(), 3)

    def test_contracts_on_their_way_go_over_staging(self):
        """Of five two were shipped by Odoo's own way; three go over the staging place, once."""
        self._receive((self.goods, 10, 60))
        order = self._create_proposal((self.goods, 5))
        order.with_context(smarthome_without_staging=True).action_confirm()
        self._ship(order, {self.goods: 2})
        moves = order.order_line.move_ids
        moves.smarthome_object_id = False
        self.env.cr.execute(
            "UPDATE stock_picking SET smarthome_object_id = NULL WHERE id IN %s",
            [tuple(order.picking_ids.ids)],
        )
        self.env.invalidate_all()
        adopt_moves(self.env)
        self.assertEqual(moves.smarthome_object_id, self.object)
        self.assertEqual(order.picking_ids.mapped("smarthome_object_id"), self.object)
        for _time in range(2):
            stage_open_contracts(self.env)
            gathering = self._get_open_pickings(order, self.warehouse.smarthome_staging_type_id)
            self.assertEqual(gathering.move_ids.mapped("product_uom_qty"), [3])
            self.assertFalse(self._get_open_pickings(order, self.warehouse.out_type_id))
        self._pick(order)
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 5)

    def test_what_a_person_delivered_stays(self):
        order = self._sign_before((self.goods, 3))
        order.order_line.qty_delivered = 2
        stage_open_contracts(self.env)
        self.assertFalse(order.picking_ids)
        self.assertEqual(order.order_line._get_shipped_quantity(), 2)

    def test_closed_objects_keep_their_figures(self):
        goods = self._create_goods("ST-CLOSED", 100, 40)
        order = self._sign_before((goods, 3))
        self.object.stage = "closed"
        settle_closed_contracts(self.env)
        stage_open_contracts(self.env)
        self.assertFalse(order.picking_ids)
        self.assertEqual(order.order_line._get_shipped_quantity(), 3)
        facts = {row["code"]: row["fact"] for row in self.object._get_profit_rows()}
        self.assertEqual(facts["goods_revenue"], 300)
        self.assertEqual(facts["goods_cost"], -120)

    def test_goods_are_counted(self):
        still, moved = (
            self._create_goods(f"ST-{number}", 1, 1, is_storable=False) for number in range(2)
        )
        self._receive((moved, 1, 1))
        count_goods(self.env)
        self.assertTrue(still.is_storable)
        self.assertFalse(moved.is_storable)
        self.assertFalse(self.work.is_storable)

    def test_average_cost_unless_fifo(self):
        Category = self.env["product.category"]
        standard = Category.create({"name": "Standard", "property_cost_method": "standard"})
        fifo = Category.create({"name": "FIFO", "property_cost_method": "fifo"})
        goods = self._create_goods("ST-COST", 10, 7, standard)
        self.env.company.cost_method = "standard"
        use_average_cost(self.env)
        self.assertEqual(standard.property_cost_method, "average")
        self.assertEqual(fifo.property_cost_method, "fifo")
        self.assertEqual(self.env.company.cost_method, "average")
        self.assertEqual(goods.standard_price, 7)
        fresh = Category.create({"name": "Fresh"})
        self.assertEqual(fresh.property_cost_method, "average")

    def test_uninstalling_leaves_a_warehouse_that_works(self):
        self._receive((self.goods, 10, 60))
        order = self._sign((self.goods, 5))
        self._pick(order, {self.goods: 2})
        place = self._get_place()
        uninstall_hook(self.env)
        self.assertFalse(self.warehouse.smarthome_staging_type_id.active)
        self.assertFalse(self.warehouse.smarthome_staging_route_id.active)
        self.assertTrue(place.active)
        shipments = self._get_open_pickings(order, self.warehouse.out_type_id)
        self.assertEqual(sum(shipments.move_ids.mapped("product_uom_qty")), 5)
        order.order_line.with_context(smarthome_without_staging=True)._action_launch_stock_rule()
        self.assertEqual(self._get_open_pickings(order, self.warehouse.out_type_id), shipments)
        self._ship(order)
        self.assertEqual(order.order_line.qty_delivered, 5)
        self.assertEqual(self._count(self.goods, self.stock), 5)

    def test_companies_are_prepared(self):
        """Odoo would text each client of a delivery, and ask the storekeeper whether he agrees."""
        company = self.env.company
        company.stock_text_confirmation = True
        prepare_companies(self.env)
        self.assertFalse(company.stock_text_confirmation)
        places = self.env["stock.location"].search(
            [("smarthome_is_defective", "=", True), ("company_id", "=", company.id)]
        )
        self.assertEqual(len(places), 1)

    def test_installed_again(self):
        """Numbers of pickings go on, nothing stands there twice."""
        names = (
            "smarthome_staging_type_id",
            "smarthome_staging_location_id",
            "smarthome_staging_route_id",
        )
        before = [self.warehouse[name] for name in names]
        uninstall_hook(self.env)
        self.warehouse.write(dict.fromkeys(names, False))
        self.warehouse._create_missing_staging()
        self.assertEqual([self.warehouse[name] for name in names], before)
        self.assertEqual(len(before[2].rule_ids), 2)
        self.assertTrue(before[0].active and before[2].active)
