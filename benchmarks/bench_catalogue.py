"""The catalogue of a proposal with 10 000 goods against the same with 100.

Server time of the calls that the screen makes when it opens and when something is looked for, as
a manager and as a head, who sees purchase prices too. Both times a page is full of goods, so what
is compared is finding them and not showing them.

The hundred lie in tables of their own, in a schema that is put before the other one. So both are
measured in turns, in one process, and a busy moment of the machine hits both alike; the median of
the ratios of neighbours decides.
"""

import operator
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402

from odoo.tools import SQL  # noqa: E402

from odoo.addons.smarthome_demo.tools.rows import Rows  # noqa: E402

MANY, FEW, CATEGORIES = 10_000, 100, 20
REPEATS = 31
LIMIT_RATIO = 1.2
PAGE, COUNTED = 40, 201
KANBAN = "smarthome_stock.product_view_kanban_proposal"
LOOKED_FOR = {
    "article": "CAT-00007",
    "barcode": "4600000000042",
    "words": "уличная камер",
    "nothing": "нет-такого слова",
}
TABLES = ("product_template", "product_product", "smarthome_vendor_price", "stock_quant")
SCHEMAS = {MANY: "public", FEW: "few, public"}


def run(env):
    """Measure each thing with many goods and with few, in turns."""
    env["product.product"].search([]).action_archive()
    first = make_goods(env)
    order, users = make_proposal(env, first)
    copy_few(env, first)
    for name, sizes in measure_all(env, order, users).items():
        for size, sample in sizes.items():
            title = f"catalogue, {name}: {size} goods"
            yield measure.number(title, sample.seconds * 1000, "ms")
            yield measure.number(f"{title}, least", min(sample.times) * 1000, "ms")
        many, few = sizes[MANY], sizes[FEW]
        ratios = map(operator.truediv, many.times, few.times)
        ratio = statistics.median(ratios)
        yield measure.number(f"catalogue, {name}: ratio", ratio, "x", LIMIT_RATIO)
        queries = f"catalogue, {name}: queries"
        yield measure.number(queries, many.query_count, "queries", few.query_count)


# === The base === #


def make_goods(env):
    """Goods in stock, every second of them a camera, with vendors' prices.

    :return: identifier before the first product
    """
    rows = Rows(env)
    rows.values.update(
        unit=str(env.ref("uom.product_uom_unit").id),
        category=str(make_categories(env)),
        company=str(env.company.id),
        currency=str(env.company.currency_id.id),
        stock=str(env["stock.warehouse"].search([], limit=1).lot_stock_id.id),
        vendor=str(env["res.partner"].create({"name": "Bench vendor"}).id),
    )
    rows.insert("product_template", MANY, prepare_template())
    rows.insert("product_product", MANY, prepare_product())
    rows.insert("smarthome_vendor_price", MANY, prepare_price())
    rows.insert("stock_quant", MANY, prepare_quant())
    env.invalidate_all()
    goods = env["product.product"].search([("default_code", "=like", "CAT-%")])
    goods._compute_smarthome_search_text()
    first = min(goods.ids) - 1
    clean(env)
    return first


def make_categories(env):
    """Categories of the goods, one after the other.

    :return: identifier of the first
    """
    return env["product.category"].create([{"name": f"Bench {n}"} for n in range(CATEGORIES)])[0].id


def prepare_template():
    """Columns of the cards: names of two words and a number."""
    kinds = "(ARRAY['Камера уличная ', 'Реле модульное '])[1 + i % 2]"
    return {
        "name": f"jsonb_build_object('en_US', {kinds} || i)",
        "default_code": "'CAT-' || lpad(i::text, 5, '0')",
        "categ_id": f"{{category}} + i % {CATEGORIES}",
        "uom_id": "{unit}",
        "type": "'consu'",
        "is_storable": "true",
        "tracking": "'none'",
        "service_tracking": "'no'",
        "service_type": "'manual'",
        "invoice_policy": "'order'",
        "expense_policy": "'no'",
        "purchase_method": "'receive'",
        "list_price": "10 + i % 500",
        "sale_ok": "true",
        "purchase_ok": "true",
        "active": "true",
        "sequence": "1",
    }


def prepare_product():
    """Columns of the goods: some are favourites, most were sold."""
    return {
        "product_tmpl_id": "{product_template} + i",
        "default_code": "'CAT-' || lpad(i::text, 5, '0')",
        "barcode": "(4600000000000 + i)::text",
        "standard_price": "jsonb_build_object('{company}', 7 + i % 400)",
        "is_favorite": "i % 50 = 0",
        "smarthome_popularity": "i % 77",
        "active": "true",
    }


def prepare_price():
    """Columns of one vendor's price of each."""
    return {
        "product_tmpl_id": "{product_template} + i",
        "partner_id": "{vendor}",
        "company_id": "{company}",
        "date": "now() - interval '1 day' * (i % 100)",
        "price": "7 + i % 400",
    }


def prepare_quant():
    """Columns of what is in stock of each."""
    return {
        "product_id": "{product_product} + i",
        "location_id": "{stock}",
        "company_id": "{company}",
        "quantity": "10 + i % 9",
        "reserved_quantity": "i % 5",
        "in_date": "{now}",
    }


