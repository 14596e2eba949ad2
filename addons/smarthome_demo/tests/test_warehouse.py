from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestWarehouse(TransactionCase):
    """The demo's objects stand in the warehouse where their stages say."""

    def _get_supply(self, key):
        site = self.env.ref(f"smarthome_demo.object_{key}")
        return self.env["smarthome.object.line"].search(
            [("object_id", "=", site.id), ("kind", "=", "goods")]
        )

    def test_closed_object_is_shipped_and_installed(self):
        site = self.env.ref("smarthome_demo.object_kolodishchi")
        lines = self._get_supply("kolodishchi")
        self.assertEqual(set(lines.mapped("supply_state")), {"installed"})
        self.assertEqual(set(site.picking_ids.mapped("state")), {"done"})
        self.assertFalse(site.staging_location_ids)
        self.assertRecordValues(
            site.statement_ids,
            [{"forecast_profit": 2771.99, "final_profit": 2726.99, "final_revenue": 7134.14}],
        )

    def test_acceptance_waits_for_the_last_goods(self):
        states = self._get_supply("pritytskogo").mapped("supply_state")
        self.assertEqual((states.count("shipped"), states.count("installed")), (2, 6))

    def test_object_in_work_shows_every_state(self):
        site = self.env.ref("smarthome_demo.object_technopark")
        lines = self._get_supply("technopark")
        self.assertEqual(set(lines.mapped("supply_state")), {"requested", "staged", "shipped"})
        self.assertEqual(lines.filtered("is_extra").product_id.default_code, "MCB-10")
        order = self.env.ref("smarthome_demo.proposal_technopark")
        self.assertEqual(order.smarthome_waiting_count, 1)
        warranty = order.smarthome_warranty_ids
        self.assertEqual(warranty.product_id.default_code, "MT-CRS326")
        self.assertTrue(warranty.smarthome_replaced_lot_id)
        self.assertTrue(site._get_staged_quants())

    def test_requests_of_the_cottage(self):
        self.assertEqual(
            set(self._get_supply("raubichi").mapped("supply_state")),
            {"requested", "ordered", "received"},
        )
        first = self.env.ref("smarthome_demo.request_first")
        orders = first.line_ids.purchase_lines.order_id.sorted("amount_untaxed")
        self.assertEqual(orders.picking_ids.mapped("state"), ["done", "assigned"])
        self.assertEqual(len(orders.partner_id), 2)
        third = self.env.ref("smarthome_demo.request_third")
        self.assertEqual(third.state, "approved")
        self.assertTrue(all(line.smarthome_to_buy_quantity for line in third.line_ids))
        second = self.env.ref("smarthome_demo.request_second")
        self.assertEqual(second.state, "to_approve")
        self.assertEqual(second.assigned_to.login, "engineer")

    def test_nothing_is_below_zero(self):
        below = self.env["stock.quant"].search(
            [("quantity", "<", 0), ("location_id.usage", "=", "internal")]
        )
        self.assertFalse(below)

    def test_numbers_and_warranty(self):
        devices = self.env["smarthome.device"].search([])
        self.assertGreaterEqual(len(devices), 7)
        self.assertTrue(all(devices.mapped("warranty_until")))

    def test_names_of_the_regulation(self):
        warehouse = self.env["stock.warehouse"].search([], limit=1)
        self.assertEqual(warehouse.smarthome_staging_location_id.name, "Комплектация")
