"""A tap of the staging page that arrives twice at the same moment is carried out once."""

import threading
from contextlib import suppress
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged

#: seconds that one waits for the other
WAIT = 20
NAME = "Tapped twice"
#: nine are in stock and ordered, and each tap puts in two
THERE, PUT = 9, 2


@tagged("post_install", "-at_install")
class TestTapTwice(BaseCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self.addCleanup(self._run, self._clean)
        self.user_id, self.product_id, self.object_id = self._run(self._make)

    # === Committed records, and their end === #

    def _run(self, work, user=SUPERUSER_ID):
        """Work in a transaction of its own, again when it met another, as a request does."""
        with db_connect(get_db_name()).cursor() as cr:
            env = api.Environment(cr, user, {})
            return retrying(lambda: work(env), env)

    def _make(self, env):
        group = "smarthome_base.group_smarthome_storekeeper"
        user = new_test_user(env, "taps_twice", groups=group)
        product = env["product.product"].create(
            {"name": NAME, "type": "consu", "is_storable": True, "list_price": 10, "taxes_id": []}
        )
        warehouse = env["stock.warehouse"].search([], limit=1)
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, THERE)
        partner = env["res.partner"].create({"name": NAME})
        site = env["smarthome.object"].create({"name": NAME, "partner_id": partner.id})
        line = {"product_id": product.id, "product_uom_qty": THERE}
        env["sale.order"].create(
            {
                "smarthome_object_id": site.id,
                "smarthome_date_start": "2026-12-01",
                "order_line": [Command.create(line)],
            }
        ).action_confirm()
        return user.id, product.id, site.id

    def _clean(self, env):
        """What is moved cannot be taken back by Odoo's own means."""
        site = env["smarthome.object"].search([("name", "=", NAME)])
        product = env["product.product"].search([("name", "=", NAME)])
        orders, places, partner = site.order_ids, site.staging_location_ids, site.partner_id
        env.cr.execute("UPDATE sale_order SET state = 'draft' WHERE id IN %s", [(*orders.ids, 0)])
        for table in "stock_move_line", "stock_move", "stock_quant":
            env.cr.execute(f"DELETE FROM {table} WHERE product_id IN %s", [(*product.ids, 0)])
        env.cr.execute(
            "DELETE FROM stock_picking WHERE smarthome_object_id IN %s", [(*site.ids, 0)]
        )
        env.invalidate_all()
        orders.smarthome_milestone_ids.unlink()
        orders.unlink()
        places.unlink()
        site.unlink()
        product.product_tmpl_id.unlink()
        user = env["res.users"].search([("login", "=", "taps_twice")])
        people = user.partner_id | partner
        env["smarthome.staging.tap"].search([("create_uid", "=", user.id)]).unlink()
        user.unlink()
        people.unlink()

    # === The moment === #

    def _tap_together(self, *tokens):
        """Put goods in by taps that arrive at once.

        :return: how often they were tried, and the pages that came back
        """
        together, tries, pages = threading.Barrier(len(tokens)), [], []

        def work(env, token):
            tries.append(token)
            staging = env["smarthome.staging"]
            staging.get_page(self.object_id)
            # a second try does not wait any more
            with suppress(threading.BrokenBarrierError):
                together.wait(WAIT / 4)
            together.abort()
            rows = [{"product_id": self.product_id, "quantity": PUT}]
            return staging.put_in(self.object_id, rows, token)

        def tap(token):
            pages.append(self._run(lambda env: work(env, token), self.user_id))

        threads = [threading.Thread(target=tap, args=[token]) for token in tokens]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        return tries, pages

    def _check_here(self, pages, quantity):
        self.assertEqual(max(page["rows"][0]["here"] for page in pages), quantity)
        row = self._run(lambda env: env["smarthome.staging"].get_page(self.object_id)["rows"][0])
        self.assertEqual((row["here"], row["missing"]), (quantity, THERE - quantity))

    def test_the_same_tap(self):
        tries, pages = self._tap_together("same", "same")
        self.assertEqual(len(pages), 2, "nobody is told of an error")
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._check_here(pages, PUT)

    def test_two_taps(self):
        tries, pages = self._tap_together("first", "second")
        self.assertEqual(len(pages), 2)
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._check_here(pages, 2 * PUT)
