"""Creating a proposal of 100 lines by its manager, against plain Odoo's sale order."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402

from odoo.fields import Command  # noqa: E402

LOGIN = "bulk_manager_0"
LINES = 100


def run(env):
    """Measure both in turns."""
    own, plain = measure.as_user(env, LOGIN), measure.as_user(measure.open_plain(), LOGIN)
    site = own["smarthome.object"].search([("user_id", "=", own.uid)], limit=1)
    heads = (
        (own, {"smarthome_object_id": site.id, "partner_id": site.partner_id.id}),
        (
            plain,
            {"partner_id": plain["res.partner"].search([("user_id", "=", plain.uid)], limit=1).id},
        ),
    )
    samples = [measure.Sample(base, make_creation(base, head)) for base, head in heads]
    measure.take_turns(samples, 21)
    ours, theirs = samples
    yield measure.number("proposal of 100 lines, created", ours.seconds * 1000, "ms")
    yield measure.number("sale order of plain Odoo, created", theirs.seconds * 1000, "ms")
    yield measure.number(
        "creating a proposal against plain Odoo", ours.seconds / theirs.seconds, "x", 1.1
    )
    yield measure.number("queries of creating a proposal", ours.query_count, "queries")
    yield measure.number("queries of creating a sale order", theirs.query_count, "queries")


def make_creation(env, head):
    """A function that creates an order of goods from the bulk."""
    goods = env["product.product"].search([("default_code", "=like", "BULK-%")], limit=LINES)
    lines = [{"product_id": product.id, "product_uom_qty": 2} for product in goods]
    return lambda: env["sale.order"].create(
        {**head, "order_line": [Command.create(line) for line in lines]}
    )
