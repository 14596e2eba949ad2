"""The tests' databases: two templates kept by what they are made of, and clones of them."""

import hashlib
import os
import shutil
import time
from dataclasses import dataclass

from tools.addons import content_key, outer_depends
from tools.console import say

LANGUAGES = ("en_US", "ru_RU")
# change it when the way in which a template is built changes
RECIPE = "1"
KEPT = 3


@dataclass(frozen=True)
class Template:
    """A template database: its name says what it is made of."""

    name: str
    modules: tuple
    source: str | None = None


def plan(odoo, pins, addons):
    """The two templates for this code: Odoo's modules alone, and with our addons.

    :param odoo: identity of the Odoo
    :param pins: content of requirements.txt
    """
    outer = outer_depends(addons)
    base = _key(RECIPE, odoo, pins, ",".join(outer), ",".join(LANGUAGES))
    own = _key(base, content_key(addons))
    first = Template(f"base-{base}", tuple(outer))
    return first, Template(f"addons-{own}", tuple(addons), first.name)


def _key(*parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


class Store:
    """Templates on the tests' server, each with its files.

    :param runner: Odoo on that server
    """

    def __init__(self, runner):
        self.runner, self.server = runner, runner.server
        self.files = runner.files / "filestore"
        self.used = runner.files / "used"
        for folder in (self.files, self.used):
            folder.mkdir(parents=True, exist_ok=True)

    def provide(self, template):
        """Build the template if it is not there; it gets its name only when it is complete."""
        if not self.server.exists(template.name):
            self._build(template)
        (self.used / template.name).touch()
        return template.name

    def _build(self, template):
        building = f"{template.name}-new"
        self.remove(building)
        if template.source:
            say(f"Installing our {len(template.modules)} addons into a copy of the prepared base")
            self.clone(template.source, building)
            self.runner.install(building, template.modules)
        else:
            say("Preparing a base with Odoo's modules (once for this version of them)")
            self.server.create(building)
            self.runner.install(building, template.modules, languages=LANGUAGES)
        say("Building the asset bundles")
        self.runner.script(building, "assets", "building the asset bundles")
        self.finish(building, template.name)

    def finish(self, building, name):
        """Give a built base its name, files first: without the database they count for nothing."""
        shutil.rmtree(self.files / name, ignore_errors=True)
        if (self.files / building).exists():
            os.rename(self.files / building, self.files / name)
        self.server.rename(building, name)
        self.server.freeze(name)
        self._prune(name.split("-")[0])

    def clone(self, source, name):
        """A copy of a base within a second: its files are shared, since Odoo never rewrites one."""
        self.remove(name)
        if (self.files / source).exists():
            shutil.copytree(self.files / source, self.files / name, copy_function=os.link)
        self.server.create(name, source)

    def remove(self, name):
        """Remove a base and its files."""
        self.server.drop(name)
        shutil.rmtree(self.files / name, ignore_errors=True)
        (self.used / name).unlink(missing_ok=True)

    def _prune(self, kind):
        """Keep the templates used last; drop clones that a killed run left behind."""
        kept = self.server.databases(f"{kind}-")
        marks = {name: self._last_use(name) for name in kept if not name.endswith("-new")}
        for name in sorted(marks, key=marks.get, reverse=True)[KEPT:]:
            self.remove(name)

    def _last_use(self, name):
        mark = self.used / name
        return mark.stat().st_mtime if mark.exists() else time.time()

    def remove_leftovers(self):
        """Drop the clones of test runs whose process is gone."""
        for name in self.server.databases("test-"):
            pid = name.split("-")[1]
            if pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
                self.remove(name)
