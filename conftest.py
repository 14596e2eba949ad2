"""What pytest does here beside its own: doctests of tools/, browser tests that cannot run fail."""

import re

import pytest
from _pytest.doctest import DoctestModule

_NO_BROWSER = re.compile(r"websocket-client|[Cc]hrom|--odoo-http|dev tools|devtools| not found$")


def pytest_configure(config):
    """Odoo gives tags to the test cases of addons only; the stories in ``tests/`` need them too."""
    if config.pluginmanager.hasplugin("odoo"):
        from odoo.tests.common import BaseCase

        BaseCase.test_tags = {"standard", "at_install"}
        BaseCase.test_module = "tests"


def pytest_collect_file(file_path, parent):
    """Doctests of the plain arithmetic in ``<addon>/tools`` and of the project's own ``tools``."""
    folder = file_path.parent
    is_ours = (
        folder.parent / "__manifest__.py"
    ).exists() or folder == parent.config.rootpath / "tools"
    if file_path.suffix == ".py" and folder.name == "tools" and is_ours:
        return DoctestModule.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A browser test that cannot run proves nothing: it fails instead of being skipped."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and call.excinfo and _NO_BROWSER.search(str(call.excinfo.value)):
        report.outcome = "failed"
        report.longrepr = f"the browser test could not run: {call.excinfo.value}"
