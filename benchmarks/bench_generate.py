"""Generating works on 500 lines of goods, against plain Odoo writing the same lines of works."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402

from odoo.fields import Command  # noqa: E402

LOGIN = "bulk_manager_0"
WORKS = 30


def run(env):
    """Measure our generating at 500 and at 50 lines, and plain Odoo's write, in turns."""
    plain_env = measure.open_plain()
    own, plain = measure.as_user(env, LOGIN), measure.as_user(plain_env, LOGIN)
    works = make_works(env, smarthome_is_work=True)
    make_norms(env, works)
    site = own["smarthome.object"].search([("user_id", "=", own.uid)], limit=1)
    large, small = (make_order(own, count, smarthome_object_id=site.id) for count in (500, 50))
    beside = make_order(plain, 500)
    made = generate_once(large)
    by_code = {work.default_code: work.id for work in make_works(plain_env)}
    commands = [Command.create({"display_type": "line_section", "name": "Works"})]
    commands += [
        Command.create({**values, "product_id": by_code[code]}) for code, values in made.items()
    ]
    samples = [
        measure.Sample(own, large.action_generate_works),
        measure.Sample(own, small.action_generate_works),
        measure.Sample(plain, lambda: beside.write({"order_line": commands})),
    ]
    measure.take_turns(samples, 15)
    ours, ours_small, theirs = samples
    yield measure.number("lines of works that were generated", len(made), "lines")
    yield measure.number("generating on 500 lines", ours.seconds * 1000, "ms")
    yield measure.number("plain write of the same works", theirs.seconds * 1000, "ms")
    yield measure.number(
        "generating against a plain write", ours.seconds / theirs.seconds, "x", 1.5
    )
    yield measure.number(
        "queries of generating, 500 lines against 50",
        ours.query_count / ours_small.query_count,
        "x",
        1.15,
    )


def make_works(env, **values):
    return env["product.product"].create(
        [
            {
                "name": f"Work {number}",
                "default_code": f"BW-{number}",
                "type": "service",
                "list_price": 5 + number,
                "taxes_id": [Command.clear()],
                **values,
            }
            for number in range(WORKS)
        ]
    )


def make_norms(env, works):
    """A norm of each category of the bulk, of every second product, and one per proposal."""
    env["smarthome.work.norm"].search([]).active = False
    categories = env["product.category"].search([("name", "=like", "Bulk%")], order="id")
    values = [
        {"target": "category", "category_id": category.id, "work_id": works[number].id}
        for number, category in enumerate(categories)
    ]
    values += [
        {
            "target": "product",
            "product_tmpl_id": product.product_tmpl_id.id,
            "work_id": works[10 + number % (WORKS - 10)].id,
            "quantity": 1.5,
        }
        for number, product in enumerate(find_goods(env)[::2])
    ]
    values.append({"target": "order", "work_id": works[0].id})
    env["smarthome.work.norm"].create(values)


def find_goods(env):
    return env["product.product"].search(
        [("default_code", "=like", "BULK-%")], order="id", limit=100
    )


def make_order(env, count, **values):
    """An order of so many lines of a hundred goods."""
    goods = find_goods(env).ids
    partner = env["res.partner"].search([("user_id", "=", env.uid)], limit=1)
    lines = [
        Command.create(
            {"product_id": goods[number % len(goods)], "product_uom_qty": 1 + number % 4}
        )
        for number in range(count)
    ]
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": lines, **values})
    env.flush_all()
    return order


def generate_once(order):
    """Generate, tell quantities and places of the works by their article, and take it back."""

    def generate():
        order.action_generate_works()
        works = order.order_line.filtered("smarthome_is_generated")
        return {
            line.product_id.default_code: {
                "product_uom_qty": line.product_uom_qty,
                "sequence": line.sequence,
            }
            for line in works
        }

    return measure.Sample(order.env, generate).take()
