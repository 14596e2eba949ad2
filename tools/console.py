"""Talking to the person at the terminal: progress lines, warnings and one-sentence problems."""

import sys
import time

_START = time.monotonic()


class Problem(Exception):
    """Something that the person must know and can mend: one sentence, no traceback."""


def say(text):
    """Print a progress line with the seconds since the start."""
    print(f"[{time.monotonic() - _START:4.0f} s] {text}", file=sys.stderr, flush=True)


def warn(text):
    """Print a warning line: the work goes on."""
    print(f"smarthome: warning: {text}", file=sys.stderr, flush=True)


def fail(text):
    """Print the sentence with which the work ends."""
    print(f"smarthome: {text}", file=sys.stderr, flush=True)


def confirm(question, stream=None):
    """Ask a yes/no question on the terminal; without a terminal the answer is no."""
    stream = stream or sys.stdin
    if not stream or not stream.isatty():
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return stream.readline().strip().lower() in ("y", "yes", "д", "да")
