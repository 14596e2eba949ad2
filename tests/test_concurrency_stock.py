"""Two storekeepers ship the same last goods at the same moment, each in his own transaction."""

import threading
from contextlib import suppress
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged

#: seconds that one waits for the other
WAIT = 20
NAME = "Last goods"
#: three lie at the object's place, and each of two shipments takes two
STAGED, SHIPPED = 3, 2


@tagged("post_install", "-at_install")
class TestLastGoods(BaseCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self.addCleanup(self._run, self._clean)
        self.users, self.product_id, self.picking_ids = self._run(self._make)

    # === Committed records, and their end === #

    def _run(self, work, user=SUPERUSER_ID):
        """Work in a transaction of its own, again when it met another, as a request does."""
        with db_connect(get_db_name()).cursor() as cr:
            env = api.Environment(cr, user, {})
            return retrying(lambda: work(env), env)

    def _make(self, env):
        """Two contracts of one object with goods at its place; one shipment asks for too much."""
        group = "smarthome_base.group_smarthome_storekeeper"
        users = [new_test_user(env, f"last_goods_{number}", groups=group) for number in range(2)]
        product = env["product.product"].create(
            {"name": NAME, "type": "consu", "is_storable": True, "list_price": 10, "taxes_id": []}
        )
        warehouse = env["stock.warehouse"].search([], limit=1)
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, STAGED)
        partner = env["res.partner"].create({"name": NAME})
        site = env["smarthome.object"].create({"name": NAME, "partner_id": partner.id})
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
        return [user.id for user in users], product.id, shipments.ids

    def _prepare_order(self, site, product):
        line = {"product_id": product.id, "product_uom_qty": SHIPPED}
        return {
            "smarthome_object_id": site.id,
            "smarthome_date_start": "2026-12-01",
            "order_line": [Command.create(line)],
        }

    def _clean(self, env):
        """What is shipped cannot be taken back by Odoo's own means."""
        site = env["smarthome.object"].search([("name", "=", NAME)])
        product = env["product.product"].search([("name", "=", NAME)])
        orders, places = site.order_ids, site.staging_location_ids
        env.cr.execute("UPDATE sale_order SET state = 'draft' WHERE id IN %s", [(*orders.ids, 0)])
        for table in "stock_move_line", "stock_move", "stock_quant":
            env.cr.execute(f"DELETE FROM {table} WHERE product_id IN %s", [(*product.ids, 0)])
        site.picking_ids.move_ids.invalidate_recordset()
        env.cr.execute(
            "DELETE FROM stock_picking WHERE smarthome_object_id IN %s", [(*site.ids, 0)]
        )
        env.invalidate_all()
        orders.smarthome_milestone_ids.unlink()
        orders.unlink()
        places.unlink()
        partner = site.partner_id
        site.unlink()
        product.product_tmpl_id.unlink()
        users = env["res.users"].search([("login", "like", "last_goods_")])
        people = users.partner_id | partner
        users.unlink()
        people.unlink()

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
        self.assertRegex(str(errors[0]), f"{NAME}: 2 .* are wanted, only 1 ")
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._run(self._check_stock)

    def _check_stock(self, env):
        quants = env["stock.quant"].search([("product_id", "=", self.product_id)])
        internal = quants.filtered(lambda quant: quant.location_id.usage == "internal")
        self.assertFalse(quants.filtered(lambda quant: quant.quantity < 0) & internal)
        self.assertEqual(sum(internal.mapped("quantity")), STAGED - SHIPPED)
        pickings = env["stock.picking"].browse(self.picking_ids)
        self.assertEqual(sorted(pickings.mapped("state")), ["assigned", "done"])
