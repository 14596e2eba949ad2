"""Which Odoo is accepted, and what of it is unpacked."""

import shutil
import subprocess

import pytest

from tools import odoo_source, places
from tools.console import Problem

RELEASE = "version_info = ({}, 0, 0, 'final', 0, '')\n"


@pytest.fixture
def where(tmp_path):
    return places.find_places({"SMARTHOME_HOME": str(tmp_path / "home")}).prepare()


def make_tree(folder, major=19):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(RELEASE.format(major))
    return folder


def test_known_version_is_silent(capsys):
    odoo_source.check_version(odoo_source.VERSION)
    assert not capsys.readouterr().err


def test_newer_19_is_accepted_with_a_warning(capsys):
    odoo_source.check_version("19.0.1+dfsg-1")
    assert "warning" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["20.0.0+dfsg-1", "18.0.0-2"])
def test_other_versions_are_refused(version):
    with pytest.raises(Problem, match="moved on"):
        odoo_source.check_version(version)


def test_package_gone():
    with pytest.raises(Problem, match="no longer has"):
        odoo_source.check_version(None)


@pytest.mark.parametrize("inside", ["", odoo_source.PYTHON_DIR])
def test_named_tree(where, tmp_path, monkeypatch, inside):
    tree = make_tree(tmp_path / "tree" / inside)
    monkeypatch.setenv("SMARTHOME_ODOO", str(tmp_path / "tree"))
    assert odoo_source.provide_odoo(where).path == tree


def test_named_tree_of_another_version(where, tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTHOME_ODOO", str(make_tree(tmp_path / "tree", 18)))
    with pytest.raises(Problem, match="names Odoo 18.0"):
        odoo_source.provide_odoo(where)


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_named_nonsense(where, tmp_path, monkeypatch, name):
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("SMARTHOME_ODOO", str(tmp_path / name))
    with pytest.raises(Problem, match="SMARTHOME_ODOO names"):
        odoo_source.provide_odoo(where)


@pytest.fixture
def package(tmp_path):
    """A small Debian package laid out as Odoo's is."""
    folder = tmp_path / "package"
    inside = folder / odoo_source.PYTHON_DIR
    make_tree(inside)
    for name in ("odoo/addons/sale/i18n/ru.po", "odoo/addons/sale/i18n/de.po", "addons/sale/a.py"):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text(name)
    (folder / "DEBIAN").mkdir()
    control = "Package: odoo-19\nVersion: 19.0\nArchitecture: all\nMaintainer: x <x@x.x>\nDescription: x\n"
    (folder / "DEBIAN" / "control").write_text(control)
    file = tmp_path / "odoo-19_19.0_all.deb"
    subprocess.run(["dpkg-deb", "--build", folder, file], check=True, capture_output=True)
    shutil.rmtree(folder)
    return file


def test_named_package_is_unpacked_once(where, package, monkeypatch):
    monkeypatch.setenv("SMARTHOME_ODOO", str(package))
    monkeypatch.setattr(odoo_source, "_companions", lambda where: [])
    odoo = odoo_source.provide_odoo(where)
    addons = odoo.path / "odoo" / "addons"
    assert (addons / "sale" / "i18n" / "ru.po").exists()
    assert not (addons / "sale" / "i18n" / "de.po").exists()
    assert not (odoo.path / "addons").exists()
    assert (odoo.path / odoo_source.STUB).exists()
    monkeypatch.setattr(odoo_source, "_extract", None)
    assert odoo_source.provide_odoo(where) == odoo


def test_left_out_language_is_added(where, package, monkeypatch):
    monkeypatch.setenv("SMARTHOME_ODOO", str(package))
    monkeypatch.setattr(odoo_source, "_companions", lambda where: [])
    odoo = odoo_source.provide_odoo(where)
    odoo.provide_language("de_DE")
    assert (odoo.path / "odoo" / "addons" / "sale" / "i18n" / "de.po").exists()


def test_damaged_package(where, package, monkeypatch):
    package.write_bytes(package.read_bytes()[:200])
    monkeypatch.setenv("SMARTHOME_ODOO", str(package))
    monkeypatch.setattr(odoo_source, "_companions", lambda where: [])
    with pytest.raises(Problem, match="damaged"):
        odoo_source.provide_odoo(where)
    assert not list((where.cache / "odoo").glob("*-1"))


def test_interrupted_unpacking_leaves_nothing_that_counts(where, package, monkeypatch):
    monkeypatch.setenv("SMARTHOME_ODOO", str(package))
    monkeypatch.setattr(odoo_source, "_companions", lambda where: [])

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(places, "replace_tree", interrupt)
        with pytest.raises(KeyboardInterrupt):
            odoo_source.provide_odoo(where)
    assert (odoo_source.provide_odoo(where).path / "odoo" / "release.py").exists()
