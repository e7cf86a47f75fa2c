"""Finding an operation whose conductor has died. Asked by every watching process now and then, before Django is up too."""

from typing import Any

import psycopg

from base.lifecycle.processes import RECOVERY, begin_detached
from base.upkeep import LOCKS, OPERATING

RESCUING = 3
FIND = """
SELECT 1 FROM base_moduleoperation
 WHERE is_unfinished AND greatest(asked_at, started_at) < clock_timestamp() - interval '15 seconds'
"""
TRY = "SELECT pg_try_advisory_lock(%s, %s)"


def find_orphan(line: psycopg.Connection[Any]) -> None:
    """Begin to recover an operation that nobody carries out any more, unless another process sees to it.

    The right to see to it is kept for as long as this connection lives.
    """
    if line.execute(FIND).fetchone() is None or not is_free(line, OPERATING):
        return
    taken = line.execute(TRY, [LOCKS, RESCUING]).fetchone()
    if taken and taken[0]:
        begin_detached(*RECOVERY)


def is_free(line: psycopg.Connection[Any], number: int) -> bool:
    """Whether nobody holds one of our locks."""
    taken = line.execute(TRY, [LOCKS, number]).fetchone()
    if not taken or not taken[0]:
        return False
    line.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, number])
    return True
