"""Which of several domains hold for rows: one query, however many domains and rows."""

from collections.abc import Sequence
from typing import Any

from base.prepared import rows
from rpc import access
from rpc.context import Call
from rpc.domains.parse import Leaf, parse
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of


def holding(call: Call, ids: Sequence[int], domains: Sequence[Any]) -> dict[int, tuple[bool, ...]]:
    """For each row that the actor sees, whether each domain holds, in their order. An empty domain always holds."""
    access.require(call, "read")
    if not ids:
        return {}
    if not any(domains):
        return {pk: (True,) * len(domains) for pk in ids}
    statement = Statement(call.language)
    frame = frame_of(call, call.exposure, statement)
    where = Where(call, call.exposure, frame)
    asked = [f"({where.sql(parse(one))}) IS TRUE" if one else "TRUE" for one in domains]
    these = where.conditions(Leaf("id", "in", list(ids)), active_test=False)
    columns = ", ".join((frame.column("pk"), *asked))
    found = rows(f"SELECT {columns} FROM {frame.tables()} WHERE {these}", statement.values)
    return {row[0]: tuple(row[1:]) for row in found}
