"""Letting those who will serve afterwards come up before anybody is shut out.

A web process takes seconds to start. So a supervisor is told beforehand which modules there will be, starts the
successors beside the processes that serve, and shows by a connection of its own that they are on their way.
"""

import time
from typing import Any

import psycopg

from base import upkeep
from base.lifecycle.closing import at_work_now

COMING = "niaga coming"  # the name by which a supervisor's connection is known
NOTICE = 2.0  # seconds in which a supervisor says that it has heard
PATIENCE = 120.0  # after which the house closes all the same
ON_THEIR_WAY = """
SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE %s AND datname = current_database()
"""


def wait_for_successors(line: psycopg.Connection[Any]) -> None:
    """Announce what is to come, and wait until every successor that somebody starts is up."""
    if not any(name.startswith("web") for name in at_work_now(line)):
        return
    upkeep.announce(line, upkeep.COMING)
    begun = time.monotonic()
    while time.monotonic() - begun < (PATIENCE if _on_their_way(line) else NOTICE):
        time.sleep(0.1)


def _on_their_way(line: psycopg.Connection[Any]) -> bool:
    found = line.execute(ON_THEIR_WAY, [f"{COMING}%"]).fetchone()
    return bool(found and found[0])
