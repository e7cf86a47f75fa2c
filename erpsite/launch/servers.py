"""The database and the queue together: the embedded ones, unless the environment names others."""

import os
from pathlib import Path
from typing import Self

from erpsite.launch.accounts import server_account
from erpsite.launch.console import CannotStart
from erpsite.launch.places import server_home
from erpsite.launch.postgres import FAST_AND_LOSSY, Postgres
from erpsite.launch.valkey import Valkey


class Servers:
    """What the house stands on. `DATABASE_URL` and `REDIS_URL` replace the embedded servers, each by itself.

    After `start()`, `environment` has both variables for the processes that need them. Use it as a context manager
    so that servers nobody else uses are stopped again.
    """

    def __init__(self, directory: Path, *, for_tests: bool = False) -> None:
        self._directory = directory
        self._for_tests = for_tests
        self._running: list[tuple[str, Postgres | Valkey]] = []
        self.environment: dict[str, str] = {}

    def start(self) -> None:
        """Bring up what the environment does not name. Raises `CannotStart`."""
        given = os.environ
        if not (given.get("DATABASE_URL") and given.get("REDIS_URL")):
            account = server_account()
            home = server_home(self._directory, account)
        if not given.get("DATABASE_URL"):
            postgres = Postgres(home, account, FAST_AND_LOSSY if self._for_tests else None)
            self._started("PostgreSQL", postgres)
            self.environment["DATABASE_URL"] = postgres.url()
        if not given.get("REDIS_URL"):
            valkey = Valkey(home, account, keeps=not self._for_tests)
            self._started("Valkey", valkey)
            self.environment["REDIS_URL"] = valkey.url

    def revive(self) -> list[str]:
        """Start again whatever died; answers the names."""
        return [name for name, server in self._running if server.revive()]

    def stop(self) -> None:
        """Leave them; those that nobody else uses stop."""
        for _name, server in reversed(self._running):
            server.stop()
        self._running.clear()

    def describe(self) -> str:
        """One line on where the data is."""
        homes = {server.data.parent for _name, server in self._running}
        return f"embedded, in {homes.pop()}" if homes else "as DATABASE_URL and REDIS_URL say"

    def _started(self, name: str, server: Postgres | Valkey) -> None:
        try:
            server.start()
        except CannotStart:
            self.stop()
            raise
        self._running.append((name, server))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
