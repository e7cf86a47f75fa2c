"""Running a statement: on Django's own connection, by a cursor that lets PostgreSQL prepare what comes again."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import DatabaseError, DataError, connection
from psycopg.types.numeric import Int8Dumper

TOO_LONG_TO_KEEP = 20_000


class Cursor(psycopg.RawCursor[Any]):
    """A cursor with PostgreSQL's own placeholders. Every whole number goes as bigint, so that one plan serves all."""

    def __init__(self, owner: psycopg.Connection[Any]) -> None:
        super().__init__(owner)
        self.adapters.register_dumper(int, Int8Dumper)


def rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement finds."""
    if connection.connection is None or connection.connection.closed:
        connection.ensure_connection()
    prepare = None if len(sql) < TOO_LONG_TO_KEEP else False
    if connection.queries_logged:
        connection.queries_log.append({"sql": sql, "time": ""})
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values, prepare=prepare).fetchall()


def is_too_big(error: DatabaseError) -> bool:
    """Whether the database refused a number that does not fit."""
    return isinstance(error, DataError) and getattr(error.__cause__, "sqlstate", "") == "22003"
