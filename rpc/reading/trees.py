"""Trees: rows with how many there are below each, in one statement."""

from collections.abc import Sequence
from typing import Any

from base.prepared import rows
from rpc import access
from rpc.context import Call
from rpc.domains.parse import ALL, Node
from rpc.fields import Field
from rpc.reading.orders import order_by
from rpc.reading.plans import plan_for
from rpc.reading.rows import Row, finished
from rpc.sql.sources import ModelSource
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of


def branches(
    call: Call,
    node: Node,
    parent: Field,
    names: Sequence[str],
    load: Any,
    *,
    order: Any = None,
    limit: int,
    within: Node = ALL,
) -> list[tuple[Row, int]]:
    """Rows with the number of rows below each that the actor sees and that `within` holds for. One query for the rows."""
    access.require(call, "read")
    plan = plan_for(call, names, load)
    source = call.exposure.source
    if not isinstance(source, ModelSource):
        raise TypeError(f"{call.exposure.name} has no table")
    statement = Statement(call.language)
    frame = frame_of(call, call.exposure, statement)
    where = Where(call, call.exposure, frame).conditions(node, active_test=call.active_test)
    below = frame_of(call, call.exposure, statement)
    inner = Where(call, call.exposure, below)
    own = inner.conditions(within, active_test=call.active_test)
    hangs = f"{inner.expression(parent)} = {frame.column('pk')}"
    counted = " AND ".join(one for one in (hangs, own) if one)
    number = f"(SELECT count(*) FROM {below.tables()} WHERE {counted})"
    ordered = order_by(call, order, frame)
    condition = f" WHERE {where}" if where else ""
    sql = (
        f"SELECT {plan.select}, {number} FROM {frame.tables()} {plan.joins}{condition}"
        f" ORDER BY {ordered} LIMIT {statement.bind(limit)}"
    )
    fetched = rows(sql, statement.values)
    return list(zip(finished(call, plan, fetched), (row[-1] for row in fetched), strict=True))
