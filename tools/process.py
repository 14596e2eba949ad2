"""Running other programs: their output into a log, their end with ours, their failure in a sentence."""

import collections
import contextlib
import ctypes
import os
import re
import signal
import subprocess

from tools.console import Problem, say

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


def die_with_parent():
    """Run in a child before exec: the kernel ends it when ./smarthome is killed."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def clean_environment(**extra):
    """The environment of every child: one locale, one time zone, nobody's Python settings."""
    drop = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "ODOO_RC", "OPENERP_SERVER", "PGDATABASE")
    env = {key: value for key, value in os.environ.items() if key not in drop}
    return {**env, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUNBUFFERED": "1", **extra}


def capture(command, **options):
    """Run a short program and give back the finished process with its texts."""
    options = {"env": clean_environment(), "stdin": subprocess.DEVNULL, **options}
    options.update(capture_output=True, text=True, errors="replace", preexec_fn=die_with_parent)
    return subprocess.run(command, **options)


def follow(command, log, progress=None, stdin_text=None, **options):
    """Run a long program, its output into the file ``log``.

    :param progress: function that turns a line of output into a progress text, or None
    :return: the exit code and the last lines of output
    """
    last = collections.deque(maxlen=400)
    options.setdefault("env", clean_environment())
    with open(log, "w") as file, _started(command, stdin_text, options) as process:
        if stdin_text is not None:
            process.stdin.write(stdin_text)
            process.stdin.close()
        for line in process.stdout:
            file.write(line)
            last.append(line.rstrip("\n"))
            if text := progress and progress(line):
                say(text)
        return process.wait(), list(last)


@contextlib.contextmanager
def _started(command, stdin_text, options):
    """The started process; ended in any case when the block is left."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL if stdin_text is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=die_with_parent,
        **options,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
        process.stdout.close()
        process.wait()


def reason(lines):
    """The line of a program's output that says best why it failed.

    >>> reason(["2026 INFO fine", "2026 ERROR base odoo: no such module", "2026 INFO over"])
    '2026 ERROR base odoo: no such module'
    >>> reason(["Traceback (most recent call last):", '  File "x"', "ValueError: bad", ""])
    'ValueError: bad'
    >>> reason([])
    'it said nothing'
    """
    lines = [line.strip() for line in lines if line.strip()]
    errors = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Warning)\b.*:", line)]
    logged = [line for line in lines if re.search(r"\b(CRITICAL|ERROR|FATAL)\b", line)]
    return (errors or logged or lines or ["it said nothing"])[-1][:300]


def require_success(code, lines, doing, log):
    """Turn a failed program into a sentence that names its log."""
    if code:
        raise Problem(f"{doing} failed: {reason(lines)} (everything it said: {log})")
