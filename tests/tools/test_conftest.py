"""What conftest.py adds to pytest: no silent skip of browser tests, doctests of tools/."""

import shutil
import subprocess
import sys

import pytest

from tools.places import ROOT

ADDON_TOOL = '"""Sums."""\n\n\ndef double(x):\n    """Twice.\n\n    >>> double(2)\n    {}\n    """\n    return 2 * x\n'


@pytest.fixture
def project(tmp_path):
    shutil.copy(ROOT / "conftest.py", tmp_path)
    shutil.copy(ROOT / "pytest.ini", tmp_path)
    return tmp_path


def run(project):
    command = [sys.executable, "-m", "pytest", "-p", "no:odoo", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("reason", "fails"),
    [
        ("Chrome executable not found", True),
        ("websocket-client module is not installed", True),
        ("Test x skipped because it is an HttpCase and --odoo-http is not set", True),
        ("/usr/bin/chromium not found", True),
        ("Error during Chrome headless connection", True),
        ("the bonus addon is not installed", False),
    ],
)
def test_browser_tests_fail_instead_of_being_skipped(project, reason, fails):
    code = f"import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.skipTest({reason!r})\n"
    (project / "test_browser.py").write_text(code)
    done = run(project)
    assert (done.returncode == 1) is fails
    assert ("the browser test could not run" in done.stdout) is fails


@pytest.mark.parametrize(("result", "code"), [(4, 0), (5, 1)])
def test_doctests_of_tools_are_run(project, result, code):
    folder = project / "smarthome_crm" / "tools"
    folder.mkdir(parents=True)
    for file in (folder.parent / "__init__.py", folder / "__init__.py"):
        file.touch()
    (folder.parent / "__manifest__.py").write_text("{}")
    (folder / "sums.py").write_text(ADDON_TOOL.format(result))
    assert run(project).returncode == code
