"""Where everything lies: caches and state outside the checkout, reachable by the database's user."""

import contextlib
import fcntl
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from tools.console import Problem, say

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Places:
    """The folders of one installation.

    :param root: the checkout
    :param cache: what can be made again: packages, environments, the tests' databases
    :param state: what cannot: the base of ``run``, its files and passwords
    """

    root: Path
    cache: Path
    state: Path

    @property
    def logs(self):
        return self.state / "log"

    def base(self, name, environ=os.environ):
        """The folder of one base of ``run``: its files, passwords and lock.

        Bases of the same name on different servers do not share it.
        """
        host = environ.get("SMARTHOME_PG_HOST")
        server = f"-{host}-{environ.get('SMARTHOME_PG_PORT', '5432')}" if host else ""
        return self.state / re.sub(r"[^\w.-]", "-", f"base-{name}{server}")

    def prepare(self):
        """Make the folders, or say in one sentence why that is impossible."""
        for folder in (self.cache, self.state, self.logs):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Problem(
                    f"cannot make the folder {folder} ({error.strerror}): name a place that you "
                    "may write to by the variable SMARTHOME_HOME."
                ) from error
            if not os.access(folder, os.W_OK | os.X_OK):
                raise Problem(
                    f"the folder {folder} is not writable for you: name another place by the "
                    "variable SMARTHOME_HOME."
                )
        self.state.chmod(0o711)  # the cluster's user must pass through
        return self

    @contextlib.contextmanager
    def locked(self, name, busy="another ./smarthome is preparing the same thing; waiting for it"):
        """Hold the lock of that name; whoever comes second says so and waits."""
        with open(self.cache / f"{name}.lock", "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(busy)
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def find_places(environ=os.environ, uid=None):
    """Choose the folders from the environment and the user.

    Root's own home is closed to the user that runs PostgreSQL, so root's things lie in /var.
    """
    uid = os.geteuid() if uid is None else uid
    if home := environ.get("SMARTHOME_HOME"):
        home = Path(home).absolute()
        return Places(ROOT, home / "cache", home / "state")
    if uid == 0:
        return Places(ROOT, Path("/var/cache/smarthome"), Path("/var/lib/smarthome"))
    home = Path(environ.get("HOME") or "/nonexistent")
    cache = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    state = Path(environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    return Places(ROOT, cache.absolute() / "smarthome", state.absolute() / "smarthome")


def require_space(folder, gigabytes):
    """Refuse to begin what the disk cannot hold."""
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise Problem(
            f"{folder} has {free:.1f} GB free and {gigabytes} GB are needed: free some space or "
            "name a roomier place by the variable SMARTHOME_HOME."
        )


def replace_tree(building, final):
    """Put a finished folder in its place by one rename."""
    if final.exists():
        shutil.rmtree(final)
    os.rename(building, final)


def write_atomically(path, text, mode=0o644):
    """Write a small file so that nobody ever sees a half of it."""
    building = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
    os.chmod(building, mode)
    os.replace(building, path)
