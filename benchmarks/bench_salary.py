"""A month's salaries of 200 employees in one go: made, counted anew, confirmed, paid, exported."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402

from odoo.fields import Date  # noqa: E402

LARGE, SMALL = 200, 20
REPEATS = 5
#: the month in which everybody has a bonus too
FIRST = "2025-11-01"
#: milliseconds for an employee, and queries that 180 employees more may bring
TIME, QUERIES = 5, 10


def run(env):
    """Measure 200 employees and 20 in turns; without the addon there is nothing to measure."""
    if "smarthome.salary.statement" not in env:
        return
    heads = env["res.users"].search([("login", "=", "bulk_salary_head")]) or make_head(env)
    env = env(context={"lang": "en_US", "tz": "Europe/Minsk"})
    crews = {count: make_crew(env, count) for count in (LARGE, SMALL)}
    steps = {
        "made": make,
        "made again": lambda crew: make(crew) and make(crew),
        "made and confirmed": lambda crew: make(crew).with_user(heads).action_confirm(),
        "made and exported": lambda crew: make(crew)._get_xlsx(),
    }
    samples = {
        (step, count): measure.Sample(env, lambda call=call, crew=crew: call(crew))
        for step, call in steps.items()
        for count, crew in crews.items()
    }
    measure.take_turns(list(samples.values()), REPEATS)
    for step in steps:
        large, small = samples[step, LARGE], samples[step, SMALL]
        name = f"salaries of {LARGE} employees {step}"
        yield measure.number(name, large.seconds * 1000, "ms", TIME * LARGE)
        yield measure.number(f"queries: {name}", large.query_count, "queries")
        more = large.query_count - small.query_count
        yield measure.number(f"queries more than of {SMALL}: {name}", more, "queries", QUERIES)


def make(crew):
    """The month of a crew."""
    return crew.env["smarthome.salary.statement"]._make_month(Date.to_date(FIRST), crew)


def make_head(env):
    """Somebody who confirms."""
    group = env.ref("smarthome_base.group_smarthome_head")
    values = {"name": "Head", "login": "bulk_salary_head", "group_ids": group.ids}
    return env["res.users"].with_context(no_reset_password=True).create(values)


def make_crew(env, count):
    """Employees, each with a login and a bonus that is approved."""
    names = [f"bulk_salary_{count}_{number}" for number in range(count)]
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create([{"name": name, "login": name} for name in names])
    )
    crew = env["hr.employee"].create(
        [{"name": user.name, "user_id": user.id, "date_version": "2025-01-01"} for user in users]
    )
    site = env["smarthome.object"].search([], limit=1)
    closing = env["smarthome.profit.statement"].create(
        {"object_id": site.id, "user_id": env.uid, "date": FIRST, "is_current": False}
    )
    env["smarthome.bonus"].create(
        [
            {
                "object_id": site.id,
                "user_id": user.id,
                "statement_id": closing.id,
                "closing_id": closing.id,
                "kind": "closing",
                "date": FIRST,
                "base": 100,
                "amount": 10,
                "state": "approved",
                "date_approved": FIRST,
            }
            for user in users
        ]
    )
    env.flush_all()
    return crew
