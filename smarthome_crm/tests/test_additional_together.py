import contextlib

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_contract import SmarthomeContractCommon


@tagged("post_install", "-at_install")
class TestAdditionalTogether(SmarthomeContractCommon):
    """Two people, each on a real cursor, and so with a snapshot of his own."""

    def _make_contract(self):
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            client = env["res.partner"].create({"name": "Client of two"})
            goods = env["product.product"].create({"name": "Goods of two", "list_price": 100})
            record = env["smarthome.object"].create({"name": "Two", "partner_id": client.id})
            order = env["sale.order"].create(
                {
                    "smarthome_object_id": record.id,
                    "partner_id": client.id,
                    "smarthome_date_start": "2026-12-01",
                    "order_line": [Command.create({"product_id": goods.id, "product_uom_qty": 10})],
                }
            )
            order.action_confirm()
            self.addCleanup(self._clean, order.id)
            return order.id

    def _clean(self, order_id):
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            order = env["sale.order"].browse(order_id)
            record, client = order.smarthome_object_id, order.partner_id
            goods = order.order_line.product_id
            orders = record.order_ids
            orders._action_cancel()
            if "picking_ids" in orders._fields:
                moves = env["stock.move"].search([("smarthome_object_id", "in", record.ids)])
                moves.state = "draft"
                moves.picking_id.unlink()
            orders.order_line.filtered("smarthome_reduces_line_id").unlink()
            (orders - order).unlink()
            order.unlink()
            record.unlink()
            (client | client.child_ids).unlink()
            goods.unlink()

    def _in_two_snapshots(self, first, second):
        """Run both from snapshots taken before either; the second is refused and repeated."""
        with self.env.registry.cursor() as one, self.env.registry.cursor() as two:
            for cr in one, two:
                cr.execute("SELECT 1")
            first(api.Environment(one, SUPERUSER_ID, {}))
            one.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                second(api.Environment(two, SUPERUSER_ID, {}))
            two.rollback()
            second(api.Environment(two, SUPERUSER_ID, {}))
            two.commit()

    def test_two_press_at_once(self):
        contract = self._make_contract()

        def press(env):
            return env["sale.order"].browse(contract)._create_additional()

        self._in_two_snapshots(press, press)
        with self.env.registry.cursor() as cr:
            order = api.Environment(cr, SUPERUSER_ID, {})["sale.order"].browse(contract)
            names = order.smarthome_additional_ids.sorted("id").mapped("name")
            self.assertEqual(names, [f"{order.name}-Д1", f"{order.name}-Д2"])

    def test_two_reductions_signed_at_once(self):
        """10 less 8 and less 8: one is signed, the other is refused in words."""
        contract = self._make_contract()
        with self.env.registry.cursor() as cr:
            order = api.Environment(cr, SUPERUSER_ID, {})["sale.order"].browse(contract)
            ids = []
            for _index in range(2):
                additional = order._create_additional()
                values = order.order_line._prepare_reduction_values(8)
                additional.order_line = [Command.create(values)]
                ids.append(additional.id)

        def sign(env):
            env["sale.order"].browse(ids[0]).action_confirm()
            env.flush_all()

        def sign_too(env):
            with contextlib.suppress(UserError):
                env["sale.order"].browse(ids[1]).action_confirm()
            env.flush_all()

        self._in_two_snapshots(sign, sign_too)
        with self.env.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.assertEqual(env["sale.order"].browse(contract).order_line.product_uom_qty, 2)
            self.assertEqual(env["sale.order"].browse(ids).mapped("state"), ["sale", "draft"])
