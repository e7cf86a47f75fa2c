"""Pages by the last row seen: the rows that come after (or before) a given one in an order, however deep they lie."""

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


def beyond(frame: Frame, terms: Sequence[Sorted], place: Sequence[Any]) -> str:
    """The condition for the rows that come after a place in an order."""
    equal: list[str] = []
    found: list[str] = []
    for term, value in zip(terms, place, strict=True):
        bound = "" if value is None else frame.statement.bind(value)
        if after := _after(term, bound):
            found.append(" AND ".join((*equal, after)))
        equal.append(f"{term.sql} = {bound}" if bound else f"{term.sql} IS NULL")
    return f"({' OR '.join(f'({one})' for one in found)})" if found else "FALSE"


def _after(term: Sorted, bound: str) -> str:
    if not bound:
        return f"{term.sql} IS NOT NULL" if term.has_nulls_first else ""
    sign = "<" if term.is_descending else ">"
    if term.has_nulls_first:
        return f"{term.sql} {sign} {bound}"
    return f"({term.sql} {sign} {bound} OR {term.sql} IS NULL)"
