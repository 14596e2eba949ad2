"""The rules of the house that no general tool knows: manifests, licences, arrows.

Arrows point down: an addon depends on and imports from lower rows only.
"""

import ast
import re

from tools.addons import find_addons

# from the lowest row to the highest; the addons of one row do not know each other
ROWS = (
    ("smarthome_base",),
    ("smarthome_print",),
    ("smarthome_crm",),
    (
        "smarthome_bonus",
        "smarthome_stock",
        "smarthome_attendance",
        "smarthome_survey",
        "smarthome_telephony",
        "smarthome_task",
    ),
    ("smarthome_report",),
    ("smarthome_demo",),
)
LICENCE = "LGPL-3"
VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+$")
KEYS = ("name", "summary", "author", "license", "version", "depends")
# those of OCA that an LGPL addon may depend on
LGPL_OUTSIDERS = {
    "purchase_request",
    "dms",
    "queue_job",
    "base_user_role",
    "session_db",
    "web_responsive",
    "date_range",
    "web_notify",
    "stock_request",
    "rpc_helper",
}
# what may be imported from an addon that one depends on
SHARED = ("const", "constants", "tools", "tests")


def check(root):
    """All breaches of the house's rules, a sentence each."""
    addons = find_addons(root)
    outsiders = outside_modules((root / "requirements.txt").read_text())
    for addon in addons.values():
        place = addon.path.relative_to(root)
        yield from check_manifest(place, addon)
        yield from check_depends(place, addon, addons, outsiders)
        yield from check_imports(root, addon, addons)


def outside_modules(requirements):
    """Modules that come from packages of other people.

    >>> outside_modules("lxml==5.2.1\\nodoo-addon-purchase-request==19.0.1.0.3 \\\\")
    {'purchase_request'}
    """
    found = re.findall(r"^odoo-addon-([\w-]+)==", requirements, re.MULTILINE)
    return {name.replace("-", "_") for name in found}


def check_manifest(place, addon):
    """Keys, licence, version, listed files."""
    manifest = addon.manifest
    for key in KEYS:
        if not manifest.get(key):
            yield f"{place}: the manifest has no {key}"
    if manifest.get("license") != LICENCE:
        yield f"{place}: the licence must be {LICENCE}"
    if not VERSION.match(manifest.get("version", "")):
        yield f"{place}: the version must look like 19.0.1.0.0"
    for key in ("data", "demo"):
        for name in manifest.get(key, ()):
            if not (addon.path / name).is_file():
                yield f"{place}: the manifest lists {name}, which does not exist"


def check_depends(place, addon, addons, outsiders):
    """Dependencies on lower rows, and on nothing under the AGPL."""
    own_row = row_of(addon.name, addons)
    if own_row is None:
        yield f"{place}: no row of the house has this addon (tools/house.py), and it is no bridge"
        return
    for name in addon.depends:
        row = row_of(name, addons)
        if name.startswith("smarthome_") and row is None:
            yield f"{place}: depends on {name}, which is no addon of the house"
        elif row is not None and row >= own_row:
            yield f"{place}: depends on {name}, which does not stand below it"
        elif name in outsiders - LGPL_OUTSIDERS:
            yield f"{place}: depends on {name}, which is not known to be under the LGPL"


def row_of(name, addons):
    """The height at which an addon stands; a bridge stands above all that it joins.

    >>> row_of("smarthome_base", {}), row_of("sale", {})
    (0, None)
    """
    for height, row in enumerate(ROWS):
        if name in row:
            return height
    addon = addons.get(name)
    if not addon or not addon.manifest.get("auto_install"):
        return None
    heights = [row_of(other, addons) for other in addon.depends if other.startswith("smarthome_")]
    return max((height for height in heights if height is not None), default=0) + 0.5


def all_depends(name, addons):
    """The addons of the house that an addon depends on, through others too."""
    found = set()
    waiting = [name]
    while waiting:
        addon = addons.get(waiting.pop())
        new = set(addon.depends if addon else ()) - found
        found |= new
        waiting += new
    return found


def check_imports(root, addon, addons):
    """Python imports from other addons of the house: declared ones, and only what is shared."""
    declared = all_depends(addon.name, addons)
    for file in sorted(addon.path.rglob("*.py")):
        for line, name, path in house_imports(file):
            place = f"{file.relative_to(root)}:{line}"
            if name == addon.name:
                continue
            if name not in declared:
                yield f"{place}: imports from {name}, on which {addon.name} does not depend"
            elif not path or path[0] not in SHARED:
                shared = ", ".join(SHARED)
                yield f"{place}: of {name} only {shared} may be imported, the rest by self.env"


def house_imports(file):
    """Lines that import from addons of the house: number, addon, the path inside it."""
    try:
        tree = ast.parse(file.read_text())
    except SyntaxError:
        return  # ruff says so
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[:2] == ["odoo", "addons"] and parts[2:] and parts[2].startswith("smarthome_"):
                yield node.lineno, parts[2], parts[3:]
