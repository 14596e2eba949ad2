"""First pages at 100 000 objects and 1 000 000 calls, as the web client asks for them.

Each page is asked for as the manager by the default filter of its action, with the specification
of its view, both in the server (queries and ratios) and over HTTP (time a browser waits).
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure  # noqa: E402
from werkzeug.test import Client  # noqa: E402

from odoo import http  # noqa: E402
from odoo.service import security  # noqa: E402

from odoo.addons.smarthome_demo.tools import bulk  # noqa: E402

LOGIN = "bulk_manager_0"
FEW = "few_objects_%s"
PAGE = 80
PAGE_OF_FEW = 20
CARDS = 40
REPEATS = 21
LIMIT_SECONDS = 0.3
LIMIT_RATIO = 1.2


def run(env):
    """Measure every page with ours and with plain Odoo in turns."""
    make_manager_of_few(env)
    plain = measure.as_user(measure.open_plain(), LOGIN)
    own, few = measure.as_user(env, LOGIN), measure.as_user(env, FEW % 0)
    yield measure.number("objects", env["smarthome.object"].search_count([]))
    yield measure.number("calls", env["smarthome.call"].search_count([]))
    theirs = make_pages_of_plain(plain)
    browser = Browser(own)
    for name, (page, page_of_few, kind) in pair_pages(own, few).items():
        samples = [
            measure.Sample(own, page.call),
            measure.Sample(few, page_of_few.call),
            measure.Sample(plain, theirs[kind].call),
            measure.Sample(own, lambda page=page: browser.ask(page)),
        ]
        yield from judge(name, kind, *samples)


def judge(name, kind, ours, of_few, theirs, over_http):
    """Take the samples of a page and give its numbers."""
    measure.take_turns([ours, of_few, theirs, over_http], REPEATS)
    yield measure.number(f"{name}: server", ours.seconds * 1000, "ms", LIMIT_SECONDS * 1000)
    yield measure.number(f"{name}: HTTP", over_http.seconds * 1000, "ms", LIMIT_SECONDS * 1000)
    yield measure.number(f"{name}: {kind} of plain Odoo", theirs.seconds * 1000, "ms")
    yield measure.number(
        f"{name} against plain Odoo", ours.seconds / theirs.seconds, "x", LIMIT_RATIO
    )
    yield measure.number(
        f"{name}: queries", ours.query_count, "queries", max(of_few.query_count, 1)
    )


class Page:
    """One question of the web client: a method of a model with its arguments."""

    def __init__(self, env, model, method, *args, **kwargs):
        self.env, self.model, self.method = env, model, method
        self.args, self.kwargs = args, kwargs

    def call(self):
        """Ask it in the server."""
        records, args = self.env[self.model], self.args
        if self.method == "web_read":
            records, args = records.browse(args[0]), args[1:]
        return getattr(records, self.method)(*args, **self.kwargs)

    def to_json(self):
        context = {"lang": "en_US", "tz": "Europe/Minsk", "uid": self.env.uid}
        return {
            "model": self.model,
            "method": self.method,
            "args": self.args,
            "kwargs": {**self.kwargs, "context": context},
        }


class Browser:
    """A signed-in client that speaks with the server's application without a network."""

    def __init__(self, env):
        session = http.root.session_store.new()
        session.update(http.get_default_session(), db=env.cr.dbname)
        session.uid, session.login = env.uid, env.user.login
        session.session_token = security.compute_session_token(session, env(user=1))
        session.context = dict(env.context)
        http.root.session_store.save(session)
        self.client = Client(http.root)
        self.client.set_cookie("session_id", session.sid)

    def ask(self, page):
        """Ask over HTTP, and fail where the server does."""
        answer = self.client.post(
            f"/web/dataset/call_kw/{page.model}/{page.method}",
            json={"jsonrpc": "2.0", "method": "call", "params": page.to_json()},
        )
        content = json.loads(answer.get_data())
        if "error" in content:
            raise ValueError(content["error"]["data"]["message"])
        return content["result"]


# === Pages === #


def make_manager_of_few(env):
    """A manager with 105 open objects and their calls: more than a page, to compare queries with."""
    users = bulk.make_users(env, "smarthome_base.group_smarthome_manager", 1, FEW)
    bulk.fill_for(env, users, 500, 5000)
    env.cr.commit()


def pair_pages(own, few):
    """Pages by name: with many records, with few, and the page of plain Odoo like them."""
    ours, of_few = make_pages(own), make_pages(few)
    for page, _kind in of_few.values():
        # full as well: Odoo counts the rows behind a full page by a query more
        if "limit" in page.kwargs:
            page.kwargs["limit"] = PAGE_OF_FEW
    return {name: (page, of_few[name][0], kind) for name, (page, kind) in ours.items()}


def make_pages(env):
    """What is measured, each with the kind of plain Odoo's page it is compared with."""
    phone = env["smarthome.call"].search([("state", "=", "planned")], limit=1).phone
    site = env["smarthome.object"].search([("next_call_id", "!=", False)], limit=1)
    calls = make_list(env, "smarthome.call", "smarthome_crm.smarthome_call_action", [])
    objects = make_list(env, "smarthome.object", "smarthome_crm.smarthome_object_action")
    return {
        "objects, list": (objects, "list"),
        "objects, kanban": (
            make_cards(env, "smarthome.object", "smarthome_crm.smarthome_object_action", "stage"),
            "list",
        ),
        "object, form": (make_form(env, "smarthome.object", site.id), "list"),
        "calls, list": (
            make_list(env, "smarthome.call", "smarthome_crm.smarthome_call_action"),
            "list",
        ),
        "calls by number": (narrow(calls, [("phone", "ilike", phone)]), "list"),
        "calls by the end of a number": (narrow(calls, [("phone", "ilike", phone[-4:])]), "list"),
        "objects by number of telephone": (narrow(objects, [("phone", "ilike", phone)]), "list"),
        "objects by their own number": (
            narrow(objects, [("number", "ilike", site.number)]),
            "list",
        ),
    }


def make_pages_of_plain(env):
    """The list of plain Odoo's sale orders, with which every page is compared."""
    action = "sale.action_quotations_with_onboarding"
    return {
        "list": make_list(env, "sale.order", action),
    }


def make_list(env, model, action, domain=None):
    """The first page of a list by the default filter."""
    arch, models = measure.get_arch(env, model, "list")
    if domain is None:
        domain = measure.get_default_domain(env, action)
    return Page(
        env,
        model,
        "web_search_read",
        domain,
        measure.get_specification(arch, model, models),
        offset=0,
        order=arch.get("default_order", ""),
        limit=int(arch.get("limit", PAGE)),
        count_limit=10001,
    )


def narrow(page, domain):
    """The same list by what a person typed into the search."""
    _domain, *rest = page.args
    return Page(page.env, page.model, page.method, domain, *rest, **page.kwargs)


def make_cards(env, model, action, group):
    """The columns of a kanban with their first cards."""
    arch, models = measure.get_arch(env, model, "kanban")
    return Page(
        env,
        model,
        "web_read_group",
        measure.get_default_domain(env, action),
        [group],
        ["__count"],
        auto_unfold=True,
        unfold_read_specification=measure.get_specification(arch, model, models),
        unfold_read_default_limit=int(arch.get("limit", CARDS)),
        order=arch.get("default_order", ""),
    )


def make_form(env, model, record_id):
    """A form with its tabs."""
    arch, models = measure.get_arch(env, model, "form")
    specification = measure.get_specification(arch, model, models)
    return Page(env, model, "web_read", [record_id], specification)
