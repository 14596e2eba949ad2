"""Bonus and salary: who works here since when, by which rules he earns, what was paid last month."""

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from . import contracts

#: logins of the people, and for how many months they have been here
PEOPLE = {
    "head": 60,
    "manager": 30,
    "manager2": 14,
    "manager_engineer": 2,
    "secretary": 18,
    "engineer": 40,
    "purchasing": 26,
    "storekeeper": 20,
    "installer": 33,
    "accountant": 50,
}
#: who is on probation yet, and for how many days more
NEWCOMER = ("manager_engineer", 25)
#: types of objects: percent of the profit, and steps of profitability with theirs
RULES = {
    "apartment": (6, {30: 7, 40: 8}),
    "house": (7, {25: 8, 35: 10}),
    "office": (5, {20: 6}),
    "shop": (5, {20: 6}),
}
#: percent of whoever sells with the department, whatever the type
TEAM_PERCENT = 4
#: works of the small job, with their quantities
SMALL_JOB = 4


# === BEFORE THE CONTRACTS === #


def prepare(teller):
    """People are hired, and a head says by what they earn."""
    hire(teller)
    set_rules(teller)


def hire(teller):
    """Everybody has an employee; one of the managers is on probation."""
    for login, months in PEOPLE.items():
        user, since = teller.person(login), teller.today - relativedelta(months=months)
        employee = teller.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "job_title": user.partner_id.function,
                "date_version": since,
                "contract_date_start": since,
            }
        )
        teller.keep(f"employee_{login}", employee)
    login, days = NEWCOMER
    until = teller.today + relativedelta(days=days)
    teller.find(f"employee_{login}").version_id.trial_date_end = until


def set_rules(teller):
    """A rule for each type of object, and one for the department."""
    rules = teller.by("head", "smarthome.bonus.rule")
    since = teller.today.replace(month=1, day=1) - relativedelta(years=1)
    for name, (percent, steps) in RULES.items():
        object_type = teller.env.ref(f"smarthome_crm.object_type_{name}")
        rule = rules.create(
            {
                "type_id": object_type.id,
                "percent": percent,
                "date_from": since,
                "step_ids": [
                    Command.create({"above": above, "percent": better})
                    for above, better in steps.items()
                ],
            }
        )
        teller.keep(f"bonus_rule_{name}", rule)
    team = teller.env.ref("sales_team.team_sales_department")
    rule = rules.create({"team_id": team.id, "percent": TEAM_PERCENT, "date_from": since})
    teller.keep("bonus_rule_team", rule)


# === AFTER THE CLOSING === #


def tell(teller):
    """The house was closed last month, and its bonus is paid; that of a small job waits."""
    tell_small_job(teller)
    entries = teller.find("object_kolodishchi").sudo().bonus_ids
    entries.with_user(teller.person("head")).action_approve()
    put_into_last_month(teller, entries)
    pay_salaries(teller)


def tell_small_job(teller):
    """A client asks for new scenes: works alone, done and paid, closed by their manager today."""
    former = teller.find("object_pritytskogo")
    manager = former.user_id.login
    site = teller.by(manager, "smarthome.object").create(
        {
            "name": "Новые сценарии на Притыцкого",
            "type_id": former.type_id.id,
            "partner_id": former.partner_id.id,
            "user_id": former.user_id.id,
            "address": former.address,
        }
    )
    teller.keep("object_scenes", site)
    order = teller.by(manager, "sale.order").browse(site.action_new_proposal()["res_id"])
    teller.keep("proposal_scenes", order)
    works = teller.env["product.product"].search(
        [("smarthome_is_work", "=", True), ("smarthome_is_percent", "=", False)],
        order="default_code",
        limit=SMALL_JOB,
    )
    order.write(
        {
            "order_line": [
                Command.create({"product_id": work.id, "product_uom_qty": 6}) for work in works
            ],
            "smarthome_date_start": teller.today,
            "smarthome_date_end": teller.today,
        }
    )
    order.action_confirm()
    for stage in ("contract", "in_work", "acceptance"):
        site.stage = stage
    do_small_job(teller, order)
    site.action_close()


def do_small_job(teller, order):
    """All works in one day, the client pays on the spot."""
    done = teller.by(order.user_id.login, "smarthome.work.done")
    lines = order.sudo().order_line.filtered(lambda line: line.smarthome_kind == "work")
    done.create(
        [
            {
                "order_line_id": line.id,
                "quantity": line.product_uom_qty,
                "installer_id": teller.person("installer").id,
            }
            for line in lines
        ]
    )
    order.action_smarthome_receive(order.amount_total, "card")
    contracts.accept(teller, order)


def put_into_last_month(teller, entries):
    """What the demo does today was done in the last days of the month before."""
    day = get_last_month(teller) + relativedelta(day=31)
    entries.write({"date": day, "date_approved": day})
    entries.statement_id.date = day
    entries.object_id.date_closed = day


def pay_salaries(teller):
    """Last month for everybody: made and confirmed by the head, paid by the accountant.

    Nobody confirms his own: the head's waits for another head.
    """
    first = get_last_month(teller)
    wizard = teller.by("head", "smarthome.salary.month")
    action = wizard.create({"month": first.strftime("%Y-%m")}).action_make()
    statements = teller.by("head", "smarthome.salary.statement").search(action["domain"])
    statements.action_confirm()
    confirmed = statements.filtered(lambda statement: statement.state == "confirmed")
    teller.by("accountant", confirmed).action_pay()


def get_last_month(teller):
    """First day of the month before."""
    return teller.today.replace(day=1) - relativedelta(months=1)
