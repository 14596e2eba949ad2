"""A large base for measuring, made by PostgreSQL itself within a minute or two.

``fill`` makes objects with their clients, folders, calls, activities and proposals, ``fill_plain``
as many sale orders of plain Odoo to compare with. Whose is what goes round by the number of the
row, so every manager has the same share, and a fifth of his objects is open.
"""

from odoo.addons.smarthome_crm.const import DEFAULT_FOLDERS

from .rows import Rows

MANAGERS = 20
#: objects of one client
OBJECTS_PER_CLIENT = 2
LOGIN = "bulk_manager_%s"
#: stage of an object by a number from 0 to 99
STAGE = """CASE
    WHEN {n} < 3 THEN 'new' WHEN {n} < 6 THEN 'survey' WHEN {n} < 10 THEN 'proposal'
    WHEN {n} < 14 THEN 'negotiation' WHEN {n} < 17 THEN 'contract' WHEN {n} < 20 THEN 'in_work'
    WHEN {n} < 21 THEN 'acceptance' WHEN {n} < 86 THEN 'closed' ELSE 'refused' END"""
ANSWERS = "(ARRAY['Просит перезвонить', 'Думает', 'Ждёт смету', 'Сверяет', 'Уточняет бюджет'])"


def fill(env, objects=100_000, calls=1_000_000, products=10_000):
    """Fill a base that has our addons; what stands there stays.

    :param objects: a multiple of 2000, so that shares are even
    :param calls: a multiple of ``objects``
    """
    users = make_users(env, "smarthome_base.group_smarthome_manager", MANAGERS)
    fill_for(env, users, objects, calls, products)


def fill_for(env, users, objects, calls, products=0):
    """Fill a base with objects of certain managers; see ``fill``."""
    bulk = Bulk(env, users, objects)
    bulk.make_products(products)
    bulk.make_clients()
    bulk.make_objects()
    bulk.make_calls(calls)
    bulk.make_orders(is_proposal=True)
    bulk.finish()


def fill_plain(env, orders=100_000, products=10_000):
    """Fill a base of plain Odoo with sale orders, and let it work with pricelists as ours does."""
    env.ref("base.group_user").implied_ids += env.ref("product.group_product_pricelist")
    env["product.pricelist"].create({"name": "Default", "currency_id": env.company.currency_id.id})
    users = make_users(env, "sales_team.group_sale_salesman", MANAGERS)
    bulk = Bulk(env, users, orders)
    bulk.make_products(products)
    bulk.make_clients()
    bulk.make_orders(is_proposal=False)
    bulk.finish()


def make_users(env, group, count, login=LOGIN):
    """People who share the rows among themselves."""
    users = env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
    return users.create(
        [
            {
                "name": f"Manager {number}",
                "login": login % number,
                "tz": "Europe/Minsk",
                "group_ids": [(6, 0, env.ref(group).ids)],
            }
            for number in range(count)
        ]
    )


