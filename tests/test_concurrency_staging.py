"""A tap of the staging page that arrives twice at the same moment is carried out once."""

import threading
from contextlib import suppress

from together import WAIT, Together

from odoo.fields import Command
from odoo.tests import tagged

#: nine are in stock and ordered, and each tap puts in two
THERE, PUT = 9, 2


@tagged("post_install", "-at_install")
class TestTapTwice(Together):
    name = "Tapped twice"
    roles = {"taps_twice": "storekeeper"}

    def setUp(self):
        super().setUp()
        self.user_id, self.product_id, self.object_id = self._run(self._make)

    # === Committed records === #

    def _make(self, env):
        [user] = self._make_people(env)
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
        env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, THERE)
        partner = env["res.partner"].create({"name": self.name})
        site = env["smarthome.object"].create({"name": self.name, "partner_id": partner.id})
        line = {"product_id": product.id, "product_uom_qty": THERE}
        env["sale.order"].create(
            {
                "smarthome_object_id": site.id,
                "smarthome_date_start": "2026-12-01",
                "order_line": [Command.create(line)],
            }
        ).action_confirm()
        return user, product.id, site.id

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
