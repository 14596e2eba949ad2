"""The machine: its Python, what only root can install, its ports and its description."""

import os
import platform
import shutil
import socket
import sys
from pathlib import Path

from tools.console import Problem, say, warn
from tools.process import capture, clean_environment

PYTHON = (3, 11)
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
_FONTS = Path("/usr/share/fonts/truetype")
_WHAT_PYTHON = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"


def find_browser():
    """The path of a Chromium that Odoo's tests and the PDF engine would take."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing_packages(need_python=True, need_browser=True):
    """Names of the Debian packages without which something will not work."""
    missing = []
    if need_python and not find_python():
        missing.append("python3-venv")
    if need_browser and not find_browser():
        missing.append("chromium")
    if need_browser and not any((_FONTS / "dejavu").glob("*.ttf")):
        missing.append("fonts-dejavu-core")
    if need_browser and not any(_FONTS.glob("liberation*/*.ttf")):
        missing.append("fonts-liberation")
    return missing


def install_packages(names):
    """Install Debian packages as root; a first failure is answered by refreshing apt's lists."""
    say(f"Installing Debian packages: {' '.join(names)}")
    env = clean_environment(DEBIAN_FRONTEND="noninteractive")
    options = ["-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    install = ["apt-get", "install", *options, *names]
    if capture(install, env=env).returncode:
        capture(["apt-get", "update", "-q"], env=env)
        done = capture(install, env=env)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["apt-get failed"])[-1]
            raise Problem(
                f"Debian's packages {' '.join(names)} could not be installed ({last}): check the "
                "network and apt's sources, then start again."
            )


def provide_packages(browser_required):
    """Install what only root can install, or name it in one line.

    :param browser_required: without a browser nothing makes sense (tests), not only the PDFs
    """
    missing = missing_packages()
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install_packages(missing)
        return
    advice = f"only root can install it: apt-get install {' '.join(missing)}"
    if "python3-venv" in missing:
        raise Problem(f"Python 3.11 with venv and pip is missing; {advice}")
    if "chromium" in missing and browser_required:
        raise Problem(f"the tests need Chromium; {advice}")
    warn(f"PDFs and browser tests need {', '.join(missing)}; {advice}")


def find_python():
    """A Python 3.11 that can make virtual environments, Debian's own first."""
    named = os.environ.get("SMARTHOME_PYTHON")
    candidates = [named] if named else ["/usr/bin/python3.11", sys.executable, "python3.11"]
    for candidate in candidates:
        path = shutil.which(candidate)
        if path and _is_right_python(path):
            return path
    return None


def require_python():
    """The Python to build the environment with, or a sentence about what there is instead."""
    if python := find_python():
        return python
    raise Problem(
        f"Python 3.11 with venv is needed and this is Python {platform.python_version()}: on "
        "Debian 12 run 'apt-get install python3-venv' as root, elsewhere name a Python 3.11 by "
        "the variable SMARTHOME_PYTHON."
    )


def _is_right_python(path):
    done = capture([path, "-c", _WHAT_PYTHON])
    return done.returncode == 0 and done.stdout.strip() == ".".join(map(str, PYTHON))


def require_port(port):
    """Refuse a port on which somebody else listens."""
    if not 0 < port < 65536:
        raise Problem(f"{port} is no port number: give --port a number from 1024 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Problem(
                f"port {port} is for root only: choose one above 1023 with --port."
            ) from error
        except OSError as error:
            raise Problem(
                f"port {port} of 127.0.0.1 is taken by another program: stop that program or "
                f"choose another port, for example --port {port + 1}."
            ) from error


def describe_machine():
    """What a benchmark's numbers were measured on."""
    return {
        "cpu": _first_field("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": _first_field("/etc/os-release", "PRETTY_NAME", "=").strip('"'),
        "kernel": platform.release(),
    }


def _first_field(path, name, separator=":"):
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return ""
    values = (line.partition(separator)[2].strip() for line in lines if line.startswith(name))
    return next(values, "")
