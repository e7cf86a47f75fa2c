"""The database and the queue together: the embedded ones, unless the environment names others."""

import os
from pathlib import Path
from typing import Self

from erpsite.launch.accounts import server_account
from erpsite.launch.places import server_home
from erpsite.launch.postgres import FAST_AND_LOSSY, Postgres
from erpsite.launch.valkey import Valkey


class Servers:
    """What the house stands on. `DATABASE_URL` and `REDIS_URL` replace the embedded servers, each by itself.

    After `start()`, `environment` has both variables for the processes that need them. Use it as a context manager
    so that servers nobody else uses are stopped again.
    """

    def __init__(self, directory: Path, *, for_tests: bool = False) -> None:
        self._embedded: dict[str, Postgres | Valkey] = {}
        self.environment = {
            name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")
        }
        if all(self.environment.values()):
            return
        account = server_account()
        home = server_home(directory, account)
        if not self.environment["DATABASE_URL"]:
            postgres = Postgres(home, account, FAST_AND_LOSSY if for_tests else None)
            self._embedded["PostgreSQL"] = postgres
            self.environment["DATABASE_URL"] = postgres.url()
            self.environment["NIAGA_POSTGRES_PROGRAMS"] = str(postgres.programs)
        if not self.environment["REDIS_URL"]:
            valkey = Valkey(home, account, keeps=not for_tests)
            self._embedded["Valkey"] = valkey
            self.environment["REDIS_URL"] = valkey.url

    def start(self) -> None:
        """Bring up what the environment does not name. Raises `CannotStart`."""
        for server in self._embedded.values():
            server.start()

    def revive(self) -> list[str]:
        """Start again whatever died; answers the names."""
        return [name for name, server in self._embedded.items() if server.revive()]

    def stop(self) -> None:
        """Leave them; those that nobody else uses stop."""
        for server in reversed(self._embedded.values()):
            server.stop()

    def stop_unused(self) -> None:
        """Stop those that run without anybody using them."""
        for server in reversed(self._embedded.values()):
            server.adopt()
            server.stop()

    def describe(self) -> str:
        """One line on where the data is."""
        homes = {server.data.parent for server in self._embedded.values()}
        return f"embedded, in {homes.pop()}" if homes else "as DATABASE_URL and REDIS_URL say"

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
