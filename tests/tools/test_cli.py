"""The words of ./smarthome: what is refused is refused in one sentence, without a traceback."""

import errno
import os
import socket
import subprocess
import sys

import pytest

from tools import bench, cli, instance, process, system, testing
from tools.apt import mirror_from_uris
from tools.console import Problem, confirm
from tools.environment import _explain
from tools.places import ROOT, find_places


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTHOME_HOME", str(tmp_path))
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)
    return find_places()


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_taken_port(home, taken_port, capsys):
    assert cli.main(["run", "--port", str(taken_port)]) == 1
    said = capsys.readouterr().err
    assert f"port {taken_port} of 127.0.0.1 is taken" in said
    assert f"--port {taken_port + 1}" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("port", ["0", "70000", "-5"])
def test_impossible_port(home, port, capsys):
    assert cli.main(["run", f"--port={port}"]) == 1
    assert "is no port number" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["Russian", "../ru", "ru-RU", ""])
def test_impossible_language(home, code, capsys):
    assert cli.main(["run", "--lang", code]) == 1
    assert "is no language code" in capsys.readouterr().err


def test_second_run_is_told_of_the_first(home):
    home.prepare()
    with instance.run_alone(home, 8069):
        with pytest.raises(Problem, match=f"process {os.getpid()}, http://127.0.0.1:8069"):
            with instance.run_alone(home, 8070):
                pass


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "no right to write"),
        (errno.ENOENT, "something is missing"),
    ],
)
def test_troubles_of_the_system_are_sentences(home, monkeypatch, capsys, number, words):
    def trouble(*_arguments, **_more):
        raise OSError(number, os.strerror(number), "/some/where")

    monkeypatch.setattr(cli, "find_places", trouble)
    assert cli.main(["lint"]) == 1
    assert words in capsys.readouterr().err


def test_own_mistakes_leave_a_log(home, monkeypatch, capsys):
    home.prepare()

    def mistake(*_arguments):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(cli.lint, "run", mistake)
    monkeypatch.setattr(cli, "do_lint", lambda options, rest: cli.lint.run())
    assert cli.main(["lint"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert "ZeroDivisionError" in (home.logs / "crash.log").read_text()


def test_reset_asks_first(home, monkeypatch, capsys):
    monkeypatch.setattr(cli, "confirm", lambda question: False)
    assert cli.main(["reset"]) == 1
    assert "nothing removed" in capsys.readouterr().err


def test_nobody_there_means_no():
    with open(os.devnull) as nobody:
        assert not confirm("Remove?", nobody)


def test_unknown_word_names_the_words():
    done = subprocess.run(
        [sys.executable, ROOT / "smarthome", "dance"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "invalid choice: 'dance'" in done.stderr


def test_targets(tmp_path):
    addon = type("Addon", (), {"path": tmp_path / "addons" / "smarthome_base"})
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_story.py").touch()
    words = ["smarthome_base", "tests/test_story.py::test_call", "-k", "norm", "-x"]
    assert testing.find_targets(tmp_path, words, {"smarthome_base": addon}) == [
        "addons/smarthome_base",
        "tests/test_story.py::test_call",
        "-k",
        "norm",
        "-x",
    ]
    with pytest.raises(Problem, match="nothing to test at smarthome_crn"):
        testing.find_targets(tmp_path, ["smarthome_crn"], {"smarthome_base": addon})


def test_tools_are_tested_without_a_base():
    assert testing.needs_no_base(["tests/tools", "-x"])
    assert not testing.needs_no_base(["tests/tools", "tests/test_story.py"])
    assert not testing.needs_no_base([])


def test_missing_packages_are_named_to_a_normal_user(monkeypatch, capsys):
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system, "missing_packages", lambda: ["chromium", "fonts-liberation"])
    system.provide_packages(browser_required=False)
    assert "apt-get install chromium fonts-liberation" in capsys.readouterr().err
    with pytest.raises(Problem, match="need Chromium"):
        system.provide_packages(browser_required=True)
    monkeypatch.setattr(system, "missing_packages", lambda: ["python3-venv"])
    with pytest.raises(Problem, match="python3-venv"):
        system.provide_packages(browser_required=False)


def test_missing_packages_are_installed_by_root(monkeypatch):
    installed = []
    monkeypatch.setattr(system.os, "geteuid", lambda: 0)
    monkeypatch.setattr(system, "missing_packages", lambda: ["chromium"])
    monkeypatch.setattr(system, "install_packages", installed.extend)
    system.provide_packages(browser_required=True)
    assert installed == ["chromium"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("WARNING: Retrying: Temporary failure in name resolution", "no network"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for lxml==5.2.1", "gone from PyPI"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "could not be installed"),
    ],
)
def test_pip_failures_are_sentences(line, words):
    with pytest.raises(Problem, match=words):
        _explain(["Collecting x", line], "pip.log")


def test_mirror_is_the_main_archive():
    security = "'http://m/debian-security/dists/bookworm-security/InRelease' x 0"
    other = "'http://other/repo/dists/stable/InRelease' x 0"
    main = "'http://m/debian/dists/bookworm/InRelease' x 0"
    assert mirror_from_uris("\n".join([other, security, main])) == "http://m/debian"
    assert mirror_from_uris("\n".join([other, security])) is None


def test_output_goes_to_the_log(tmp_path):
    script = (
        "import sys; print('out'); print('given', sys.stdin.read(), file=sys.stderr); sys.exit(3)"
    )
    log = tmp_path / "log"
    code, lines = process.follow([sys.executable, "-c", script], log, stdin_text="x")
    assert code == 3
    assert sorted(lines) == ["given x", "out"]
    assert log.read_text().count("\n") == 2
    with pytest.raises(Problem, match="trying failed: .*everything it said"):
        process.require_success(code, lines, "trying", log)


def test_benchmarks_are_found_by_name(tmp_path):
    for name in ("bench_lists.py", "bench_generate.py", "prepare.py"):
        (tmp_path / name).touch()
    assert [file.name for file in bench.find_scripts(tmp_path, [])] == [
        "bench_generate.py",
        "bench_lists.py",
    ]
    assert [file.name for file in bench.find_scripts(tmp_path, ["lists"])] == ["bench_lists.py"]
    with pytest.raises(Problem, match="there are: generate, lists"):
        bench.find_scripts(tmp_path, ["prepare"])


def test_benchmark_results_are_written(tmp_path):
    rows = [{"name": "generate", "value": 1.23456, "unit": "x", "limit": 1.5}]
    bench._write(tmp_path / "results", rows)
    assert "| generate | 1.235 | x | 1.5 |" in (tmp_path / "results.md").read_text()
    assert '"cores"' in (tmp_path / "results.json").read_text()
