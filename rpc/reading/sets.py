"""What a plan cannot join: members of sets, names of links that are no columns, and computed fields."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from base.prepared import rows
from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import ALL
from rpc.exposure import Exposure
from rpc.fields import Field
from rpc.reading.orders import order_by
from rpc.reading.plans import Plan
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of


def complete(call: Call, plan: Plan, done: dict[str, Any]) -> None:
    """Add what was not in the statement: one query for each set, one for the names of each odd link."""
    ids = list(done["id"])
    for field in plan.sets:
        members = members_of(call, field, ids)
        done[field.name] = [members.get(one, []) for one in ids]
    for field in plan.named:
        names = names_of(call, field.relation, {one for one in done[field.name] if one})
        done[field.name] = [
            [one, names.get(one, False)] if one else False for one in done[field.name]
        ]
    for field in plan.functions:
        values = field.function(call, ids) if field.function else {}
        empty = _empty(field)
        done[field.name] = [values.get(one, empty) for one in ids]


def members_of(call: Call, field: Field, ids: list[int]) -> dict[int, list[int]]:
    """The members of a set for many owners: those the actor sees, in the order of their own noun."""
    target = registry.find(field.relation)
    if target is None or field.link is None or not access.may(call, "read", target):
        return {}
    statement = Statement(call.language)
    inner = Where(call, target, frame_of(call, target, statement))
    order = order_by(call.on(target), None, inner.frame)
    conditions = [inner.conditions(ALL, active_test=call.active_test)]
    if field.link.only:
        conditions.append(inner.frame.expand(field.link.only))
    sql = _members_sql(call.exposure, field, inner, statement.bind(ids), conditions, order)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for owner, member in rows(sql, statement.values):
        found[owner].append(member)
    return found


def _members_sql(
    exposure: Exposure, field: Field, inner: Where, owners: str, conditions: list[str], order: str
) -> str:
    link: Any = field.link
    near = f"m.{link.near}" if link.many else f"{inner.frame.alias}.{link.near}"
    pk = inner.frame.column("pk")
    between = f" JOIN {link.table} m ON m.{link.far} = {pk}" if link.many else ""
    tables = f"{inner.frame.tables()}{between}"
    if link.owner == "{pk}":
        owner, more = near, f"{near} = ANY({owners})"
    else:
        outer = inner.statement.frame(exposure.source)  # type: ignore[arg-type]
        key = outer.expand(link.owner)
        owner, more = outer.column("pk"), f"{outer.column('pk')} = ANY({owners})"
        tables += f", {outer.tables()}"
        conditions.append(f"{near} = {key}")
    where = " AND ".join(one for one in (more, *conditions) if one)
    return f"SELECT {owner}, {pk} FROM {tables} WHERE {where} ORDER BY {order}"


def names_of(call: Call, relation: str, ids: Iterable[int]) -> dict[int, str]:
    """The names of some rows, whoever may see them: who may read a link may read what it is called."""
    target = registry.find(relation)
    wanted = list(ids)
    if target is None or not wanted:
        return {}
    statement = Statement(call.language)
    frame = frame_of(call, target, statement)
    name = frame.expand(target.display)
    key = frame.column("pk")
    sql = f"SELECT {key}, {name} FROM {frame.tables()} WHERE {key} = ANY({statement.bind(wanted)})"
    return dict(rows(sql, statement.values))


def _empty(field: Field) -> Any:
    if field.is_set:
        return []
    return 0 if field.type in {"integer", "float", "monetary"} else False
