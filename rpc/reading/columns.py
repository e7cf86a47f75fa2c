"""How each type of field is fetched, and how its column becomes values of the wire."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any

from rpc.fields import TEXTS, Field

Column = Sequence[Any]
Finish = Callable[[Column], Column]

MOMENT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
UNLIKE = frozenset(
    ("float", "monetary", "date", "datetime")
)  # what the wire writes otherwise than the database
DAY = "to_char({}, 'YYYY-MM-DD')"


def fetched(field: Field, sql: str) -> str:
    """The expression that fetches a field, already in the wire's own form where the database can do it."""
    kind = field.type
    if kind == "datetime":
        return MOMENT.format(sql)
    if kind == "date":
        return DAY.format(sql)
    if kind in {"float", "monetary"}:
        return f"COALESCE({sql}, 0)::float8" if field.nullable else f"{sql}::float8"
    if kind == "integer" and field.nullable:
        return f"COALESCE({sql}, 0)"
    if kind == "boolean" and field.nullable:
        return f"COALESCE({sql}, FALSE)"
    return sql


def finish(field: Field) -> Finish | None:
    """What is left to do with the fetched column; None for nothing."""
    if field.to_wire:
        return _mapped(field.to_wire)
    if field.is_set:
        return _lists
    if field.type in TEXTS:
        return _texts
    if field.type == "binary":
        return _binaries
    if field.type == "many2one" or field.type not in {"integer", "float", "monetary", "boolean"}:
        return _or_false if field.nullable else None
    return None


def paired(ids: Column, names: Column) -> Column:
    """A many2one as clients read it: `[id, name]`."""
    return [False if one is None else [one, name] for one, name in zip(ids, names, strict=True)]


def _texts(column: Column) -> Column:
    return [value or False for value in column]


def _or_false(column: Column) -> Column:
    return [False if value is None else value for value in column]


def _lists(column: Column) -> Column:
    return [value or [] for value in column]


def _binaries(column: Column) -> Column:
    return [b64encode(value).decode() if value else False for value in column]


def _mapped(values: Any) -> Finish:
    def translated(column: Column) -> Column:
        return [values.get(value, value) or False for value in column]

    return translated
