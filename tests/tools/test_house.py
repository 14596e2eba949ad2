"""The rules of the house: manifests, licences, arrows."""

import pytest

from tools import house

GOOD = {
    "name": "x",
    "summary": "x",
    "author": "x",
    "license": "LGPL-3",
    "version": "19.0.1.0.0",
    "depends": ["base"],
}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "requirements.txt").write_text("odoo-addon-auditlog==19.0.2.0.1\n")
    return tmp_path


def make(root, name, code="", **manifest):
    folder = root / "addons" / name
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(code)
    (folder / "__manifest__.py").write_text(repr({**GOOD, **manifest}))


def faults(root):
    return list(house.check(root))


def test_a_good_house_has_no_faults(root):
    make(root, "smarthome_base")
    make(root, "smarthome_crm", depends=["smarthome_base"])
    assert not faults(root)


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ({"license": "AGPL-3"}, "licence must be LGPL-3"),
        ({"version": "1.0"}, "version must look like"),
        ({"summary": ""}, "has no summary"),
        ({"data": ["views/none.xml"]}, "does not exist"),
    ],
)
def test_manifest(root, manifest, words):
    make(root, "smarthome_base", **manifest)
    assert any(words in fault for fault in faults(root))


@pytest.mark.parametrize(
    ("name", "depends"),
    [
        ("smarthome_base", "smarthome_crm"),
        ("smarthome_stock", "smarthome_bonus"),
        ("smarthome_crm", "smarthome_report"),
    ],
)
def test_arrows_point_down(root, name, depends):
    make(root, name, depends=[depends])
    make(root, depends)
    assert any("does not stand below it" in fault for fault in faults(root))


def test_unknown_addon_needs_a_row_unless_it_is_a_bridge(root):
    make(root, "smarthome_crm")
    make(root, "smarthome_stock")
    make(root, "smarthome_bonus")
    both = ["smarthome_stock", "smarthome_bonus"]
    make(root, "smarthome_stock_bonus", depends=both, auto_install=True)
    assert not faults(root)
    make(root, "smarthome_odd", depends=["smarthome_crm"])
    assert any("no row of the house" in fault for fault in faults(root))


def test_dependency_of_unknown_licence(root):
    make(root, "smarthome_base", depends=["auditlog"])
    assert any("not known to be under the LGPL" in fault for fault in faults(root))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("from odoo.addons.smarthome_bonus.models import bonus", "does not depend"),
        ("import odoo.addons.smarthome_bonus", "does not depend"),
        ("from odoo.addons.smarthome_crm.models.call import Call", "by self.env"),
        ("from odoo.addons.smarthome_crm import models", "by self.env"),
    ],
)
def test_forbidden_imports(root, code, words):
    make(root, "smarthome_bonus")
    make(root, "smarthome_crm")
    make(root, "smarthome_stock", depends=["smarthome_crm"], code=code)
    assert any(words in fault for fault in faults(root))


@pytest.mark.parametrize(
    "code",
    [
        "from odoo.addons.smarthome_crm.tests.common import Case",
        "from odoo.addons.smarthome_crm.const import DAY",
        "from odoo.addons.smarthome_crm import const",
        "from odoo.addons.smarthome_base.tools.phone import normalise",
        "from odoo.addons.sale.models.sale_order import SaleOrder",
        "from odoo.addons.smarthome_stock.models import thing",
        "from . import models",
    ],
)
def test_allowed_imports(root, code):
    make(root, "smarthome_base")
    make(root, "smarthome_crm", depends=["smarthome_base"])
    make(root, "smarthome_stock", depends=["smarthome_crm"], code=code)
    assert not faults(root)