def make_proposal(env, first):
    """A proposal with some of the goods that stay, its manager and a head."""
    users = {}
    for role in ("manager", "head"):
        group = env.ref(f"smarthome_base.group_smarthome_{role}")
        users[role] = env["res.users"].create(
            {"name": role, "login": f"bench_{role}", "group_ids": [(6, 0, group.ids)]}
        )
    record = env["smarthome.object"].create(
        {
            "name": "Bench",
            "type_id": env["smarthome.object.type"].search([], limit=1).id,
            "partner_id": env["res.partner"].create({"name": "Bench client"}).id,
            "user_id": users["manager"].id,
        }
    )
    lines = [(0, 0, {"product_id": first + n}) for n in range(1, 11)]
    order = env["sale.order"].create({"smarthome_object_id": record.id, "order_line": lines})
    env.cr.commit()
    return order, users


def copy_few(env, first):
    """Tables of the same names with the first hundred goods, and with nothing but them."""
    cr = env.cr
    goods = SQL(
        "SELECT id, product_tmpl_id FROM product_product WHERE id > %s AND id <= %s",
        first,
        first + FEW,
    )
    kept = {
        "product_template": SQL("id IN (SELECT product_tmpl_id FROM (%s) goods)", goods),
        "product_product": SQL("id IN (SELECT id FROM (%s) goods)", goods),
        "smarthome_vendor_price": SQL(
            "product_tmpl_id IN (SELECT product_tmpl_id FROM (%s) goods)", goods
        ),
        "stock_quant": SQL("product_id IN (SELECT id FROM (%s) goods)", goods),
    }
    cr.execute("CREATE SCHEMA few")
    for name in TABLES:
        table = SQL.identifier(name)
        cr.execute(SQL("CREATE TABLE few.%s (LIKE public.%s INCLUDING ALL)", table, table))
        cr.execute(
            SQL("INSERT INTO few.%s SELECT * FROM public.%s WHERE %s", table, table, kept[name])
        )
    clean(env)


def clean(env):
    """Commit, and give the tables the size of their rows and the planner their figures."""
    env.flush_all()
    env.cr.commit()
    connection = env.cr._cnx
    connection.set_session(autocommit=True)
    try:
        with connection.cursor() as cursor:
            for schema, table in list_tables(cursor):
                cursor.execute(f"VACUUM FULL {schema}.{table}")
                cursor.execute(f"VACUUM ANALYZE {schema}.{table}")
    finally:
        connection.set_session(autocommit=False)


def list_tables(cursor):
    """Where the goods lie, in either schema."""
    cursor.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE tablename = ANY(%s)", [list(TABLES)]
    )
    return cursor.fetchall()


# === The screen === #


def measure_all(env, order, users):
    """Samples of opening and of each search, of each person, by name and by number of goods."""
    samples = {}
    for role, user in users.items():
        context = {"lang": "en_US", "tz": "Europe/Minsk", "uid": user.id}
        screen = Screen(order.with_env(env(user=user.id, context=context)))
        calls = {"open": screen.open}
        for name, text in LOOKED_FOR.items():
            calls[f"search by {name}"] = screen.look_for(text)
        for name, call in calls.items():
            own = screen.order.env
            samples[f"{role}, {name}"] = {
                size: SizedSample(own, call, schema) for size, schema in SCHEMAS.items()
            }
    measure.take_turns([one for sizes in samples.values() for one in sizes.values()], REPEATS)
    env.cr.execute("SET search_path TO DEFAULT")
    return samples


class SizedSample(measure.Sample):
    """Times of a call with the goods of one schema."""

    def __init__(self, env, call, schema):
        super().__init__(env, call)
        self.schema = schema

    def take(self):
        """Measure once, with the tables of the schema."""
        self.env.cr.execute(f"SET search_path TO {self.schema}")
        return super().take()


class Screen:
    """What the catalogue asks the server for."""

    def __init__(self, order):
        self.order = order
        action = order.action_smarthome_catalog()
        env = order.with_context(**action["context"]).env
        arch, models = measure.get_arch(env, "product.product", "kanban", KANBAN)
        self.products = env["product.product"]
        self.specification = measure.get_specification(arch, "product.product", models)
        self.order_by = arch.get("default_order")
        self.domain = [*action["domain"], ("type", "=", "consu")]

    def open(self):
        """Calls of the first page, in the order of the browser's."""
        self.order.read(["state"])
        self.order.smarthome_get_totals()
        self.order._get_sections("order_line")
        self.products.search_panel_select_range(
            "categ_id", search_domain=self.domain, enable_counters=False
        )
        return self.load(self.domain)

    def look_for(self, text):
        """Calls of a page of what is found by a text."""
        domain = [*self.domain, ("smarthome_words", "ilike", text)]
        return lambda: self.load(domain)

    def load(self, domain):
        """The cards with the figures on them."""
        page = self.products.with_context(bin_size=True).web_search_read(
            domain, self.specification, limit=PAGE, order=self.order_by, count_limit=COUNTED
        )
        ids = [record["id"] for record in page["records"]]
        self.order._get_product_catalog_order_line_info(
            ids, child_field="order_line", smarthome_supply=True
        )
        return page
