"""Backups: the database as pg_dump writes it and the files beside it, and how both are taken back.

A backup is a folder: `database.dump`, `files/` with every stored content under its SHA-256, and `about.json`, which says
how many rows each table had in the very snapshot that was dumped. It is made under another name and renamed when it is
whole. Contents never change, so files are hard links where the disk allows it, and cost nothing twice.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from base import jobs
from base.actors import Actor
from base.errors import Missing, Refused
from base.house import house
from base.policies import require
from base.upkeep import direct_url

PERMISSION = "base.steer_jobrun"
NAME = re.compile(r"\d{8}-\d{6}")
SPARE = 64 * 1024 * 1024  # left free on the disk
DUMP, FILES, ABOUT = "database.dump", "files", "about.json"
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1
"""


class BackupFailed(Refused):
    """One of PostgreSQL's programs is not there, or has failed."""

    code = "backup_failed"
    message = _("%(program)s has failed: %(error)s")


class DiskFull(Refused):
    """There is no room for another backup."""

    code = "disk_full"
    message = _("%(place)s has %(free)s MB free, and a backup needs about %(needed)s MB.")


@dataclass(frozen=True)
class Backup:
    """A backup that is whole: where it lies and what it holds."""

    path: Path
    made_at: datetime
    database: str
    rows: Mapping[str, int]
    size: int

    @property
    def name(self) -> str:
        """What it is called: when it was made, in company time."""
        return self.path.name


def make(*, by: Actor, at: datetime) -> Backup:
    """Back up the database and all files, while the house works. The moment is told in company time.

    Files are taken before the dump, so that none is swept away meanwhile, and once more after it, for those that are
    new. Refuses with `BackupFailed` and `DiskFull`; nothing half is left behind.
    """
    require(by, PERMISSION)
    home = _home()
    _check_room(home)
    name = at.astimezone(house().zone).strftime("%Y%m%d-%H%M%S")
    half = home / f".new-{name}"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    try:
        jobs.progress(0, 3, gettext("files"))
        _keep_files(half / FILES)
        jobs.progress(1, 3, gettext("database"))
        rows = _dump(half / DUMP)
        jobs.progress(2, 3, gettext("files"))
        _keep_files(half / FILES)
        about = {
            "made_at": at.isoformat(),
            "database": _parts()["dbname"],
            "rows": rows,
            "size": (half / DUMP).stat().st_size,
        }
        (half / ABOUT).write_text(json.dumps(about, indent=1))
        half.rename(home / name)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return _read(home / name)


def made() -> list[Backup]:
    """All backups that are whole, the newest first."""
    places = (place for place in _home().iterdir() if NAME.fullmatch(place.name))
    return [_read(place) for place in sorted(places, reverse=True) if (place / ABOUT).exists()]


def named(name: str) -> Backup:
    """The backup of a name, or at a path. Refuses with `Missing`."""
    place = Path(name) if os.sep in name else _home() / name
    if not (place / ABOUT).exists():
        raise Missing(model=_("Backup"), ids=name)
    return _read(place)


def forget_old(*, by: Actor, now: datetime) -> list[str]:
    """Delete backups that have had their time; answers their names.

    All of the last days are kept, and of the last months the first of each; the newest is kept whatever its age.
    """
    require(by, PERMISSION)
    backups = made()
    kept = {backup.name for backup in backups[:1]}
    days, months = timedelta(days=settings.BACKUP_DAYS), timedelta(days=31 * settings.BACKUP_MONTHS)
    kept |= {backup.name for backup in backups if now - backup.made_at <= days}
    first = {backup.name[:6]: backup for backup in backups}  # from the newest to the oldest
    kept |= {backup.name for backup in first.values() if now - backup.made_at <= months}
    old = [backup for backup in backups if backup.name not in kept]
    for backup in old:
        shutil.rmtree(backup.path)
    return [backup.name for backup in old]


def program(name: str) -> str:
    """Where one of PostgreSQL's programs lies. Refuses with `BackupFailed`."""
    found = shutil.which(name, path=settings.POSTGRES_PROGRAMS or None)
    if found is None:
        raise BackupFailed(program=name, error=gettext("it is not installed on this machine"))
    return found


def run(name: str, *arguments: str, database: str = "") -> None:
    """Run one of PostgreSQL's programs on a database of our server. Refuses with `BackupFailed`."""
    parts = _parts() | ({"dbname": database} if database else {})
    named = {"dbname": "PGDATABASE"}  # the rest are called as in a connection string
    there = {named.get(key, f"PG{key.upper()}"): str(value) for key, value in parts.items()}
    done = subprocess.run(
        [program(name), *arguments],
        env={**os.environ, **there},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise BackupFailed(program=name, error=done.stderr.strip()[-1000:])


def count_rows(line: psycopg.Connection[Any]) -> dict[str, int]:
    """How many rows each table has."""
    tables = [name for (name,) in line.execute(TABLES).fetchall()]
    counts = {}
    for name in tables:
        row = line.execute(SQL("SELECT count(*) FROM {}").format(Identifier(name))).fetchone()
        counts[name] = row[0] if row else 0
    return counts


def _dump(target: Path) -> dict[str, int]:
    """Dump the database, and count the rows of the same moment."""
    with _snapshot() as (line, snapshot):
        run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        rows = count_rows(line)
    target.chmod(0o600)
    return rows


@contextmanager
def _snapshot() -> Iterator[tuple[psycopg.Connection[Any], str]]:
    with psycopg.connect(direct_url()) as line:
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = line.execute("SELECT pg_export_snapshot()").fetchone()
        yield line, str(row[0]) if row else ""


def _keep_files(target: Path) -> None:
    """Put every stored content beside the dump: as a hard link, or as a copy on another disk."""
    store = Path(settings.MEDIA_ROOT) / "store"
    for folder in sorted(store.glob("??")):
        there = target / folder.name
        there.mkdir(parents=True, exist_ok=True)
        for content in folder.iterdir():
            link(content, there / content.name)


def link(content: Path, target: Path) -> None:
    """A hard link to stored content, or a copy where the disk is another one; nothing where it is there already."""
    if target.exists():
        return
    try:
        target.hardlink_to(content)
    except FileNotFoundError:  # swept away this moment; nobody names it
        return
    except OSError:
        half = target.with_name(f".{target.name}")
        shutil.copy2(content, half)
        half.rename(target)


def _home() -> Path:
    home = Path(settings.BACKUPS)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def _check_room(home: Path) -> None:
    """Refuse before the disk is full: the database next door would stop, too."""
    latest = next(iter(made()), None)
    needed = (latest.size if latest else 0) * 5 // 4 + SPARE
    free = shutil.disk_usage(home).free
    if free < needed:
        raise DiskFull(place=home, free=free >> 20, needed=needed >> 20)


def _parts() -> dict[str, Any]:
    return {key: value for key, value in conninfo_to_dict(direct_url()).items() if value}


def _read(place: Path) -> Backup:
    told = json.loads((place / ABOUT).read_text())
    return Backup(
        path=place,
        made_at=datetime.fromisoformat(told["made_at"]),
        database=told["database"],
        rows=told["rows"],
        size=told["size"],
    )
