"""Statements that PostgreSQL keeps prepared, on Django's own connection, which by itself prepares nothing.

For the few statements that run at every call of a program. Placeholders are PostgreSQL's own: `$1`, `$2` …

A statement that looks for a text is planned anew each time: whether an index helps depends on how common the text is,
which one plan for all texts cannot know.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import NotSupportedError, connection
from psycopg.types.json import JsonbLoader
from psycopg.types.numeric import Int8Dumper

PREPARE_AFTER = 1  # runs: what came once may come again
KEEP_AT_MOST = 400
LONGEST_KEPT = 20_000
LOOKS_FOR_TEXT = (" LIKE ", " ILIKE ")


class Cursor(psycopg.RawCursor[Any]):
    """A cursor whose statements are prepared when they come again. Every whole number goes as bigint, so that one
    plan serves all."""

    def __init__(self, owner: psycopg.Connection[Any]) -> None:
        super().__init__(owner)
        self.adapters.register_dumper(int, Int8Dumper)
        self.adapters.register_loader("jsonb", JsonbLoader)  # Django's own leaves it a text


def rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement finds. Raises Django's database errors."""
    try:
        return _rows(sql, values)
    except NotSupportedError:
        # A table has changed since the statement was prepared.
        if connection.in_atomic_block:
            raise
        connection.close()
        return _rows(sql, values)


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": ""})
    line: Any = connection.connection
    line.prepare_threshold = PREPARE_AFTER if _is_kept(sql) else None
    line.prepared_max = KEEP_AT_MOST
    try:
        with connection.wrap_database_errors, Cursor(line) as cursor:
            return cursor.execute(sql, values).fetchall()
    finally:
        line.prepare_threshold = None


def _is_kept(sql: str) -> bool:
    return len(sql) < LONGEST_KEPT and not any(word in sql for word in LOOKS_FOR_TEXT)
