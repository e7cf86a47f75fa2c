"""Starting this process's like anew when modules have changed: by its supervisor, or by whoever else keeps it."""

import logging
import os
import signal
import time
from pathlib import Path

from django.conf import settings

from erpsite.launch.processes import runs

log = logging.getLogger(__name__)

SUPERVISOR = "_NIAGA_SUPERVISOR"  # the process that `./niaga run` is
READY = "_NIAGA_READY"  # a file to which each web process adds a line once it is up, and another once it serves
_PAUSE = 60.0


def renew_web() -> None:
    """Have the web processes started anew.

    Our supervisor starts the new ones before it ends the old. Without it, the parent is asked if it is a granian or a
    gunicorn: both take SIGHUP as the wish for new workers.
    """
    if _told_supervisor():
        return
    parent = os.getppid()
    if not (runs(parent, "granian") or runs(parent, "gunicorn")):
        log.warning("Modules have changed: start this process (%s) anew", os.getpid())
    elif _first_to_ask(parent):
        os.kill(parent, signal.SIGHUP)


def renew_celery() -> None:
    """Have this Celery process started anew: it finishes what it is at and ends; whoever keeps it starts it again."""
    if not _told_supervisor():
        os.kill(os.getpid(), signal.SIGTERM)


def foresee() -> None:
    """Tell our supervisor that modules are about to change. Whoever else keeps us cannot start anybody early."""
    _told_supervisor()


def say_up() -> None:
    """Tell our supervisor that this process could serve."""
    _say("up")


def say_ready() -> None:
    """Tell our supervisor that this process serves."""
    _say("ready")


def _say(word: str) -> None:
    if place := os.environ.get(READY):
        with Path(place).open("a") as file:
            file.write(f"{word} {os.getpid()}\n")


def _told_supervisor() -> bool:
    number = os.environ.get(SUPERVISOR, "")
    if not number.isdigit() or not runs(int(number), "erpsite.launch"):
        return False
    os.kill(int(number), signal.SIGUSR1)
    return True


def _first_to_ask(parent: int) -> bool:
    """Each worker would ask the same parent; once is enough for a while."""
    mark = Path(settings.DATA_DIR) / f"renewed-{parent}"
    if mark.exists() and time.time() - mark.stat().st_mtime < _PAUSE:
        return False
    mark.touch()
    return True
