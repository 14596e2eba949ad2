"""Gathering and shipping 200 lines over a staging place, against plain Odoo's pick and ship."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402

from odoo.fields import Command  # noqa: E402

LINES = 200
QUANTITY = 2
REPEATS = 5
#: both of them may take 15 % more than Odoo's own
LIMIT = 1.15
LOGIN = "bench_storekeeper"


def run(env):
    """Measure both in turns: one order of each, shipped again and again and taken back."""
    plain = measure.open_plain()
    plain["stock.warehouse"].search([]).delivery_steps = "pick_ship"
    samples = []
    for base, group in (
        (env, "smarthome_base.group_smarthome_storekeeper"),
        (plain, "stock.group_stock_user"),
    ):
        order = make_order(base, make_goods(base))
        order.action_confirm()
        user = make_storekeeper(base, group)
        base.flush_all()
        samples.append(measure.Sample(user.env, make_shipping(user.env, order.id)))
    measure.take_turns(samples, REPEATS)
    ours, theirs = samples
    yield measure.number(f"pick and ship of {LINES} lines by object", ours.seconds * 1000, "ms")
    yield measure.number(f"pick and ship of {LINES} lines in Odoo", theirs.seconds * 1000, "ms")
    yield measure.number(
        "pick and ship against plain Odoo", ours.seconds / theirs.seconds, "x", LIMIT
    )
    yield measure.number("queries of pick and ship by object", ours.query_count, "queries")
    yield measure.number("queries of pick and ship in Odoo", theirs.query_count, "queries")
    yield measure.number(
        "queries of pick and ship against plain Odoo",
        ours.query_count / theirs.query_count,
        "x",
        LIMIT,
    )


def make_goods(env):
    """Goods at average cost, enough of them in stock."""
    category = env["product.category"].create({"name": "Bench", "property_cost_method": "average"})
    goods = env["product.product"].create(
        [
            {
                "name": f"Bench {number}",
                "type": "consu",
                "is_storable": True,
                "categ_id": category.id,
                "list_price": 10,
                "standard_price": 6,
                "taxes_id": [Command.clear()],
            }
            for number in range(LINES)
        ]
    )
    stock = env["stock.warehouse"].search([], limit=1).lot_stock_id
    for product in goods:
        env["stock.quant"]._update_available_quantity(product, stock, 1000)
    return goods


def make_order(env, goods):
    """A proposal of an object, or a sale order of plain Odoo."""
    client = env["res.partner"].create({"name": "Bench"})
    head = {"partner_id": client.id}
    if "smarthome.object" in env:
        site = env["smarthome.object"].create({"name": "Bench", "partner_id": client.id})
        head.update(smarthome_object_id=site.id, smarthome_date_start="2026-12-01")
    lines = [
        Command.create({"product_id": product.id, "product_uom_qty": QUANTITY}) for product in goods
    ]
    return env["sale.order"].create({**head, "order_line": lines})


def make_storekeeper(env, group):
    """Who picks and ships.

    :return: res.users in his own environment
    """
    users = env["res.users"].with_context(no_reset_password=True)
    user = users.create(
        {"name": LOGIN, "login": LOGIN, "group_ids": [Command.link(env.ref(group).id)]}
    )
    return user.with_user(user).with_context(lang="en_US", tz="Europe/Minsk")


def make_shipping(env, order_id):
    """A function that validates what the order brings to validate, one after another."""

    def ship():
        for _step in range(2):
            picking = env["stock.picking"].search(
                [("state", "=", "assigned"), ("id", "in", find_pickings(env, order_id))]
            )
            picking.button_validate()
        moves = env["stock.move"].sudo().search([("sale_line_id.order_id", "=", order_id)])
        assert len(moves) == 2 * LINES and set(moves.mapped("state")) == {"done"}

    return ship


def find_pickings(env, order_id):
    return env["sale.order"].sudo().browse(order_id).picking_ids.ids
