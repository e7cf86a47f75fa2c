"""The same work in raw SQL: the statements that a call runs, recorded once, then run by psycopg alone.

Rows made anew get new numbers: wherever a recorded statement carried a number that an earlier one had answered, the
replayed one carries what its own predecessor answered. The bench's sequences begin high, so that such numbers cannot be
mistaken for amounts.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.types.numeric import Int8Dumper

FIRST_NUMBER = 50_000_000
BY_THE_WAY = ("SELECT access_version",)


class RawCursor(psycopg.RawCursor[Any]):
    """A cursor with `$1`, as the door uses it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self.adapters.register_dumper(int, Int8Dumper)


@dataclass
class Statement:
    """One statement as it was run, and what it answered."""

    sql: str
    values: Any
    raw: bool
    rows: list[tuple[Any, ...]] = field(default_factory=list)


@contextlib.contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Write down every statement of the block, whoever runs it."""
    found: list[Statement] = []
    original = psycopg.Cursor.execute

    def execute(self: Any, query: Any, params: Any = None, **more: Any) -> Any:
        result = original(self, query, params, **more)
        text = query if isinstance(query, str) else query.as_string(self.connection)
        if not text.startswith(BY_THE_WAY):
            rows = self.fetchall() if self.description else []
            if rows:
                self.scroll(0, mode="absolute")
            found.append(Statement(text, params, isinstance(self, psycopg.RawCursor), rows))
        return result

    psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    try:
        yield found
    finally:
        psycopg.Cursor.execute = original  # type: ignore[method-assign]


class Replay:
    """Runs recorded statements on a connection of its own, again and again."""

    def __init__(self, database_url: str, *scripts: list[Statement]) -> None:
        self.connection = psycopg.connect(database_url, autocommit=True)
        self.scripts = scripts

    def run(self, number: int = 0, numbers: dict[Any, Any] | None = None) -> dict[Any, Any]:
        """Run one script; answers which recorded numbers stand for which new ones."""
        known = dict(numbers or {})
        script = self.scripts[number]
        writes = any(one.sql.startswith(("SAVEPOINT", "INSERT", "UPDATE", "WITH run")) for one in script)
        with self.connection.transaction() if writes else contextlib.nullcontext():
            for one in script:
                self._step(one, known)
        return known

    def _step(self, one: Statement, known: dict[Any, Any]) -> None:
        make = RawCursor if one.raw else psycopg.Cursor
        with make(self.connection) as cursor:
            cursor.execute(one.sql, translated(one.values, known), prepare=True)
            if cursor.description is None:
                return
            for before, now in zip(one.rows, cursor.fetchall(), strict=False):
                for old, new in zip(before, now, strict=False):
                    if _is_number(old) and old != new:
                        known[old] = new


def translated(value: Any, known: dict[Any, Any]) -> Any:
    """A recorded value with the new numbers in it."""
    if not known:
        return value
    if isinstance(value, list | tuple):
        return [translated(one, known) for one in value]
    if isinstance(value, dict):
        return {name: translated(one, known) for name, one in value.items()}
    return known.get(value, value) if _is_number(value) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and value >= FIRST_NUMBER
