"""Closing 1000 objects in one go: statement, autopsy and bonus of each, in one transaction.

One object is signed, shipped, done, accepted and paid as people do it; the others are copies of
its rows. Odoo writes rows by the hundred, so a query more for each hundred of a table is flat.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402

from odoo.fields import Command  # noqa: E402
from odoo.tools import SQL  # noqa: E402

LARGE, SMALL = 1000, 100
#: milliseconds of an object, and the queries that an object more brings
TIME, QUERIES = 20, 0.5
PHOTO = b"\x89PNG\r\n\x1a\n"
#: what an object consists of, each after what it refers to; the warehouse's where it is installed
TABLES = (
    "smarthome_object",
    "smarthome_folder",
    "ir_attachment",
    "smarthome_document",
    "sale_order",
    "sale_order_line",
    "smarthome_payment_milestone",
    "smarthome_payment_receipt",
    "smarthome_work_done",
    "smarthome_expense",
    "stock_location",
    "stock_picking",
    "stock_move",
    "smarthome_installation",
)
#: texts that are told apart
UNIQUE = {
    "smarthome_object": ("number",),
    "sale_order": ("smarthome_contract_number", "access_token"),
    "stock_picking": ("name",),
}


def run(env):
    """Measure a large batch and a small one."""
    modules = env["ir.module.module"]._installed()
    has_stock = "smarthome_stock" in modules
    manager, site = make_object(env, has_stock)
    copies = [site.id, *copy_rows(env, site, LARGE - 1)]
    sites = env["smarthome.object"].with_user(manager).browse(copies)
    large = measure.Sample(env, sites.action_close)
    small = measure.Sample(env, sites[:SMALL].action_close)
    measure.Sample(env, sites[:1].action_close).take()
    for sample in (small, large):
        sample.take()
    assert not sites.sudo().statement_ids, "what was measured is taken back"
    where = "with a warehouse" if has_stock else "without a warehouse"
    yield measure.number(f"closing {LARGE} objects {where}", large.seconds, "s")
    yield measure.number(
        f"closing an object of {LARGE} {where}", large.seconds / LARGE * 1000, "ms", TIME
    )
    yield measure.number(f"queries of closing {SMALL} objects", small.query_count, "queries")
    yield measure.number(f"queries of closing {LARGE} objects", large.query_count, "queries")
    more = (large.query_count - small.query_count) / (LARGE - SMALL)
    yield measure.number("queries that an object more brings", more, "queries", QUERIES)


def make_object(env, has_stock):
    """A manager, and an object of his that nothing keeps from being closed.

    :return: pair (res.users, smarthome.object)
    """
    users = env["res.users"].with_context(no_reset_password=True)
    group = env.ref("smarthome_base.group_smarthome_manager")
    manager = users.create(
        {"name": "Bench", "login": "bench_close", "group_ids": [Command.link(group.id)]}
    )
    object_type = env["smarthome.object.type"].create({"name": "Bench", "profit_floor": -1000})
    client = env["res.partner"].create({"name": "Bench", "user_id": manager.id})
    site = env["smarthome.object"].create(
        {
            "name": "Bench",
            "partner_id": client.id,
            "user_id": manager.id,
            "type_id": object_type.id,
        }
    )
    if "smarthome.bonus.rule" in env:
        env["smarthome.bonus.rule"].create({"type_id": object_type.id, "percent": 7})
    order = make_contract(env, site)
    if has_stock:
        ship(env, site)
    fulfil(env, site, order)
    env.flush_all()
    return manager, site


def make_contract(env, site):
    """Ten goods of two vendors and five works, one of the goods with a discount."""
    vendors = env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
    values = {"list_price": 100, "taxes_id": [Command.clear()]}
    if "is_storable" in env["product.product"]._fields:
        values["is_storable"] = True
    products = env["product.product"].create(
        [
            {
                **values,
                "name": f"Bench {number}",
                "type": "consu",
                "standard_price": 60,
                "seller_ids": [Command.create({"partner_id": vendors[number % 2].id, "price": 60})],
            }
            for number in range(10)
        ]
        + [
            {
                "name": f"Bench work {number}",
                "type": "service",
                "list_price": 10,
                "taxes_id": [Command.clear()],
                "smarthome_is_work": True,
                "smarthome_installer_rate": 4,
            }
            for number in range(5)
        ]
    )
    lines = [Command.create({"product_id": one.id, "product_uom_qty": 2}) for one in products]
    order = env["sale.order"].create(
        {
            "smarthome_object_id": site.id,
            "smarthome_date_start": "2030-01-01",
            "smarthome_date_end": "2030-02-01",
            "order_line": lines,
        }
    )
    order.order_line[0].discount = 10
    order.action_confirm()
    return order


def ship(env, site):
    """Gather and ship all, and confirm that it is installed."""
    for _step in range(2):
        pickings = site._get_open_pickings().filtered(lambda one: one.state != "waiting")
        for move in pickings.move_ids:
            quants = env["stock.quant"]
            if not move.move_orig_ids:
                quants._update_available_quantity(
                    move.product_id, move.location_id, move.product_qty
                )
            move.write({"quantity": move.product_uom_qty, "picked": True})
        pickings._action_done()
    site.action_all_installed()


def fulfil(env, site, order):
    """Works done, an expense, act and photo, money."""
    works = order.order_line.filtered(lambda line: line.smarthome_kind == "work")
    env["smarthome.work.done"].create(
        [{"order_line_id": line.id, "quantity": line.product_uom_qty} for line in works]
    )
    env["smarthome.expense"].create({"object_id": site.id, "name": "Lorry", "amount": 12})
    acts = site.folder_ids.filtered(lambda folder: folder.code == "acts")
    files = (
        {"name": "act.pdf", "raw": b"%PDF-1.4", "is_signed_act": True},
        {"name": "working.png", "raw": PHOTO, "mimetype": "image/png"},
    )
    env["smarthome.document"].create([{"folder_id": acts.id, **values} for values in files])
    order.action_smarthome_receive(order.amount_total)


# === Copies of rows === #


def copy_rows(env, site, count):
    """So many copies of an object with all that belongs to it.

    :return: identifiers of the copied objects
    """
    known = []
    for table in TABLES:
        condition = get_condition(env, table)
        if condition is None:
            continue
        env.cr.execute(
            SQL(
                "CREATE TEMP TABLE %s ON COMMIT DROP AS SELECT source.id AS old, copy,"
                " nextval(pg_get_serial_sequence(%s, 'id')) AS new"
                " FROM %s source, generate_series(1, %s) copy WHERE %s ORDER BY copy, source.id",
                SQL.identifier(f"copy_{table}"),
                table,
                SQL.identifier(table),
                count,
                SQL(condition, site.id),
            )
        )
        known.append(table)
    for table in known:
        copy_table(env, table, known)
    env.invalidate_all()
    env.cr.execute("SELECT new FROM copy_smarthome_object ORDER BY copy")
    return [row[0] for row in env.cr.fetchall()]


def get_condition(env, table):
    """Which rows of a table belong to the object; none where the table is not there."""
    columns = get_columns(env, table)
    if not columns:
        return None
    if table == "smarthome_object":
        return "source.id = %s"
    if "smarthome_object_id" in columns:
        return "source.smarthome_object_id = %s"
    if "object_id" in columns:
        return "source.object_id = %s"
    folders = "folder_id IN (SELECT id FROM smarthome_folder WHERE object_id = %s)"
    if table == "smarthome_document":
        return f"source.{folders}"
    if table == "ir_attachment":
        return f"source.id IN (SELECT attachment_id FROM smarthome_document WHERE {folders})"
    return "source.order_id IN (SELECT id FROM sale_order WHERE smarthome_object_id = %s)"


def get_columns(env, table):
    """Columns of a table in the order of the database."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return [row[0] for row in env.cr.fetchall()]


