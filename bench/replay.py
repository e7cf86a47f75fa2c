"""The same work in raw SQL: the statements that a call runs, recorded once, then run by psycopg alone.

Rows made anew get new numbers: wherever a recorded statement carried a number that an earlier one had answered, the
replayed one carries what its own predecessor answered. The bench's sequences begin high, so that such numbers cannot be
mistaken for amounts.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.types.numeric import Int8Dumper

FIRST_NUMBER = 50_000_000
BY_THE_WAY = ("SELECT access_version",)
DOCUMENT = re.compile(r"\b5\d{7}\b")


class RawCursor(psycopg.RawCursor[Any]):
    """A cursor with `$1`, as the door uses it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_dumper(int, Int8Dumper)


@dataclass
class Statement:
    """One statement as it was run, and what it answered; for a COPY, the rows that went in."""

    sql: str
    values: Any
    raw: bool = False
    rows: list[Any] = field(default_factory=list)
    copied: bool = False


@contextlib.contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Write down every statement of the block, whoever runs it."""
    found: list[Statement] = []
    execute, copy = psycopg.Cursor.execute, psycopg.Cursor.copy

    def noting(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        result = execute(self, query, params, **more)
        text = query if isinstance(query, str) else query.as_string(self.connection)
        if not text.startswith(BY_THE_WAY):
            rows = self.fetchall() if self.description else []
            if rows:
                self.scroll(0, mode="absolute")
            found.append(Statement(text, params, isinstance(self, psycopg.RawCursor), rows))
        return result

    @contextlib.contextmanager
    def noting_copy(self: Any, query: Any, *arguments: Any, **more: Any) -> Iterator[Any]:
        text = query if isinstance(query, str) else query.as_string(self.connection)
        with copy(self, query, *arguments, **more) as open_copy:
            noted = Statement(text, None, copied=True)
            write_row = open_copy.write_row

            def noting_row(row: Any) -> None:
                noted.rows.append(list(row))
                write_row(row)

            open_copy.write_row = noting_row
            yield open_copy
        found.append(noted)

    psycopg.Cursor.execute, psycopg.Cursor.copy = noting, noting_copy  # type: ignore[method-assign]
    try:
        yield found
    finally:
        psycopg.Cursor.execute, psycopg.Cursor.copy = execute, copy  # type: ignore[method-assign]


class Replay:
    """Runs recorded statements on a connection of its own, again and again."""

    def __init__(self, database_url: str, *scripts: list[Statement]) -> None:
        self.connection = psycopg.connect(database_url, autocommit=True)
        self.scripts = scripts

    def run(self, number: int = 0, numbers: dict[int, int] | None = None) -> dict[int, int]:
        """Run one script; answers which new numbers stand for the recorded ones."""
        known = dict(numbers or {})
        script = self.scripts[number]
        writes = any(one.sql.startswith("SAVEPOINT") for one in script)
        with self.connection.transaction() if writes else contextlib.nullcontext():
            for one in script:
                self._step(one, known)
        return known

    def _step(self, one: Statement, known: dict[int, int]) -> None:
        make = RawCursor if one.raw else psycopg.Cursor
        with make(self.connection) as cursor:
            if one.copied:
                with cursor.copy(one.sql) as copy:  # type: ignore[call-overload]
                    for row in one.rows:
                        copy.write_row(translated(row, known))
                return
            cursor.execute(one.sql, translated(one.values, known), prepare=True)
            if cursor.description is None:
                return
            for before, now in zip(one.rows, cursor.fetchall(), strict=False):
                known.update(
                    (old, new)
                    for old, new in zip(before, now, strict=False)
                    if _is_number(old) and old != new
                )


def translated(value: Any, known: dict[int, int]) -> Any:
    """A recorded value with the new numbers in it."""
    if not known:
        return value
    if isinstance(value, list | tuple):
        return [translated(one, known) for one in value]
    if isinstance(value, str) and DOCUMENT.search(value):
        return DOCUMENT.sub(lambda found: str(known.get(int(found[0]), found[0])), value)
    return known.get(value, value) if _is_number(value) else value


def begin_high(database_url: str) -> None:
    """Let every sequence and every counter go on from a high number."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, greatest(last_value, %s)) "
            "FROM pg_sequences WHERE schemaname = 'public' AND max_value > 2147483647",
            [FIRST_NUMBER],
        )
        connection.execute(
            "UPDATE base_counter SET value = value + %s WHERE value < %s", [FIRST_NUMBER] * 2
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and value >= FIRST_NUMBER
