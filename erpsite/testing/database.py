"""A database for each test process: a clone of one that is built once for each state of the migrations and seeds.

The template carries the tables, the triggers and the well-known rows. A test that commits for real (a
`transaction=True` test, a race, a browser) does not have its tables emptied afterwards, which would take the
well-known rows along and fall foul of what the triggers forbid: its whole clone is thrown away and a fresh one taken.
From the first such test on, a spare clone is always being made in the background.
"""

import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from erpsite.launch.console import CannotStart
from erpsite.launch.digests import of_seeds
from erpsite.launch.places import ROOT

# Advisory locks, all in the database `postgres`. The server drops those of a killed process.
_BUILDING = 727272  # one process builds or sweeps at a time
_CLONES = 727273  # with a process's number, held while it lives
_TEMPLATES = 727274  # with a template's number, shared by those who clone it
_PREFIX = "niaga_test"


class Clones:
    """The clones of one test process: one in use, and one to spare once tests begin to wear them out."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._admin = psycopg.connect(at(url, "postgres"), autocommit=True)
        self._number = secrets.randbelow(10**9)
        self._state = of_seeds()[:7]
        # A run with other modules (`NIAGA_MODULES`) has a template of its own, which outlives runs with all.
        self._choice = sha256(os.environ.get("NIAGA_MODULES", "*").encode()).hexdigest()[:4]
        self._template = f"{_PREFIX}_template_{self._state}_{self._choice}"
        self._background = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spare-database")
        self._spare: Future[str] | None = None
        self._current = ""
        self._made = 0
        try:
            self._find_template()
        except BaseException:
            self._admin.close()
            raise

    def take(self) -> str:
        """The name of a clone as fresh as the template; the one before it goes away."""
        worn, spare = self._current, self._spare
        self._current = spare.result() if spare else self._clone()
        if worn:
            self._spare = self._background.submit(self._replace, worn)
        return self._current

    def close(self) -> None:
        """Drop what is left of this process."""
        self._background.shutdown(wait=True)
        for name in (self._current, self._spare.result() if self._spare else ""):
            self._drop(name)
        self._admin.close()

    def _find_template(self) -> None:
        self._admin.execute("select pg_advisory_lock(%s, %s)", [_CLONES, self._number])
        with self._building():
            self._admin.execute(
                "select pg_advisory_lock_shared(%s, %s)", [_TEMPLATES, int(self._state, 16)]
            )
            self._sweep()
            if not self._exists(self._template):
                self._build()

    def _replace(self, worn: str) -> str:
        self._drop(worn)
        return self._clone()

    def _clone(self) -> str:
        self._made += 1
        name = f"{_PREFIX}_{self._number}_{self._made}"
        self._admin.execute(
            SQL("create database {} template {} strategy file_copy").format(
                Identifier(name), Identifier(self._template)
            )
        )
        return name

    def _drop(self, name: str) -> None:
        if name:
            self._admin.execute(
                SQL("drop database if exists {} with (force)").format(Identifier(name))
            )

    def _build(self) -> None:
        """Make the template by the very commands that set up a live database, in a process of their own."""
        half = f"{self._template}_half"
        self._drop(half)
        self._admin.execute(SQL("create database {}").format(Identifier(half)))
        built = subprocess.run(
            [sys.executable, "-m", "erpsite.launch.inside", "messages", "migrate", "seed"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": at(self._url, half)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if built.returncode:
            self._drop(half)
            raise CannotStart(f"The database for the tests could not be built:\n{built.stdout}")
        self._admin.execute(
            SQL("alter database {} rename to {}").format(
                Identifier(half), Identifier(self._template)
            )
        )

    def _sweep(self) -> None:
        """Drop clones whose process was killed, and templates that nobody clones any more."""
        rows = self._admin.execute(
            "select datname from pg_database where datname like %s", [f"{_PREFIX}\\_%"]
        )
        for (name,) in rows.fetchall():
            kind, _, rest = name.removeprefix(f"{_PREFIX}_").partition("_")
            if kind == "template" and rest[8:12] not in (self._choice, ""):
                continue
            lock = (_TEMPLATES, int(rest[:7], 16)) if kind == "template" else (_CLONES, int(kind))
            if lock[1] not in (self._number, int(self._state, 16)) and self._is_free(*lock):
                self._drop(name)

    def _is_free(self, kind: int, number: int) -> bool:
        taken = self._admin.execute(
            "select pg_try_advisory_lock(%s, %s)", [kind, number]
        ).fetchone()
        if not taken or not taken[0]:
            return False
        self._admin.execute("select pg_advisory_unlock(%s, %s)", [kind, number])
        return True

    def _exists(self, name: str) -> bool:
        return (
            self._admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
            is not None
        )

    @contextlib.contextmanager
    def _building(self) -> Iterator[None]:
        self._admin.execute("select pg_advisory_lock(%s)", [_BUILDING])
        try:
            yield
        finally:
            self._admin.execute("select pg_advisory_unlock(%s)", [_BUILDING])


def at(url: str, database: str) -> str:
    """The same server, another database on it."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()
