"""Two storekeepers ship the same last goods at the same moment, each in his own transaction."""

import threading
from contextlib import suppress

from together import WAIT, Together

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

#: three lie at the object's place, and each of two shipments takes two
STAGED, SHIPPED = 3, 2


@tagged("post_install", "-at_install")
class TestLastGoods(Together):
    name = "Last goods"
    roles = {"last_goods_0": "storekeeper", "last_goods_1": "storekeeper"}

    def setUp(self):
        super().setUp()
        self.users, self.product_id, self.picking_ids = self._run(self._make)

    # === Committed records === #

    def _make(self, env):
        """Two contracts of one object with goods at its place; one shipment asks for too much."""
        users = self._make_people(env)
        product = env["product.product"].create(
            {
                "name": self.name,
                "type": "consu",
                "is_storable": True,
                "list_price": 10,
                "taxes_id": [],
            }
        )
        warehouse = env["stock.warehouse"].search([], limit=1)
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, STAGED)
        partner = env["res.partner"].create({"name": self.name})
        site = env["smarthome.object"].create({"name": self.name, "partner_id": partner.id})
        orders = env["sale.order"].create([self._prepare_order(site, product)] * 2)
        orders.action_confirm()
        gathering = orders.picking_ids
        gathering.move_ids.picked = True
        gathering.with_context(skip_backorder=True).button_validate()
        shipments = orders.picking_ids.filtered(
            lambda picking: picking.picking_type_id == warehouse.out_type_id
        )
        shipments.move_ids.quantity = SHIPPED
        shipments.move_ids.picked = True
        return users, product.id, shipments.ids

    def _prepare_order(self, site, product):
        line = {"product_id": product.id, "product_uom_qty": SHIPPED}
        return {
            "smarthome_object_id": site.id,
            "smarthome_date_start": "2026-12-01",
            "order_line": [Command.create(line)],
        }

    # === The moment === #

    def _ship_together(self):
        """Let both validate their shipment at once.

        :return: how often each of them tried, and what they were told
        """
        together, tries, told = threading.Barrier(2), [], []

        def work(env, picking_id):
            tries.append(picking_id)
            picking = env["stock.picking"].browse(picking_id)
            picking.move_ids.mapped("quantity")
            # a second try does not wait any more
            with suppress(threading.BrokenBarrierError):
                together.wait(WAIT / 4)
            together.abort()
            return picking.with_context(skip_backorder=True).button_validate()

        def ship(user, picking_id):
            try:
                told.append(self._run(lambda env: work(env, picking_id), user))
            except UserError as error:
                told.append(error)

        threads = [
            threading.Thread(target=ship, args=args)
            for args in zip(self.users, self.picking_ids, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        return tries, told

    def test_the_second_is_told_what_is_left(self):
        tries, told = self._ship_together()
        errors = [one for one in told if isinstance(one, UserError)]
        self.assertEqual(len(told), 2)
        self.assertEqual(len(errors), 1, "one of them ships")
        self.assertRegex(str(errors[0]), f"{self.name}: 2 .* are wanted, only 1 ")
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._run(self._check_stock)

    def _check_stock(self, env):
        quants = env["stock.quant"].search([("product_id", "=", self.product_id)])
        internal = quants.filtered(lambda quant: quant.location_id.usage == "internal")
        self.assertFalse(quants.filtered(lambda quant: quant.quantity < 0) & internal)
        self.assertEqual(sum(internal.mapped("quantity")), STAGED - SHIPPED)
        pickings = env["stock.picking"].browse(self.picking_ids)
        self.assertEqual(sorted(pickings.mapped("state")), ["assigned", "done"])
