"""Signing a contract of 500 lines, against plain Odoo confirming the same order.

Where ``smarthome_stock`` is installed, both make deliveries, and ours may take 1.15 times as long;
elsewhere half a second longer. The queries that we add do not grow with the lines.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402
from bench_generate import find_goods  # noqa: E402

from odoo.fields import Command  # noqa: E402

LOGIN = "bulk_manager_0"
LARGE, SMALL = 500, 50
WORKS = 30
REPEATS = 7
#: of Odoo's own confirmation, and of the queries that 450 lines more may bring
TIMES_WITH_STOCK, SECONDS_WITHOUT, QUERIES = 1.15, 0.5, 3


def run(env):
    """Measure both, at 500 and at 50 lines, in turns."""
    plain_env = measure.open_plain()
    own, plain = measure.as_user(env, LOGIN), measure.as_user(plain_env, LOGIN)
    has_stock = "smarthome_stock" in env["ir.module.module"]._installed()
    samples = [
        measure.Sample(base, order.action_confirm)
        for base, make in ((own, make_proposal), (plain, make_order))
        for order in (make(base, LARGE), make(base, SMALL))
    ]
    measure.take_turns(samples, REPEATS)
    large, small, plain_large, plain_small = samples
    added = large.query_count - plain_large.query_count
    added_small = small.query_count - plain_small.query_count
    yield measure.number("signing a contract of 500 lines", large.seconds * 1000, "ms")
    yield measure.number("plain Odoo confirming the order", plain_large.seconds * 1000, "ms")
    yield from compare(large.seconds, plain_large.seconds, has_stock)
    yield measure.number("queries of signing, 500 lines", large.query_count, "queries")
    yield measure.number("queries of plain Odoo, 500 lines", plain_large.query_count, "queries")
    yield measure.number("queries that we add at 500 lines", added, "queries")
    yield measure.number(
        "queries that we add at 500 lines more than at 50", added - added_small, "queries", QUERIES
    )


def compare(ours, theirs, has_stock):
    """The ratio, which is limited with the warehouse, and the difference, limited without it."""
    times = TIMES_WITH_STOCK if has_stock else None
    yield measure.number("signing against Odoo's confirmation", ours / theirs, "x", times)
    seconds = None if has_stock else SECONDS_WITHOUT * 1000
    yield measure.number("signing takes longer by", (ours - theirs) * 1000, "ms", seconds)


def make_proposal(env, count):
    """A proposal of an object, with its dates, by its manager; its profit needs no consent."""
    site = env["smarthome.object"].search(
        [("user_id", "=", env.uid), ("stage", "in", ("proposal", "negotiation"))], limit=1
    )
    site.sudo().type_id.profit_floor = -1000
    return make_order(
        env,
        count,
        {"smarthome_is_work": True},
        smarthome_object_id=site.id,
        partner_id=site.partner_id.id,
        smarthome_date_start="2030-01-01",
        smarthome_date_end="2030-02-01",
    )


def make_order(env, count, work_values=None, **values):
    """An order of goods, and of services for the works among them."""
    works = make_services(env, work_values or {})
    goods = find_goods(env)
    lines = [
        Command.create({"product_id": product.id, "product_uom_qty": 1 + number % 4})
        for number, product in enumerate(take(works, goods, count))
    ]
    partner = env["res.partner"].search([("user_id", "=", env.uid)], limit=1)
    values = {"partner_id": partner.id, **values, "order_line": lines}
    order = env["sale.order"].create(values)
    env.flush_all()
    return order


def take(works, goods, count):
    """So many products: a work after every nine goods."""
    for number in range(count):
        some = works if number % 10 == 9 else goods
        yield some[number % len(some)]


def make_services(env, values):
    """The works, or in plain Odoo the same services."""
    return (
        env["product.product"]
        .sudo()
        .create(
            [
                {
                    "name": f"Sign {number}",
                    "default_code": f"BS-{number}",
                    "type": "service",
                    "list_price": 5 + number,
                    "taxes_id": [Command.clear()],
                    **values,
                }
                for number in range(WORKS)
            ]
        )
    )
