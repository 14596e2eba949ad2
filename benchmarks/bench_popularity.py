"""The nightly count of popular goods over 1 000 000 done move lines."""

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402

from odoo.addons.smarthome_demo.tools.rows import Rows  # noqa: E402

MOVES = 1_000_000
REPEATS = 3
LIMIT_SECONDS = 60
LIMIT_MEGABYTES = 20


def run(env):
    """Make the moves, count, and tell time, queries and memory."""
    make_moves(env, MOVES)
    yield measure.number("popularity: done move lines", MOVES)
    yield measure.number("popularity: goods", env["product.product"].search_count([]))
    before = get_megabytes()
    sample = measure.Sample(env, env["product.product"]._cron_count_popularity)
    measure.take_turns([sample], REPEATS)
    yield measure.number("popularity: time", max(sample.times), "s", LIMIT_SECONDS)
    yield measure.number("popularity: queries", sample.query_count, "queries", 1)
    grown = get_megabytes() - before
    yield measure.number("popularity: memory it takes", grown, "MB", LIMIT_MEGABYTES)


def get_megabytes():
    """The most memory that the server's process ever took."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_moves(env, count):
    """Done moves to clients over two years, each with its line, made by PostgreSQL itself."""
    goods = env["product.product"].search([("type", "=", "consu")])
    warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
    rows = Rows(env)
    rows.values.update(
        goods=f"(ARRAY{goods.ids})",
        number=str(len(goods)),
        unit=str(env.ref("uom.product_uom_unit").id),
        company=str(env.company.id),
        stock=str(warehouse.lot_stock_id.id),
        customers=str(env.ref("stock.stock_location_customers").id),
    )
    rows.insert("stock_move", count, prepare_move())
    rows.insert("stock_move_line", count, prepare_line())
    env.cr.execute("ANALYZE stock_move")
    env.cr.execute("ANALYZE stock_move_line")
    env.invalidate_all()


def prepare_both():
    """Columns that a move and its line have in common."""
    return {
        "product_id": "{goods}[1 + (i::bigint * i) % {number}]",
        "location_id": "{stock}",
        "location_dest_id": "{customers}",
        "company_id": "{company}",
        "state": "'done'",
        "date": "{now} - interval '1 minute' * (i % 1050000)",
        "quantity": "1 + i % 5",
        "picked": "true",
    }


def prepare_move():
    """Columns of a move."""
    return {
        **prepare_both(),
        "product_uom": "{unit}",
        "product_uom_qty": "1 + i % 5",
        "product_qty": "1 + i % 5",
        "procure_method": "'make_to_stock'",
    }


def prepare_line():
    """Columns of its line."""
    return {
        **prepare_both(),
        "move_id": "{stock_move} + i",
        "product_uom_id": "{unit}",
        "quantity_product_uom": "1 + i % 5",
    }
