"""What the benchmarks share: plain Odoo beside us, clocks, medians, what a screen asks for."""

import gc
import os
import statistics
import time
from ast import literal_eval

from lxml import etree

from odoo import api
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.tools.safe_eval import safe_eval


def open_plain():
    """Environment of the superuser in the base of Odoo's modules alone, filled alike."""
    registry = Registry(os.environ["SMARTHOME_PLAIN_BASE"])
    return api.Environment(registry.cursor(), api.SUPERUSER_ID, {})


def as_user(env, login):
    """The environment of a person."""
    user = env["res.users"].search([("login", "=", login)])
    return env(user=user.id, context={"lang": "en_US", "tz": "Europe/Minsk", "uid": user.id})


class Sample:
    """Times and queries of one thing measured several times."""

    def __init__(self, env, call, keep=False):
        self.env, self.call, self.keep = env, call, keep
        self.times, self.queries = [], []

    def take(self):
        """Measure once, with empty caches; what was written is taken back."""
        env = self.env
        env.flush_all()
        env.invalidate_all()
        savepoint = env.cr.savepoint(flush=False)
        gc.collect()
        queries, start = env.cr.sql_log_count, time.perf_counter()
        result = self.call()
        env.flush_all()
        self.times.append(time.perf_counter() - start)
        self.queries.append(env.cr.sql_log_count - queries)
        env.transaction.clear()
        savepoint.close(rollback=True)
        return result

    @property
    def seconds(self):
        return statistics.median(self.times)

    @property
    def query_count(self):
        return int(statistics.median(self.queries))


def take_turns(samples, repeats):
    """Measure the samples in turns, so that a busy moment of the machine hits all alike."""
    for sample in samples:
        sample.take()
        sample.times.clear()
        sample.queries.clear()
    for _repeat in range(repeats):
        for sample in samples:
            sample.take()


def number(name, value, unit="", limit=None):
    """A row of the results."""
    row = {"name": name, "value": value, "unit": unit}
    return {**row, "limit": limit} if limit is not None else row


# === What a screen asks for === #


def get_arch(env, model, view_type, xmlid=None):
    """The arch of a view as the person of ``env`` gets it, and the fields of its models."""
    view = env.ref(xmlid).sudo().id if xmlid else False
    views = env[model].get_views([(view, view_type)])
    return etree.fromstring(views["views"][view_type]["arch"]), views["models"]


def get_specification(node, model, models):
    """The specification with which the web client reads the fields of a view."""
    fields = models[model]["fields"]
    specification = {}
    for child in _own_fields(node):
        name = child.get("name")
        field = fields.get(name)
        if not field:
            continue
        specification.setdefault(name, {}).update(_get_field_specification(child, field, models))
    return specification


def _own_fields(node):
    """Fields of a view itself, not those of views inside of them."""
    for child in node:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str):
            yield from _own_fields(child)


def _get_field_specification(node, field, models):
    if field["type"] in ("many2one", "reference"):
        return {"fields": {"display_name": {}}}
    if field["type"] not in ("one2many", "many2many"):
        return {}
    views = [child for child in node if child.tag in ("list", "kanban")]
    if not views:
        tags = {"display_name": {}} if node.get("widget") == "many2many_tags" else {}
        return {
            "fields": {**tags, "color": {}} if "color_field" in str(node.get("options")) else tags
        }
    inner = get_specification(views[0], field["relation"], models)
    return {"fields": inner, "limit": int(views[0].get("limit", 40)), "order": ""}


def get_default_domain(env, action_xmlid):
    """The domain of an action with its default filters, as the search bar puts them together."""
    action = env.ref(action_xmlid).sudo()
    context = literal_eval((action.context or "{}").strip())
    view = action.search_view_id.id or False
    views = env[action.res_model].get_views([(view, "search")])
    arch = etree.fromstring(views["views"]["search"]["arch"])
    wanted = {key.removeprefix("search_default_") for key, value in context.items() if value}
    groups, group = [], []
    for node in arch.iter("filter", "separator"):
        if node.tag == "separator":
            groups, group = [*groups, group], []
        elif node.get("name") in wanted and node.get("domain"):
            group.append(Domain(safe_eval(node.get("domain"), {"uid": env.uid})))
    groups.append(group)
    base = safe_eval(action.domain or "[]", {"uid": env.uid})
    return list(Domain.AND([Domain(base), *(Domain.OR(group) for group in groups if group)]))
