"""Closing the house for as long as an operation changes it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings

from base import upkeep
from base.lifecycle.refusals import StillBusy

AGAIN = 5  # seconds after which everybody is asked again, lest somebody has not heard
LOCK = "SELECT pg_advisory_lock(%s, %s)"
UNLOCK = """
SELECT pg_advisory_unlock(l.classid::int, l.objid::int) FROM pg_locks l
 WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objid = ANY(%s) AND l.objsubid = 2
   AND l.pid = pg_backend_pid() AND l.mode = 'ExclusiveLock' AND l.granted
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
HOLDERS = """
SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
 WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objid = %s AND l.objsubid = 2
   AND l.mode = 'ShareLock' AND l.granted AND l.pid <> pg_backend_pid()
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
 ORDER BY 1
"""


@contextmanager
def closed(line: psycopg.Connection[Any]) -> Iterator[None]:
    """Keep everybody out of the house during a block. Refuses with `StillBusy` where somebody does not let go.

    Everybody may come in again afterwards, however the block ends; and at once, should this process die.
    """
    try:
        line.execute(LOCK, [upkeep.LOCKS, upkeep.SHUTTING])
        _shut(line)
        yield
    finally:
        if not line.closed:
            line.execute(UNLOCK, [upkeep.LOCKS, [upkeep.AT_WORK, upkeep.SHUTTING]])
            upkeep.announce(line, upkeep.OPENED)


def at_work_now(line: psycopg.Connection[Any]) -> list[str]:
    """Who holds the house open: "web host:4711", "jobs host:4712"."""
    rows = line.execute(HOLDERS, [upkeep.LOCKS, upkeep.AT_WORK]).fetchall()
    return [str(name).removeprefix("niaga ") for (name,) in rows]


def _shut(line: psycopg.Connection[Any]) -> None:
    end = time.monotonic() + settings.MODULES_PATIENCE
    line.execute(f"SET lock_timeout = '{AGAIN}s'")
    while True:
        upkeep.announce(line, upkeep.CLOSING)
        try:
            line.execute(LOCK, [upkeep.LOCKS, upkeep.AT_WORK])
        except psycopg.errors.LockNotAvailable:
            if time.monotonic() > end:
                who = ", ".join(at_work_now(line))
                raise StillBusy(seconds=settings.MODULES_PATIENCE, who=who) from None
        else:
            return
