"""What the database itself says about a module's tables: their rows, who points at them, and what hangs on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Identifier

POINTING_IN = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
  FROM pg_constraint c
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
 WHERE c.contype = 'f' AND c.confrelid = ANY(%(tables)s::regclass[])
   AND c.conrelid <> ALL(%(tables)s::regclass[]) ORDER BY 1, 2
"""
THERE = (
    "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(quote_ident(name)) IS NOT NULL"
)
# Functions that nothing but triggers of these tables calls.
TRIGGER_FUNCTIONS = """
SELECT DISTINCT t.tgfoid::regprocedure::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND t.tgrelid = ANY(%(tables)s::regclass[]) AND p.pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_trigger o
                    WHERE o.tgfoid = t.tgfoid AND o.tgrelid <> ALL(%(tables)s::regclass[]))
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
# Functions that speak of these tables: they would fail afterwards, be it for a trigger on a table that stays.
SPEAKING = r"""
SELECT p.oid::regprocedure::text FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
   AND p.prosrc ~ ('\m(' || array_to_string(%(tables)s::text[], '|') || ')\M')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""
# What migrations made by hand, known by its name: it begins with the module's label.
BY_NAME = """
SELECT 'ROUTINE', p.oid::regprocedure::text, p.proname FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p') AND starts_with(p.proname, %(prefix)s)
UNION ALL
SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'r' THEN 'TABLE' ELSE 'SEQUENCE' END,
       c.oid::regclass::text, c.relname
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm', 'r', 'S')
   AND starts_with(c.relname, %(prefix)s)
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass)
UNION ALL
SELECT 'TYPE', t.oid::regtype::text, t.typname FROM pg_type t
 WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd') AND starts_with(t.typname, %(prefix)s)
"""


@dataclass(frozen=True)
class Pointer:
    """A column of a table that stays, which points into a table that goes; `rows` of it do."""

    table: str
    column: str
    target: str
    rows: int


@dataclass(frozen=True)
class Thing:
    """Something in the database that is not a table of a noun: `kind` as DROP names it."""

    kind: str
    signature: str


def existing(tables: Iterable[str]) -> list[str]:
    """Those of some tables that are there."""
    return [name for (name,) in _rows(THERE, [list(tables)])]


def row_counts(tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    for table in tables:
        counts[table] = int(_rows(SQL("SELECT count(*) FROM {}").format(Identifier(table)))[0][0])
    return counts


def pointers_into(tables: Sequence[str]) -> list[Pointer]:
    """The columns of other tables that point into these, those without such rows too."""
    found = []
    for table, column, target in _rows(POINTING_IN, {"tables": list(tables)}):
        asked = SQL("SELECT count({}) FROM {}").format(Identifier(column), Identifier(table))
        found.append(Pointer(table, column, target, int(_rows(asked)[0][0])))
    return found


def empty(tables: Sequence[str]) -> None:
    """Take all rows out of tables, so that nothing in them uses rows elsewhere any more. Their rules are not asked."""
    with connection.cursor() as cursor:
        # What deferred rules still have to say about these rows no longer matters, but keeps a table from going.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(table)))
        if tables:
            named = SQL(", ").join(Identifier(table) for table in tables)
            cursor.execute(SQL("TRUNCATE {}").format(named))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def drop(tables: Sequence[str], label: str, others: Iterable[str]) -> None:
    """Drop tables, the functions of their triggers, those that speak of them, and what else bears the module's name.

    `others` are the labels of the modules that stay, whose things may bear a longer name that begins the same.
    """
    functions = [name for (name,) in _rows(TRIGGER_FUNCTIONS, {"tables": list(tables)})]
    if tables:
        functions += [name for (name,) in _rows(SPEAKING, {"tables": list(tables)})]
    named = things_named_after(label, others)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if tables:
            dropped = SQL(", ").join(Identifier(table) for table in tables)
            cursor.execute(SQL("DROP TABLE {} CASCADE").format(dropped))  # views go along
        for function in functions:
            cursor.execute(f"DROP ROUTINE IF EXISTS {function} CASCADE")
        for thing in named:
            cursor.execute(f"DROP {thing.kind} IF EXISTS {thing.signature} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def things_named_after(label: str, others: Iterable[str]) -> list[Thing]:
    """Functions, views, sequences, types and tables made by hand whose name begins with the module's label."""
    prefix = f"{label}_"
    longer = tuple(f"{other}_" for other in others if other.startswith(prefix))
    found = _rows(BY_NAME, {"prefix": prefix})
    return [
        Thing(kind, signature) for kind, signature, name in found if not name.startswith(longer)
    ]


def _rows(sql: Any, values: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
