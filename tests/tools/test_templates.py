"""When a prepared base is used again and when it is built anew; how it is built."""

import os

import pytest

from tools import templates
from tools.addons import Addon

ODOO = "odoo-1"
PINS = "lxml==5.2.1"


class FakeServer:
    """Databases by name, with the connections allowed or not."""

    def __init__(self):
        self.names = {}

    def exists(self, name):
        return name in self.names

    def databases(self, prefix=""):
        return {name for name in self.names if name.startswith(prefix)}

    def create(self, name, template=None):
        self.names[name] = template

    def drop(self, name):
        self.names.pop(name, None)

    def rename(self, name, final):
        self.names[final] = self.names.pop(name)

    def freeze(self, name):
        assert name in self.names


class FakeRunner:
    """Writes a file into the filestore where Odoo would install modules."""

    def __init__(self, files):
        self.files, self.server, self.installed = files, FakeServer(), []

    def install(self, database, modules, languages=()):
        self.installed.append((database, tuple(modules)))
        folder = self.files / "filestore" / database
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"file-{len(self.installed)}").write_text("content")

    def script(self, database, name, doing):
        assert name == "assets"


@pytest.fixture
def store(tmp_path):
    return templates.Store(FakeRunner(tmp_path))


def addons(tmp_path, code="x = 1", depends=("sale",)):
    folder = tmp_path / "code" / "smarthome_crm"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "call.py").write_text(code)
    return {"smarthome_crm": Addon(folder, {"depends": list(depends)})}


def test_same_ingredients_same_templates(tmp_path):
    assert templates.plan(ODOO, PINS, addons(tmp_path)) == templates.plan(
        ODOO, PINS, addons(tmp_path)
    )


def test_changed_code_keeps_the_base(tmp_path):
    first, own = templates.plan(ODOO, PINS, addons(tmp_path))
    first_after, own_after = templates.plan(ODOO, PINS, addons(tmp_path, "x = 2"))
    assert first == first_after
    assert own.name != own_after.name


@pytest.mark.parametrize("ingredient", ["odoo", "pins", "depends"])
def test_changed_ingredient_changes_both(tmp_path, ingredient):
    before = templates.plan(ODOO, PINS, addons(tmp_path))
    odoo = "odoo-2" if ingredient == "odoo" else ODOO
    pins = "lxml==6" if ingredient == "pins" else PINS
    depends = ("sale", "stock") if ingredient == "depends" else ("sale",)
    after = templates.plan(odoo, pins, addons(tmp_path, depends=depends))
    assert before[0].name != after[0].name
    assert before[1].name != after[1].name


def test_base_is_built_once(store, tmp_path):
    first, own = templates.plan(ODOO, PINS, addons(tmp_path))
    for _time in range(2):
        store.provide(first)
        store.provide(own)
    assert store.runner.installed == [
        (f"{first.name}-new", ("base", "sale", "web")),
        (f"{own.name}-new", ("smarthome_crm",)),
    ]
    assert {file.name for file in (store.files / own.name).iterdir()} == {"file-1", "file-2"}
    assert {file.name for file in (store.files / first.name).iterdir()} == {"file-1"}


def test_a_half_built_base_is_built_anew(store, tmp_path):
    first, _own = templates.plan(ODOO, PINS, addons(tmp_path))
    store.server.create(f"{first.name}-new")
    (store.files / f"{first.name}-new").mkdir()
    (store.files / first.name).mkdir()
    (store.files / first.name / "stale").touch()
    store.provide(first)
    assert store.server.databases() == {first.name}
    assert {file.name for file in (store.files / first.name).iterdir()} == {"file-1"}


def test_old_templates_go(store):
    for number in range(templates.KEPT + 2):
        name = f"base-{number}"
        store.provide(templates.Template(name, ("sale",)))
        os.utime(store.used / name, (number, number))
    store.provide(templates.Template("base-last", ("sale",)))
    assert store.server.databases() == {"base-last", "base-3", "base-4"}


def test_leftovers_of_dead_runs_go(store):
    store.server.create(f"test-{os.getpid()}")
    store.server.create("test-4194305")
    store.server.create("test-4194305-gw0")
    store.remove_leftovers()
    assert store.server.databases() == {f"test-{os.getpid()}"}
