"""This process's part in keeping the house open: how many requests are inside, and whether more may come in."""

import logging
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from base import upkeep

log = logging.getLogger(__name__)

LOOK = 0.5  # seconds between two looks while the house is closed
CARE = 20.0  # between two looks while it is open: whether an operation was left behind, whether we are of today
NAG = 10.0  # between two wishes to be started anew
REST = 1.0  # after the database has gone


class Door:
    """Counts who is inside and lets nobody in while closed. Costs a lock and a number, never a query.

    Open from the start: a process that nobody watches over (a command, a test) is not shut.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._mine = threading.local()
        self._inside = 0
        self._told: list[Callable[[], None]] = []
        self.is_open = True
        self.is_watched = False

    @property
    def inside(self) -> int:
        """How many requests are inside."""
        return self._inside

    def enter(self) -> bool:
        """Come in, unless closed; answers whether it was open."""
        with self._changed:
            if not self.is_open:
                return False
            self._inside += 1
        self._mine.inside = True
        return True

    def leave(self) -> None:
        """Go out again."""
        self._mine.inside = False
        self._go()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Do not count the request that this thread serves meanwhile, since it waits for the very operation.

        Outside of a request: nothing. The request must hold no transaction open.
        """
        if not getattr(self._mine, "inside", False):
            yield
            return
        self._go()
        try:
            yield
        finally:
            with (
                self._changed
            ):  # it was inside before; it may finish, whatever has become of the house
                self._inside += 1

    def open(self) -> None:
        """Let requests in from now on."""
        with self._changed:
            self.is_open = True
            self._changed.notify_all()

    def close(self) -> None:
        """Let nobody in from now on. Those inside stay."""
        with self._changed:
            self.is_open = False
        for tell in self._told:
            tell()

    def when_closed(self, tell: Callable[[], None]) -> None:
        """Have somebody told whenever the door has closed, who is not inside and would stay for long."""
        self._told.append(tell)

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait for those inside to leave; answers whether they did."""
        with self._changed:
            return self._changed.wait_for(lambda: self._inside == 0, seconds)

    def _go(self) -> None:
        with self._changed:
            self._inside -= 1
            if self._inside == 0:
                self._changed.notify_all()


door = Door()


class Watch(threading.Thread):
    """A thread that holds the house open on behalf of this process, and lets go when an operation asks for it.

    The door is open exactly while its connection holds the shared lock. `renew` is called, now and then, once this
    process runs other modules than are installed; `foresee` when modules are about to change; `ready` once it serves for
    the first time; `find` with a connection to look for an operation whose conductor has died. With `serves=False` it
    only watches for `renew`.
    """

    def __init__(
        self,
        name: str,
        *,
        renew: Callable[[], None],
        foresee: Callable[[], None] = lambda: None,
        find: Callable[[psycopg.Connection[Any]], None] | None = None,
        ready: Callable[[], None] = lambda: None,
        serves: bool = True,
    ) -> None:
        super().__init__(name="upkeep", daemon=True)
        self._called, self._renew, self._foresee, self._find = name, renew, foresee, find
        self._ready = ready
        self._serves = serves
        self._nagged = 0.0
        self._has_opened = threading.Event()
        if serves:
            door.is_watched = True
            door.close()

    def wait_for_opening(self) -> None:
        """Wait until this process serves. It ends where its parent does, which nobody would take its requests from."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the web server sets its own once we serve
        parent = os.getppid()
        while not self._has_opened.wait(LOOK):
            if os.getppid() != parent:
                os._exit(1)

    def run(self) -> None:
        """Watch for as long as the process lives, whatever becomes of the database."""
        while True:
            try:
                with upkeep.connected(self._called) as line:
                    line.execute(f"LISTEN {upkeep.CHANNEL}")
                    while True:
                        self._wait_for_opening(line)
                        self._stay_open(line)
            except psycopg.Error as error:
                log.warning("Upkeep: the database is away: %s", error)
            finally:
                self._shut()
            time.sleep(REST)

    def _wait_for_opening(self, line: psycopg.Connection[Any]) -> None:
        while True:
            if not self._is_early(line) and upkeep.holds_open(line):
                now = upkeep.standing(line)
                if not now.is_stale:
                    now.settle()
                    break
                upkeep.lets_go(line)
                self._ask_for_renewal()
            self._look(line, LOOK)
        if self._serves:
            door.open()
        else:
            upkeep.lets_go(line)
        if not self._has_opened.is_set():
            self._ready()
            self._has_opened.set()

    def _stay_open(self, line: psycopg.Connection[Any]) -> None:
        """Returns when the house is to close, or this process turns out to be stale."""
        pause = CARE * random.uniform(0.8, 1.2)  # noqa: S311 - only so that processes do not look all at once
        while (word := self._look(line, pause)) != upkeep.CLOSING:
            if upkeep.standing(line).is_stale:
                break
            if word is None and self._find:
                self._find(line)
            if word == upkeep.COMING:
                self._foresee()
        if self._serves:
            door.close()
            while not door.wait_until_empty(LOOK):
                if self._look(line, 0) == upkeep.OPENED and not upkeep.standing(line).is_stale:
                    break  # whoever wanted to begin has given up meanwhile
            upkeep.lets_go(line)

    def _is_early(self, line: psycopg.Connection[Any]) -> bool:
        """Whether the operation that we have come up for is still to change anything."""
        return upkeep.standing(line).is_early and upkeep.is_under_way(line)

    def _look(self, line: psycopg.Connection[Any], seconds: float) -> str | None:
        """The last word said to everybody, or nothing within a while."""
        heard = [notice.payload for notice in line.notifies(timeout=seconds, stop_after=1)]
        return heard[-1] if heard else None

    def _shut(self) -> None:
        if self._serves:
            door.close()

    def _ask_for_renewal(self) -> None:
        now = time.monotonic()
        if now - self._nagged > NAG:
            self._nagged = now
            self._renew()
