"""Our addons: where they lie, what they depend on, whether their code has changed."""

import ast
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

from tools.console import Problem

DEMO = "smarthome_demo"
_IGNORED_SUFFIXES = {".pyc", ".md", ".pot", ".orig", ".rej"}


@dataclass(frozen=True)
class Addon:
    """One addon of this project.

    :param path: its folder
    :param manifest: what its __manifest__.py says
    """

    path: Path
    manifest: dict

    @property
    def name(self):
        return self.path.name

    @property
    def depends(self):
        return tuple(self.manifest.get("depends", ()))

    @functools.cached_property
    def checksum(self):
        """Changes when what an installation is made of changes: not with tests or readmes."""
        digest = hashlib.sha256()
        for file in sorted(self.path.rglob("*")):
            name = file.relative_to(self.path)
            if self._is_installed(name) and file.is_file():
                digest.update(str(name).encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()

    @staticmethod
    def _is_installed(name):
        folders = name.parts[:-1]
        if "__pycache__" in folders or folders[:1] in (("tests",), ("readme",)):
            return False
        if folders[:2] == ("static", "tests"):
            return False
        return name.suffix not in _IGNORED_SUFFIXES and not name.name.startswith(".")


def find_addons(root):
    """All installable addons of the checkout, by name."""
    files = [*root.glob("*/__manifest__.py"), *root.glob("addons/*/__manifest__.py")]
    addons = [Addon(file.parent, _read_manifest(file)) for file in files]
    installable = [addon for addon in addons if addon.manifest.get("installable", True)]
    return {addon.name: addon for addon in sorted(installable, key=lambda addon: addon.name)}


def _read_manifest(file):
    try:
        return ast.literal_eval(file.read_text())
    except (SyntaxError, ValueError) as error:
        raise Problem(f"{file} cannot be read as a manifest: {error}.") from error


def addons_path(root):
    """The folders in which Odoo finds our addons, as its option wants them."""
    folders = [root, root / "addons"]
    return ",".join(str(folder) for folder in folders if any(folder.glob("*/__manifest__.py")))


def outer_depends(addons):
    """Odoo's own modules that our addons need: what the base template holds."""
    needed = {name for addon in addons.values() for name in addon.depends}
    return sorted(needed - set(addons) | {"base", "web"})


def content_key(addons):
    """One key for the content of all addons together."""
    lines = [f"{name} {addon.checksum}" for name, addon in addons.items()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
