"""``./smarthome pot``: exports every addon's terms and brings its translations up to date."""

import os

from tools.console import Problem
from tools.odoo import Runner
from tools.templates import Store
from tools.testing import provide_template

LANGUAGES = ("ru",)


def run(where, odoo, environment, server, addons):
    """Export from a clone of the tests' base, so that the base of ``run`` stays out of it."""
    if not addons:
        raise Problem("there are no addons yet.")
    store = Store(Runner(where, environment, server, where.cache / "tests"))
    with where.locked("templates"):
        template = provide_template(store, odoo, addons)
    name = f"test-{os.getpid()}"
    try:
        store.clone(template, name)
        folders = {addon.name: str(addon.path) for addon in addons.values()}
        lines = store.runner.script(
            name, "terms", "exporting the terms", folders=folders, languages=LANGUAGES
        )
    finally:
        store.remove(name)
    print("\n".join(line for line in lines if " terms, " in line or line.startswith("written")))
    return 0
