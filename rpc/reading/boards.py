"""Boards: what the columns come to, and the first rows of every column, each in one statement for all columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from base.prepared import rows
from rpc import access, limits, registry
from rpc.context import Call
from rpc.domains.parse import Node
from rpc.fields import Field
from rpc.grouping import retrieval
from rpc.grouping.figures import figures
from rpc.grouping.groups import Grouping
from rpc.grouping.terms import Tables
from rpc.reading import keysets
from rpc.reading.orders import order_terms
from rpc.reading.plans import plan_for
from rpc.reading.rows import Row, finished
from rpc.sql.sources import ModelSource
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: its key, its value as the wire shows it, that of a second term, its figures and the domain of its rows."""

    key: str
    value: Any
    beside: Any
    figures: list[Any]
    domain: list[Any]


def lanes(
    call: Call,
    node: Node,
    spec: str,
    wanted: Sequence[str],
    *,
    beside: str = "",
    having: str = "",
    limit: int = 0,
) -> list[Lane]:
    """The columns that rows fall into, in order; with `beside`, each once for every value of a second term. One query.

    `having` names a set: only rows are counted that have members in it, whoever may see those.
    """
    grouping = Grouping(call, node)
    if having:
        filled = _filled(grouping, call.exposure.fields[having])
        grouping.conditions = " AND ".join(one for one in (grouping.conditions, filled) if one)
    grouping.terms = [grouping.tables.term(one) for one in (spec, beside) if one]
    grouping.figures = figures(grouping.where, wanted)
    first = grouping.terms[0]
    return [
        Lane(
            key_of(group.starts[0]),
            group.values[0],
            group.values[1] if beside else None,
            group.figures,
            retrieval.joined(retrieval.of_value(first, group.values[0], group.starts[0])),
        )
        for group in grouping.groups(limit=limit)
    ]


def _filled(grouping: Grouping, field: Field) -> str:
    """The condition for rows that have members in a set."""
    target, link = registry.find(field.relation), field.link
    if target is None or link is None:
        return "FALSE"
    inner = frame_of(grouping.call, target, grouping.statement)
    only = f" WHERE {inner.expand(link.only)}" if link.only else ""
    owner = grouping.where.frame.expand(link.owner)
    return f"{owner} IN (SELECT {inner.alias}.{link.near} FROM {inner.tables()}{only})"


def cards(
    call: Call,
    node: Node,
    spec: str,
    names: Sequence[str],
    load: Any,
    *,
    order: Any = None,
    limit: int,
    after: int | None = None,
) -> list[tuple[str, Row]]:
    """The first rows of every column with the key of their column, the columns' rows in order. One query for the rows.

    Without a term all rows are in one column, whose key is empty. `after` is a row that every column begins after.
    """
    access.require(call, "read")
    plan = plan_for(call, names, load)
    source = call.exposure.source
    if not isinstance(source, ModelSource):
        raise TypeError(f"{call.exposure.name} has no table")
    statement = Statement(call.language)
    frame = frame_of(call, call.exposure, statement)
    where = Where(call, call.exposure, frame, seeks=True)
    conditions = [where.conditions(node, active_test=call.active_test)]
    tables = Tables(where)
    lane = tables.term(spec).sql if spec else "NULL::text"
    terms = order_terms(call, order, frame)
    place = keysets.place_of(call, order, after) if after is not None else None
    if place is not None:
        conditions.append(keysets.either(keysets.beyond(frame, terms, place)) or "FALSE")
    key = frame.column("pk")
    turn = f"row_number() OVER (PARTITION BY {lane} ORDER BY {', '.join(map(str, terms))})"
    found = f"SELECT {key} AS id, {lane} AS lane, {turn} AS turn FROM {tables.sql()}"
    found += "".join(
        f" {'AND' if i else 'WHERE'} {one}" for i, one in enumerate(filter(None, conditions))
    )
    sql = (
        f"SELECT {plan.select}, w.lane FROM ({found}) w JOIN {source.start(statement, frame.alias)} ON {key} = w.id"
        f" {plan.joins} WHERE w.turn <= {statement.bind(limit)} ORDER BY w.lane, w.turn LIMIT {limits.MOST_ROWS}"
    )
    fetched = rows(sql, statement.values)
    keys = [key_of(row[-1]) for row in fetched]
    return list(zip(keys, finished(call, plan, fetched), strict=True))


def key_of(value: Any) -> str:
    """A column's value as one short text: nothing for rows that have none."""
    if value is None or value is False:
        return "" if value is None else "false"
    if value is True:
        return "true"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