def get_references(env, table):
    """Columns that refer to other tables: column -> table."""
    env.cr.execute(
        "SELECT attribute.attname, key.confrelid::regclass::text FROM pg_constraint key"
        " JOIN pg_attribute attribute"
        " ON attribute.attrelid = key.conrelid AND attribute.attnum = key.conkey[1]"
        " WHERE key.contype = 'f' AND key.conrelid = %s::regclass",
        [table],
    )
    return dict(env.cr.fetchall())


def copy_table(env, table, known):
    """Copy the rows of a table; what refers to something copied refers to its copy."""
    references = get_references(env, table)
    columns = get_columns(env, table)
    values, joins = [], []
    for column in columns:
        name = SQL.identifier("source", column)
        target = references.get(column)
        if column == "id":
            values.append(SQL("made.new"))
        elif target in known:
            alias = SQL.identifier(f"of_{column}")
            joins.append(
                SQL(
                    "LEFT JOIN %s %s ON %s.old = %s AND %s.copy = made.copy",
                    SQL.identifier(f"copy_{target}"),
                    alias,
                    alias,
                    name,
                    alias,
                )
            )
            values.append(SQL("COALESCE(%s.new, %s)", alias, name))
        elif column in UNIQUE.get(table, ()):
            values.append(SQL("%s || '-' || made.copy", name))
        else:
            values.append(name)
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s source JOIN %s made ON made.old = source.id %s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values),
            SQL.identifier(table),
            SQL.identifier(f"copy_{table}"),
            SQL(" ").join(joins),
        )
    )
