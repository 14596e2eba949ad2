"""A bounded number of places for heavy programs, shared by all processes of one user.

A place is a directory under the temporary folder, held by a lock on a file beside it. The kernel drops
the lock together with the process that held it, so nothing has to be tidied up after a killed worker:
what it left in its place is wiped by the next one to come.
"""

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

PAUSE = 0.05


class NoFreeSlotError(TimeoutError):
    """Every place stayed taken until the deadline."""


def default_count():
    """Return how many programs may run at once: one for each core, at least two.

    >>> default_count() >= 2
    True
    """
    return max(2, os.cpu_count() or 2)


def _own_folder(name):
    """Return a folder under the temporary one that belongs to this user alone.

    :raise PermissionError: somebody else made the folder, or may write into it
    """
    folder = Path(tempfile.gettempdir()) / f"{name}-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.geteuid() or seen.st_mode & 0o077:
        raise PermissionError(f"{folder} is not a folder of this user's own")
    return folder


def _try_lock(path):
    """Return a locked descriptor of a file, or None while somebody else holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _take_any(folder, count, deadline):
    """Return the first free place and its lock, waiting for one until the deadline."""
    while True:
        for number in range(count):
            lock = _try_lock(folder / f"{number}.lock")
            if lock is not None:
                return folder / str(number), lock
        if time.monotonic() >= deadline:
            raise NoFreeSlotError(f"{count} programs are running already")
        time.sleep(PAUSE)


@contextlib.contextmanager
def slot(name, count=None, timeout=60):
    """Hold one of ``count`` places; yield an empty directory that is gone afterwards.

    :param str name: what the places are for
    :param int count: how many there are on this machine
    :param float timeout: seconds to wait for a free one
    :raise NoFreeSlotError: none became free in time

    >>> with slot("doctest-slots", count=1) as place:
    ...     place.is_dir()
    True
    >>> place.exists()
    False
    """
    place, lock = _take_any(_own_folder(name), count or default_count(), time.monotonic() + timeout)
    try:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(lock)
