"""Where things lie, and what is said when they cannot lie there."""

import os
import stat
from pathlib import Path

import pytest

from tools import places
from tools.console import Problem


def test_root_keeps_out_of_its_closed_home():
    found = places.find_places({"HOME": "/root"}, uid=0)
    assert (found.cache, found.state) == (Path("/var/cache/smarthome"), Path("/var/lib/smarthome"))


def test_user_keeps_to_the_home():
    found = places.find_places({"HOME": "/home/ann"}, uid=1000)
    assert found.cache == Path("/home/ann/.cache/smarthome")
    assert found.state == Path("/home/ann/.local/state/smarthome")


def test_user_may_move_the_cache():
    found = places.find_places({"HOME": "/home/ann", "XDG_CACHE_HOME": "/fast"}, uid=1000)
    assert found.cache == Path("/fast/smarthome")


def test_one_variable_moves_everything():
    found = places.find_places({"SMARTHOME_HOME": "/srv/x", "HOME": "/home/ann"}, uid=0)
    assert (found.cache, found.state) == (Path("/srv/x/cache"), Path("/srv/x/state"))


def test_impossible_place_is_a_problem(tmp_path):
    (tmp_path / "file").touch()
    found = places.find_places({"SMARTHOME_HOME": str(tmp_path / "file")}, uid=1000)
    with pytest.raises(Problem, match="SMARTHOME_HOME"):
        found.prepare()


def test_full_disk_is_a_problem(tmp_path):
    with pytest.raises(Problem, match="GB free"):
        places.require_space(tmp_path, 1e9)
    places.require_space(tmp_path, 0)


def test_secret_file_is_for_its_owner_only(tmp_path):
    file = tmp_path / "secret"
    places.write_atomically(file, "one\n", 0o600)
    places.write_atomically(file, "two\n", 0o600)
    assert file.read_text() == "two\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret"]


def test_tree_replaces_the_old_one(tmp_path):
    for name in ("new", "final"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    places.replace_tree(tmp_path / "new", tmp_path / "final")
    assert os.listdir(tmp_path / "final") == ["new"]
