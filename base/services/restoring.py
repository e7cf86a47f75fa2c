"""Taking a backup back: into a database beside the one in use, compared row by row, and only then in its place."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from base.actors import Actor
from base.errors import Refused
from base.policies import require
from base.services import backups
from base.services.backups import Backup
from base.upkeep import direct_url

MAINTENANCE = "postgres"
CREATE = """
CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'
"""
OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
# What a copy must not do: send mail, run jobs, be found by the clock.
STILL = (
    "UPDATE base_outgoingmail SET state = 'cancelled' WHERE state = 'waiting'",
    """UPDATE base_jobrun SET state = 'cancelled', lease_until = NULL, finished_at = greatest(started_at, now())
        WHERE state IN ('queued', 'running')""",
    "UPDATE base_scheduledjob SET is_active = FALSE",
    "UPDATE django_celery_beat_periodictask SET enabled = FALSE",
)


class DatabaseThere(Refused):
    """The database to restore into is there already, and nobody said that it may be replaced."""

    code = "database_there"
    message = _("There is a database %(name)s already. Replace it, or name another one.")


class DatabaseInUse(Refused):
    """Somebody works with the database that is to be replaced."""

    code = "database_in_use"
    message = _("The database %(name)s is in use by %(count)s connections. Stop Niaga first.")


class NotTheSame(Refused):
    """What was restored is not what was backed up."""

    code = "restore_differs"
    message = _("The restored database differs from the backup: %(tables)s. It has been dropped.")


class FileDamaged(Refused):
    """A file of the backup does not hold what its name says."""

    code = "file_damaged"
    message = _("The file %(name)s of the backup is damaged.")


def restore(
    backup: Backup, database: str, *, by: Actor, replace: bool = False, still: bool = False
) -> dict[str, int]:
    """Restore a backup into a database of our server, and its files into the store; answers the rows of each table.

    It is restored under another name and compared with what the backup says of itself before it takes the name: a
    backup that is damaged changes nothing. `replace`: a database of that name is dropped then. `still`: the copy
    sends no mail and runs no jobs. Refuses with `DatabaseThere`, `DatabaseInUse`, `BackupFailed`, `NotTheSame`,
    `FileDamaged`.
    """
    require(by, backups.PERMISSION)
    connections.close_all()
    half = f"{database}_{token_hex(4)}"
    with _server() as server:
        _check_free(server, database, replace=replace)
        server.execute(SQL(CREATE).format(Identifier(half)))
        try:
            rows = _fill(backup, half, still=still)
            _check_files(backup)
            _check_free(server, database, replace=replace)
        except BaseException:
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(half)))
            raise
        server.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(database)))
        server.execute(
            SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(half), Identifier(database))
        )
    _take_files(backup)
    return rows


def _fill(backup: Backup, database: str, *, still: bool) -> dict[str, int]:
    dump = str(backup.path / backups.DUMP)
    backups.run(
        *("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error"),
        *(f"--dbname={database}", dump),
        database=database,
    )
    with psycopg.connect(_at(database)) as line:
        rows = backups.count_rows(line)
        wrong = {
            name for name in rows.keys() | backup.rows if rows.get(name) != backup.rows.get(name)
        }
        if wrong:
            raise NotTheSame(tables=", ".join(sorted(wrong)))
        if still:
            for statement in STILL:
                line.execute(statement)
    return rows


def _check_files(backup: Backup) -> None:
    """Refuse before anything is changed if a file does not hold what its name says."""
    for content in sorted((backup.path / backups.FILES).glob("??/*")):
        with content.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != content.name:
            raise FileDamaged(name=content.name)


def _take_files(backup: Backup) -> None:
    """Put contents back that the store lacks. Those that it has are the same, by their names."""
    store = Path(settings.MEDIA_ROOT) / "store"
    for folder in sorted((backup.path / backups.FILES).glob("??")):
        (store / folder.name).mkdir(parents=True, exist_ok=True)
        for content in folder.iterdir():
            backups.link(content, store / folder.name / content.name)


def _check_free(server: psycopg.Connection[Any], database: str, *, replace: bool) -> None:
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if found is None:
        return
    if not replace:
        raise DatabaseThere(name=database)
    row = server.execute(OTHERS, [database]).fetchone()
    if row and row[0]:
        raise DatabaseInUse(name=database, count=row[0])


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(_at(MAINTENANCE), autocommit=True) as line:
        yield line


def _at(database: str) -> str:
    return make_conninfo(direct_url(), dbname=database)
