"""Letting open pages listen, in a web process whose server sends streams aside."""

import os
import threading

from django.conf import settings

from base.announcing import Relay
from web.views.live import hub


def listen(until: int) -> None:
    """Let as many pages listen as the operator allows, and have changes announced, until a pipe is closed."""
    if settings.LIVE_STREAMS:
        hub.room = settings.LIVE_STREAMS
        hub.start()
        Relay().start()
        threading.Thread(target=_let_go, args=(until,), name="parting", daemon=True).start()


def _let_go(until: int) -> None:
    os.read(until, 1)
    hub.room = 0
    hub.end_all()
