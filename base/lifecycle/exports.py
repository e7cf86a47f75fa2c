"""The copy that is kept of a module's rows before they are dropped: a zip of CSV files."""

import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from psycopg.sql import SQL, Composable, Identifier, Literal

from base.lifecycle.anatomy import existing
from base.lifecycle.kinds import kinds_of, naming
from base.lifecycle.previews import jobs_of
from base.models import Module

FORMAT = 1


def folder() -> Path:
    """Where exports are kept; nobody else may look into it."""
    place = Path(settings.DATA_DIR) / "exports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def export(names: Sequence[str]) -> Path:
    """Write the rows of some modules, and what is said about them, to a zip; answers where it lies.

    `manifest.json` says which modules in which versions, which migrations their tables stem from, and how many rows
    each file has; each table is a CSV as PostgreSQL's COPY writes and reads it: `tables/<table>.csv`. What other
    tables say about the records, and name them by, lies in `about/`, the trail of their changes in `trail/`.
    """
    now = timezone.localtime()
    place = _free_place(now, names)
    half = place.with_suffix(".half")
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
        counts = {file: _copy(archive, file, rows) for file, rows in _files(names).items()}
        archive.writestr(
            "manifest.json",
            json.dumps(_manifest(names, now, counts), indent=2, ensure_ascii=False),
        )
    half.chmod(0o600)
    half.rename(place)
    return place


def _files(names: Sequence[str]) -> dict[str, Composable]:
    """What goes in: file names, and the questions that answer with their rows."""
    rows = {row.name: row for row in Module.objects.filter(name__in=list(names))}
    tables = existing(sorted({table for row in rows.values() for table in row.tables}))
    files: dict[str, Composable] = {
        f"tables/{table}.csv": SQL("SELECT * FROM {} ORDER BY 1").format(Identifier(table))
        for table in tables
    }
    kinds = [kind for name in names for kind in kinds_of(name)]
    for model, _rows in naming(kinds) if kinds else ():
        files[f"about/{model._meta.db_table}.csv"] = _about(model, kinds)
    files["trail/base_change.csv"] = _where("base_change", "model", tables)
    files["jobs/base_jobrun.csv"] = _where("base_jobrun", "task", jobs_of(names))
    files["roles/base_role.csv"] = _where("base_role", "module", list(names))
    return files


def _about(model: Any, kinds: list[ContentType]) -> Composable:
    columns = [
        field.column for field in model._meta.concrete_fields if field.related_model is ContentType
    ]
    named = SQL(" OR ").join(
        SQL("{} = ANY({})").format(Identifier(column), Literal([kind.pk for kind in kinds]))
        for column in columns
    )
    table = Identifier(model._meta.db_table)
    return SQL("SELECT * FROM {} WHERE {} ORDER BY 1").format(table, named)


def _where(table: str, column: str, values: list[str]) -> Composable:
    return SQL("SELECT * FROM {} WHERE {} = ANY({}::text[]) ORDER BY 1").format(
        Identifier(table), Identifier(column), Literal(values)
    )


def _copy(archive: zipfile.ZipFile, file: str, rows: Composable) -> int:
    """Stream the rows into the archive; answers how many."""
    command = SQL("COPY ({}) TO STDOUT WITH (FORMAT csv, HEADER)").format(rows)
    with connection.cursor() as cursor, archive.open(file, "w", force_zip64=True) as target:
        with cursor.copy(command) as source:
            for block in source:
                target.write(block)
        return int(cursor.rowcount)


def _manifest(names: Sequence[str], now: datetime, counts: dict[str, int]) -> dict[str, Any]:
    rows = Module.objects.filter(name__in=list(names)).order_by("name")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT app, name FROM django_migrations WHERE app = ANY(%s) ORDER BY id", [list(names)]
        )
        migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return {
        "format": FORMAT,
        "written_at": now.isoformat(timespec="seconds"),
        "postgresql": server,
        "modules": [
            {"name": row.name, "version": row.version, "package": row.package} for row in rows
        ],
        "migrations": migrations,
        "rows": counts,
    }


def _free_place(now: datetime, names: Sequence[str]) -> Path:
    shown = "-".join(sorted(names))[:60]
    stem = f"{now:%Y%m%d-%H%M%S}-{shown}"
    place, number = folder() / f"{stem}.zip", 1
    while place.exists():
        number += 1
        place = folder() / f"{stem}-{number}.zip"
    return place
