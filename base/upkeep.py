"""Whether the house is open: the locks by which everybody at work lets go while modules come and go.

Whoever works in the house holds a *shared* lock of the database while at it: a web process as long as it serves, a job
as long as it runs. An operation on modules asks for the same lock *exclusively*, so it begins exactly when the last one
has let go, and nobody new begins meanwhile. PostgreSQL drops the locks of whoever dies. See docs/adr/0007.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import gettext_lazy as _

from base.errors import ERPError

CHANNEL = "niaga_upkeep"
COMING, CLOSING, OPENED = "coming", "closing", "opened"

LOCKS = 727280  # the first half of all our advisory locks; the second says which
AT_WORK, OPERATING, SHUTTING = 1, 2, 4

RETRY_AFTER = 5  # seconds; a client that is told to come back finds the house open, as a rule
GENERATION = "base.modules"  # the counter that goes up with every change of modules

# Nobody begins from the moment that somebody wants to close, though those at work still hold the house open.
TRY_WORK = """
SELECT CASE WHEN pg_try_advisory_lock_shared(%(ours)s, %(shutting)s)
            THEN pg_advisory_unlock_shared(%(ours)s, %(shutting)s)
                 AND pg_try_advisory_lock_shared(%(ours)s, %(at_work)s)
       END
"""
STANDING = """
SELECT (SELECT value FROM base_counter WHERE key = %s),
       (SELECT coalesce(array_agg(name ORDER BY name), '{}') FROM base_module WHERE state = 'installed')
"""
UNDER_WAY = "SELECT EXISTS (SELECT FROM base_moduleoperation WHERE is_unfinished)"


class Closed(ERPError):
    """Modules are being changed, or this process still runs the modules of before; nobody begins anything now."""

    code = "closed"
    status = 503
    message = _("The system is being changed just now. Please try again in a moment.")


@dataclass(frozen=True)
class Standing:
    """Which modules are installed: their labels, and the number that goes up with every change of them."""

    generation: int
    modules: frozenset[str]

    @property
    def is_stale(self) -> bool:
        """Whether this process was started for other modules, or for other versions of them."""
        ours = settings.MODULES
        if ours.generation is not None:
            return bool(ours.generation != self.generation)
        # Begun on a database without modules, before it answered, or before the change that we are for.
        return self.is_early or (bool(self.modules) and self.modules != ours.labels | ours.lost)

    @property
    def is_early(self) -> bool:
        """Whether this process has come up for a change of modules that has not happened yet."""
        ours = settings.MODULES
        return ours.generation is None and ours.after is not None and self.generation <= ours.after

    def settle(self) -> None:
        """Let this process be one that was started for these modules, so that it notices the next change."""
        if self.modules and settings.MODULES.generation is None:
            settings.MODULES = replace(settings.MODULES, generation=self.generation)


def connected(name: str) -> psycopg.Connection[Any]:
    """A connection apart from Django's, committing each statement at once; whoever asks closes it.

    `name` is what others see of us while they wait: "web", "job accounting.fold_balances". Locks and messages belong
    to a session, so this must not go through a pooler that hands sessions around: `NIAGA_DIRECT_DATABASE_URL`.
    """
    shown = f"niaga {name} {socket.gethostname()}:{os.getpid()}"[:63]
    return psycopg.connect(
        direct_url(), autocommit=True, connect_timeout=10, application_name=shown
    )


def direct_url() -> str:
    """The address of the database, past any pooler."""
    if settings.DIRECT_DATABASE_URL:
        return str(settings.DIRECT_DATABASE_URL)
    at = connections[DEFAULT_DB_ALIAS].settings_dict
    parts = {
        "dbname": at["NAME"],
        "user": at["USER"],
        "password": at["PASSWORD"],
        "host": at["HOST"],
        "port": at["PORT"],
        **{name: value for name, value in at["OPTIONS"].items() if isinstance(value, str)},
    }
    return psycopg.conninfo.make_conninfo(**{name: value for name, value in parts.items() if value})


def standing(line: psycopg.Connection[Any]) -> Standing:
    """Which modules are installed now. One query."""
    found = line.execute(STANDING, [GENERATION]).fetchone()
    generation, modules = found or (None, [])
    return Standing(generation or 0, frozenset(modules))


def is_under_way(line: psycopg.Connection[Any]) -> bool:
    """Whether an operation on modules has been asked for and has not ended."""
    found = line.execute(UNDER_WAY).fetchone()
    return bool(found and found[0])


@contextmanager
def at_work(name: str = "job") -> Iterator[None]:
    """Hold the house open for a piece of work that is not a request, such as a job. Costs a connection.

    An operation on modules waits until the block has ended. Refuses with `Closed` while one waits or is under way, and
    where this process still runs the modules of before: whoever asked tries again later, in a process started since.
    """
    with connected(name) as line:
        if not holds_open(line) or standing(line).is_stale:
            raise Closed
        yield


def holds_open(line: psycopg.Connection[Any]) -> bool:
    """Try to hold the house open as long as this connection lives; answers whether it is open."""
    ours = {"ours": LOCKS, "shutting": SHUTTING, "at_work": AT_WORK}
    found = line.execute(TRY_WORK, ours).fetchone()
    return bool(found and found[0])


def lets_go(line: psycopg.Connection[Any]) -> None:
    """Stop holding the house open."""
    line.execute("SELECT pg_advisory_unlock_shared(%s, %s)", [LOCKS, AT_WORK])


def announce(line: psycopg.Connection[Any], word: str) -> None:
    """Tell every process of the house, on every machine."""
    line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, word])