class Bulk(Rows):
    """Makes the rows; every table gets its identifiers from a base known beforehand."""

    def __init__(self, env, users, count):
        super().__init__(env)
        self.count = count
        self.clients = max(count // OBJECTS_PER_CLIENT, 1)
        self.values.update(
            company=str(env.company.id),
            currency=str(env.company.currency_id.id),
            users=f"(ARRAY{users.ids})",
            managers=str(len(users)),
            clients=str(self.clients),
            answers=ANSWERS,
            stage=STAGE.replace("{n}", "((i / {managers}) % 100)"),
            signed="('contract', 'in_work', 'acceptance', 'closed')",
        )

    # === Catalogue and clients === #

    def make_products(self, count):
        """Goods at prices from 10 on, in ten categories."""
        if not count:
            return
        categories = self.env["product.category"].create(
            [{"name": f"Bulk {number}"} for number in range(10)]
        )
        self.env.flush_all()
        self.values["categories"] = f"(ARRAY{categories.ids})"
        unit = self.env.ref("uom.product_uom_unit").id
        self.insert(
            "product_template",
            count,
            {
                "name": "jsonb_build_object('en_US', 'Goods ' || i)",
                "default_code": "'BULK-' || i",
                "categ_id": "{categories}[1 + i % 10]",
                "uom_id": str(unit),
                "type": "'consu'",
                "service_tracking": "'no'",
                "service_type": "'manual'",
                "invoice_policy": "'order'",
                "expense_policy": "'no'",
                "list_price": "10 + i % 500",
                "sale_ok": "true",
                "purchase_ok": "true",
                "active": "true",
                "sequence": "1",
            },
        )
        self.insert(
            "product_product",
            count,
            {
                "product_tmpl_id": "{product_template} + i",
                "default_code": "'BULK-' || i",
                "standard_price": "jsonb_build_object('{company}', 7 + i % 400)",
                "active": "true",
            },
        )

    def make_clients(self):
        """Clients of the managers, each with a number of his own."""
        own = self.exists("res_partner", "smarthome_is_client")
        columns = {
            "name": "'Client ' || i",
            "complete_name": "'Client ' || i",
            "commercial_partner_id": "{next} + i",
            "user_id": "{users}[1 + i % {managers}]",
            "phone": "'+375 29 ' || (1000000 + i * 17)",
            "phone_sanitized": "'+37529' || (1000000 + i * 17)",
            "type": "'contact'",
            "lang": f"'{self.env.user.lang or 'en_US'}'",
            "active": "true",
            "partner_share": "true",
            "is_company": "false",
            "autopost_bills": "'ask'",
            **({"smarthome_is_client": "true"} if own else {}),
        }
        self.env.cr.execute("SELECT max(id) + 1 FROM res_partner")
        self.values["next"] = str(self.env.cr.fetchone()[0])
        self.insert("res_partner", self.clients, columns)
        if own:
            self.run(
                self.say(
                    "INSERT INTO smarthome_client_user_rel (partner_id, user_id)"
                    " SELECT {res_partner} + i, {users}[1 + i % {managers}]"
                    " FROM generate_series(0, {clients} - 1) AS i"
                )
            )

    # === Objects === #

    def make_objects(self):
        """Objects with their folders and followers."""
        self.values["is_called"] = "({stage} NOT IN ('in_work', 'acceptance', 'closed'))"
        reason = self.env["smarthome.refusal.reason"].search([], limit=1).id
        types = self.env["smarthome.object.type"].search([]).ids
        amount = "500 + i % 20000"
        self.insert(
            "smarthome_object",
            self.count,
            {
                "number": "'Б-' || lpad(({smarthome_object} + i)::text, 7, '0')",
                "name": "'Object ' || i",
                "address": "'Minsk, Street ' || i % 700 || ', ' || i % 90",
                "company_id": "{company}",
                "type_id": f"(ARRAY{types})[1 + i % {len(types)}]",
                "partner_id": "{res_partner} + i % {clients}",
                "commercial_partner_id": "{res_partner} + i % {clients}",
                "user_id": "{users}[1 + i % {managers}]",
                "stage": "{stage}",
                "refusal_reason_id": f"CASE WHEN {{stage}} = 'refused' THEN {reason} END",
                "expected_amount": amount,
                "proposal_count": "1",
                "proposal_amount": f"CASE WHEN {{stage}} = 'refused' THEN 0 ELSE {amount} END",
                "is_signed": "{stage} IN {signed}",
                "contract_amount": f"CASE WHEN {{stage}} IN {{signed}} THEN {amount} ELSE 0 END",
                "received_amount": "0",
                "balance_amount": f"CASE WHEN {{stage}} IN {{signed}} THEN {amount} ELSE 0 END",
                "paid_percent": "0",
                "active": "true",
                "last_answer": "{answers}[1 + (i + CASE WHEN {is_called} THEN 1 ELSE 0 END) % 5]",
            },
        )
        self.make_folders()
        self.insert(
            "mail_followers",
            self.count,
            {
                "res_model": "'smarthome.object'",
                "res_id": "{smarthome_object} + i",
                "partner_id": "(SELECT partner_id FROM res_users"
                " WHERE id = {users}[1 + i % {managers}])",
            },
        )

    def make_folders(self):
        names = ", ".join(
            f"({number}, '{code}', '{name}')"
            for number, (code, name) in enumerate(DEFAULT_FOLDERS.items(), 1)
        )
        count = len(DEFAULT_FOLDERS)
        self.insert(
            "smarthome_folder",
            self.count * count,
            {
                "object_id": f"{{smarthome_object}} + i / {count}",
                "sequence": "f.number",
                "code": "f.code",
                "name": "f.name",
            },
            source=f"generate_series(0, {{last}}) AS i"
            f" JOIN (VALUES {names}) AS f(number, code, name) ON f.number = 1 + i % {count}",
        )

    # === Calls === #

    def make_calls(self, count):
        """Calls of the objects, the latest planned where the object is to be called."""
        self.insert_calls(count)
        self.run(
            self.say(
                "UPDATE smarthome_object o SET next_call_id = c.id, next_call_date = c.date"
                " FROM smarthome_call c WHERE c.object_id = o.id AND c.state = 'planned'"
                " AND c.id >= {smarthome_call}"
            )
        )
        self.make_activities()

    def insert_calls(self, count):
        each = count // self.count
        stranger = f"(k = {each - 1} AND k > 0)"
        number = "(CASE WHEN {stranger} THEN 3000000 + (i * 7) % 6000000 ELSE"
        number += " 1000000 + (i % {clients}) * 17 END)"
        planned = "(k = 0 AND {is_called})"
        self.values.update(
            stranger=stranger,
            number=number,
            planned=planned,
            date=(
                "({now} + CASE WHEN NOT {planned} THEN - interval '1 day' * (1 + k * 90 + i % 90)"
                " WHEN {stage} = 'refused' THEN interval '1 day' * (1 + i % 365)"
                " ELSE interval '1 hour' * ((i / {managers}) % 600 - 150) END)"
            ),
        )
        source_id = self.env.ref("smarthome_crm.utm_source_website").id
        self.insert(
            "smarthome_call",
            count,
            {
                "id": "{smarthome_call} + row",
                "company_id": "{company}",
                "user_id": "{users}[1 + i % {managers}]",
                "state": "CASE WHEN {planned} THEN 'planned' ELSE 'done' END",
                "direction": "CASE WHEN {stranger} THEN 'in' ELSE 'out' END",
                "kind": "CASE WHEN {stranger} THEN 'other' ELSE 'control' END",
                "object_id": "CASE WHEN NOT {stranger} THEN {smarthome_object} + i END",
                "partner_id": "CASE WHEN NOT {stranger} THEN {res_partner} + i % {clients} END",
                "name": "CASE WHEN {stranger} THEN 'Stranger ' ELSE 'Client ' END || i % {clients}",
                "phone": "'+375 29 ' || {number}",
                "phone_sanitized": "'+37529' || {number}",
                "phone_reversed": "reverse('37529' || {number})",
                "date": "{date}",
                "is_open": "{planned}",
                "diary_order": "CASE WHEN {planned} THEN extract(epoch FROM {date})"
                " ELSE 1e11 - extract(epoch FROM {date}) END",
                "is_first_time": "{stranger}",
                "is_intercepted": "false",
                "source_id": f"CASE WHEN {{stranger}} THEN {source_id} END",
                "outcome": "CASE WHEN {stranger} THEN 'information' END",
                "answer": "CASE WHEN NOT {planned} THEN {answers}[1 + (i + k) % 5] END",
            },
            source=f"(SELECT n AS row, n % {self.count} AS i, n / {self.count} AS k"
            " FROM generate_series(0, {last}) AS n) AS rows",
        )

    def make_activities(self):
        """Each planned call stands in its manager's diary."""
        model = self.env["ir.model"]._get_id("smarthome.object")
        kind = self.env.ref("smarthome_crm.mail_activity_type_call").id
        self.env.cr.execute(
            self.say(
                "SELECT count(*) FROM smarthome_call WHERE state = 'planned'"
                " AND id >= {smarthome_call}"
            )
        )
        self.insert(
            "mail_activity",
            self.env.cr.fetchone()[0],
            {
                "res_model_id": str(model),
                "res_model": "'smarthome.object'",
                "res_id": "object_id",
                "res_name": "call_name",
                "user_id": "user_id",
                "activity_type_id": str(kind),
                "date_deadline": "date::date",
                "summary": "to_char(date, 'HH24:MI')",
                "automated": "true",
                "active": "true",
                "smarthome_call_id": "call_id",
            },
            source="(SELECT row_number() OVER (ORDER BY id) - 1 AS i, id AS call_id, object_id,"
            " user_id, date, name AS call_name FROM smarthome_call WHERE state = 'planned'"
            " AND id >= {smarthome_call}) AS planned",
        )

    # === Orders === #

    def make_orders(self, is_proposal):
        """A sale order each, of the object or of plain Odoo."""
        pricelist = self.env["product.pricelist"].search([], limit=1).id
        amount = "500 + i % 20000"
        columns = {
            "name": "'B' || lpad(i::text, 7, '0')",
            "state": "CASE WHEN {stage} IN {signed} THEN 'sale'"
            " WHEN {stage} = 'refused' THEN 'cancel' ELSE 'draft' END",
            "company_id": "{company}",
            "partner_id": "{res_partner} + i % {clients}",
            "partner_invoice_id": "{res_partner} + i % {clients}",
            "partner_shipping_id": "{res_partner} + i % {clients}",
            "pricelist_id": str(pricelist or "NULL"),
            "currency_id": "{currency}",
            "currency_rate": "1.0",
            "user_id": "{users}[1 + i % {managers}]",
            "date_order": "{now} - interval '1 hour' * (i / {managers})",
            "amount_untaxed": amount,
            "amount_tax": "0",
            "amount_total": amount,
            "invoice_status": "'no'",
            "locked": "false",
            "require_signature": "true",
            "require_payment": "false",
            "prepayment_percent": "1",
        }
        if is_proposal:
            columns.update(
                smarthome_object_id="{smarthome_object} + i",
                smarthome_version="1",
                smarthome_received="0",
                smarthome_balance=amount,
                smarthome_status="CASE WHEN {stage} = 'closed' THEN 'closed'"
                " WHEN {stage} IN {signed} THEN 'contract'"
                " WHEN {stage} = 'refused' THEN 'refused' ELSE 'working' END",
                smarthome_work_coefficient="1",
                smarthome_goods_revenue=amount,
                smarthome_profit=f"({amount}) * 0.3",
                smarthome_profit_percent="30",
            )
        self.insert("sale_order", self.count, columns)

    def finish(self):
        """Let PostgreSQL know the new sizes, and Odoo forget what it has read."""
        self.run("ANALYZE")
        self.env.invalidate_all()
