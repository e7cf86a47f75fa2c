"""What the launcher says, and how it gives up."""

import os
import sys
import time

_STARTED = float(os.environ.get("_NIAGA_STARTED") or time.time())


class CannotStart(Exception):
    """The house cannot come up. Carries one sentence that says what to do about it."""


def say(text: str) -> None:
    """Tell the person at the terminal what is going on, with the seconds since the command was typed."""
    print(f"[{time.time() - _STARTED:5.1f} s] {text}", flush=True)


def tell(text: str) -> None:
    """Print a line as it is."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Tell what went wrong, on the error stream."""
    print(text, file=sys.stderr, flush=True)
