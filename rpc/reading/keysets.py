"""Pages by the last row seen: the rows that come after (or before) a given one in an order, however deep they lie.

The conditions are written so that an index in the order finds the first row of the page at once: a bound on the terms
that lead, told apart from what only settles ties, and rows without a value asked for by themselves.
"""

from collections.abc import Sequence
from typing import Any

from base.prepared import rows
from rpc import access
from rpc.context import Call
from rpc.reading.orders import Sorted, order_terms
from rpc.sql.statement import Frame, Statement
from rpc.sql.where import frame_of


def place_of(call: Call, order: Any, row_id: int) -> tuple[Any, ...] | None:
    """The values by which one row is sorted; None when there is no such row any more, or none the actor sees."""
    statement = Statement(call.language)
    frame = frame_of(call, call.exposure, statement)
    columns = ", ".join(term.sql for term in order_terms(call, order, frame))
    conditions = [f"{frame.column('pk')} = {statement.bind(row_id)}"]
    if scope := access.scope(call, call.exposure, frame):
        conditions.append(scope)
    where = " AND ".join(conditions)
    found = rows(f"SELECT {columns} FROM {frame.tables()} WHERE {where}", statement.values)
    return found[0] if found else None


def beyond(frame: Frame, terms: Sequence[Sorted], place: Sequence[Any]) -> list[str]:
    """The conditions for the rows that come after a place in an order: all that hold for one come before all that hold
    for the next, and none holds for a row of another. At most two, unless there is nothing after it."""
    if not terms:
        return []
    lead = terms[0]
    if place[0] is None:
        within = either(beyond(frame, terms[1:], place[1:]))
        found = [f"{lead.sql} IS NULL AND {within}"] if within else []
        return [*found, f"{lead.sql} IS NOT NULL"] if lead.has_nulls_first else found
    width = _alike(terms, place)
    names = [term.sql for term in terms[:width]]
    values = [frame.statement.bind(value) for value in place[:width]]
    sign = "<" if lead.is_descending else ">"
    found = [f"{_row(names)} {sign} {_row(values)}"]
    if tied := either(beyond(frame, terms[width:], place[width:])):
        equal = " AND ".join(f"{one} = {value}" for one, value in zip(names, values, strict=True))
        found = [f"{_row(names)} {sign}= {_row(values)} AND ({found[0]} OR ({equal} AND {tied}))"]
    return (
        found if lead.has_nulls_first or not lead.is_nullable else [*found, f"{lead.sql} IS NULL"]
    )


def either(conditions: Sequence[str]) -> str:
    """The condition that one of several holds; nothing where there are none."""
    return f"({' OR '.join(f'({one})' for one in conditions)})" if conditions else ""


def _alike(terms: Sequence[Sorted], place: Sequence[Any]) -> int:
    """How many of the terms that lead can be compared as one: all one way, all filled in."""
    lead, width = terms[0], 1
    while (
        width < len(terms)
        and not lead.is_nullable
        and not terms[width].is_nullable
        and terms[width].direction == lead.direction
        and place[width] is not None
    ):
        width += 1
    return width


def _row(parts: Sequence[str]) -> str:
    return f"({', '.join(parts)})" if len(parts) > 1 else parts[0]
