"""Finding our addons and knowing when their code has changed."""

import pytest

from tools import addons as module
from tools.console import Problem


@pytest.fixture
def root(tmp_path):
    make(tmp_path / "smarthome_crm", depends=["smarthome_base", "sale"])
    make(tmp_path / "addons" / "smarthome_base", depends=["mail"])
    make(tmp_path / "addons" / "smarthome_old", installable=False)
    return tmp_path


def make(folder, **manifest):
    (folder / "models").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "__manifest__.py").write_text(repr(manifest))
    (folder / "models" / "call.py").write_text("x = 1\n")


def test_finds_installable_addons_of_both_places(root):
    assert list(module.find_addons(root)) == ["smarthome_base", "smarthome_crm"]


def test_outer_depends_leaves_out_our_own(root):
    assert module.outer_depends(module.find_addons(root)) == ["base", "mail", "sale", "web"]


def test_addons_path_names_only_folders_with_addons(root, tmp_path):
    assert module.addons_path(root) == f"{root},{root / 'addons'}"
    (tmp_path / "empty").mkdir()
    assert module.addons_path(tmp_path / "empty") == ""


def test_unreadable_manifest_is_a_problem(root):
    (root / "smarthome_crm" / "__manifest__.py").write_text("{'name': ")
    with pytest.raises(Problem, match="cannot be read as a manifest"):
        module.find_addons(root)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("models/call.py", True),
        ("views/call.xml", True),
        ("i18n/ru.po", True),
        ("static/src/call.js", True),
        ("tests/test_call.py", False),
        ("static/tests/call.test.js", False),
        ("readme/USAGE.md", False),
        ("models/__pycache__/call.pyc", False),
        ("i18n/smarthome_crm.pot", False),
    ],
)
def test_checksum_follows_what_is_installed(root, name, changes):
    before = module.find_addons(root)["smarthome_crm"].checksum
    file = root / "smarthome_crm" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("changed")
    after = module.find_addons(root)["smarthome_crm"].checksum
    assert (before != after) is changes


def test_content_key_follows_every_addon(root):
    before = module.content_key(module.find_addons(root))
    (root / "addons" / "smarthome_base" / "models" / "call.py").write_text("x = 2\n")
    assert module.content_key(module.find_addons(root)) != before
