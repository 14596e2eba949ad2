"""What pytest does here beside its own: doctests of tools/, browser tests that cannot run fail."""

import contextlib
import os
import re
import shutil
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

_NO_BROWSER = re.compile(r"websocket-client|[Cc]hrom|--odoo-http|dev tools|devtools| not found$")


def pytest_configure(config):
    """Prepare Odoo's test cases, where pytest-odoo is in use.

    Odoo gives tags to the test cases of addons only; the stories in ``tests/`` need them too.
    Workers of pytest-xdist share one filestore by default, where one collects another's garbage.
    """
    if config.pluginmanager.hasplugin("odoo"):
        import pytest_odoo

        from odoo.tests.common import BaseCase

        BaseCase.test_tags = {"standard", "at_install"}
        BaseCase.test_module = "tests"
        pytest_odoo._shared_filestore = _own_filestore


@contextlib.contextmanager
def _own_filestore(original, database):
    """The files of a worker's copy of the database: links to the original's, its own to delete."""
    from odoo.tools import config

    source, copy = (Path(config["data_dir"], "filestore", name) for name in (original, database))
    if source == copy or not source.exists():
        yield
        return
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(source, copy, copy_function=os.link)
    try:
        yield
    finally:
        shutil.rmtree(copy, ignore_errors=True)


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
