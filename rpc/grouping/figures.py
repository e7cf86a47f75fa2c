"""What is worked out for each group: sums, counts, extremes, lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rpc import access
from rpc.faults import value_error
from rpc.fields import NUMBERS, Field
from rpc.reading.columns import fetched
from rpc.sql.where import Where, not_stored

SPEC = re.compile(r"(?:([A-Za-z_]\w*):)?([a-z_]+)\(([a-z_][a-z0-9_]*)\)\Z")
SQL = {
    "sum": "sum({})",
    "sum_currency": "sum({})",
    "avg": "avg({})",
    "min": "min({})",
    "max": "max({})",
    "count": "count({})",
    "count_distinct": "count(DISTINCT {})",
    "bool_and": "bool_and({})",
    "bool_or": "bool_or({})",
    "array_agg": "array_agg({} ORDER BY {pk})",
    "array_agg_distinct": "array_agg(DISTINCT {})",
    "recordset": "array_agg({} ORDER BY {pk})",
}
ADDS_UP = frozenset(("sum", "avg", "sum_currency"))
COUNTS = frozenset(("count", "count_distinct"))
LISTS = frozenset(("array_agg", "array_agg_distinct", "recordset"))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of each group: under which key, and its SQL."""

    key: str
    sql: str
    function: str

    def value(self, value: Any) -> Any:
        """The figure as the wire shows it."""
        if self.function in LISTS:
            return [False if one is None else one for one in value or ()]
        return False if value is None else value


def figures(where: Where, specs: Any) -> list[Figure]:
    """The figures that `field:function` and `__count` name."""
    if isinstance(specs, str) or not isinstance(specs, Sequence):
        raise value_error(f"Invalid aggregates: {specs!r}")
    return [_figure(where, spec) for spec in specs]


def figure(where: Where, key: str, name: str, function: str) -> Figure:
    """One figure of a field."""
    field = where.exposure.fields.get(name)
    if field is None:
        raise value_error(f"Invalid field {name!r} on model {where.exposure.name!r}")
    access.visible_field(where.call, where.exposure, field)
    if function not in SQL or (function in ADDS_UP and field.type not in NUMBERS):
        raise value_error(f"Invalid aggregate method {function!r} for {key!r}.")
    if field.sql is None or field.is_set:
        raise not_stored(where.exposure, field)
    return Figure(key, _sql(where, field, function), function)


def _figure(where: Where, spec: Any) -> Figure:
    if spec == "__count":
        return Figure("__count", "count(*)", "count")
    name, colon, function = spec.partition(":") if isinstance(spec, str) else ("", "", "")
    if not colon:
        raise value_error(f"Invalid aggregate method {function!r} for {spec!r}.")
    return figure(where, spec, name, function)


def _sql(where: Where, field: Field, function: str) -> str:
    pk = where.frame.column("pk")
    found = SQL[function].replace("{pk}", pk).format(where.expression(field))
    if function in COUNTS or function in LISTS:
        return found
    if function == "avg" or (function in ADDS_UP and field.type != "integer"):
        return f"{found}::float8"
    if function in ADDS_UP:
        return f"{found}::int8"
    return fetched(_bare(field), found)


def _bare(field: Field) -> Field:
    """The field without its habit of showing nothing as zero."""
    return Field(name=field.name, type=field.type, label="", nullable=False)
