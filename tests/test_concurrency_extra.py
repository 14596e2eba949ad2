"""Extra goods at the same moment: two decisions, and two shipments of one contract."""

from together import Together

from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestExtraAtTheSameMoment(Together):
    """5 of 10 are signed; 3 are shipped twice, in two shipments."""

    name = "Extra of two"
    roles = {"extra_manager": "manager", "extra_head": "head", "extra_storekeeper": "storekeeper"}

    def setUp(self):
        super().setUp()
        self.users, self.order_id, self.shipments = self._run(self._make)

    # === Committed records === #

    def _make(self, env):
        users = self._make_people(env)
        partner = env["res.partner"].create({"name": self.name, "user_id": users[0]})
        site = env["smarthome.object"].create(
            {"name": self.name, "partner_id": partner.id, "user_id": users[0]}
        )
        goods = env["product.product"].create(
            {"name": self.name, "type": "consu", "list_price": 100, "taxes_id": []}
        )
        order = env["sale.order"].create(
            {
                "smarthome_object_id": site.id,
                "smarthome_date_start": "2026-12-01",
                "order_line": [Command.create({"product_id": goods.id, "product_uom_qty": 5})],
            }
        )
        order.action_confirm()
        warehouse = order.warehouse_id
        env["stock.quant"]._update_available_quantity(goods, warehouse.lot_stock_id, 10)
        shipments = [self._stage(env, order, 3).id for _number in range(2)]
        return users, order.id, shipments

    def _stage(self, env, order, quantity):
        """Gather goods and lay them ready in a shipment of their own."""
        gathering = order.picking_ids.filtered(
            lambda one: one.picking_type_id.code == "internal" and one.state != "done"
        )
        gathering.action_assign()
        gathering.move_ids.quantity = quantity
        gathering.move_ids.picked = True
        gathering.with_context(skip_backorder=True).button_validate()
        shipment = order.picking_ids.filtered(
            lambda one: one.picking_type_id.code == "outgoing" and not one.printed
        )
        shipment.move_ids.quantity = quantity
        shipment.move_ids.picked = True
        shipment.printed = True
        return shipment

    # === The moments === #

    def _ship(self, shipment_id):
        def ship(env):
            shipment = env["stock.picking"].browse(shipment_id)
            return shipment.with_context(skip_backorder=True).button_validate()

        return ship

    def test_two_shipments_exceed_the_contract_once(self):
        """Each would fit alone; together one goes beyond, whoever is first."""
        storekeeper = self.users[2]
        tries, told = self._press_together(
            *((storekeeper, self._ship(shipment)) for shipment in self.shipments)
        )
        self.assertEqual(told, {0: True, 1: True})
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._run(self._check_shipped)

    def _check_shipped(self, env):
        lines = env["sale.order"].browse(self.order_id).order_line
        goods = lines.filtered("smarthome_kind")
        self.assertEqual(goods.mapped("qty_delivered"), [5, 1])
        self.assertEqual(goods.mapped("smarthome_extra_state"), [False, "waiting"])

    def test_two_decisions_settle_once(self):
        """The manager charges, the head absorbs: one decides, the other is told."""
        for shipment in self.shipments:
            self._run(self._ship(shipment))
        manager, head, _storekeeper = self.users

        def charge(env):
            return self._get_extra(env).action_smarthome_charge()

        def absorb(env):
            return self._get_extra(env).action_smarthome_absorb()

        tries, told = self._press_together((manager, charge), (head, absorb), in_turn=True)
        self.assertIsNone(told[0])
        self.assertIn("no decision any more", told[1])
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._run(self._check_charged)

    def _get_extra(self, env):
        order = env["sale.order"].browse(self.order_id)
        return order.order_line.filtered("smarthome_extra_state")

    def _check_charged(self, env):
        extra = self._get_extra(env)
        self.assertEqual(extra.smarthome_extra_state, "charged")
        self.assertEqual(extra.order_id.amount_total, 600)
