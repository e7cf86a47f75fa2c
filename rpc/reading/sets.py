"""What a plan cannot join: members of sets, names of links that are no columns, and computed fields."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from base.prepared import rows
from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import ALL
from rpc.fields import Field
from rpc.reading.orders import order_by
from rpc.reading.plans import Plan
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of


def complete(call: Call, plan: Plan, done: dict[str, Any]) -> None:
    """Add what was not in the statement: one query for all sets, one for the names of each odd link."""
    ids = list(done["id"])
    members = members_of(call, plan.sets, ids) if plan.sets else {}
    for field in plan.sets:
        done[field.name] = [members.get((field.name, one), []) for one in ids]
    with call.remembering():
        for field in plan.functions:
            values = field.function(call, ids) if field.function else {}
            empty = _empty(field)
            done[field.name] = [values.get(one, empty) for one in ids]
    odd = [field for field in plan.functions if field.type == "many2one"]
    _name(call, [*plan.named, *(odd if plan.with_names else ())], done)


def _name(call: Call, fields: Sequence[Field], done: dict[str, Any]) -> None:
    """Add the names of what links stand for: one query for each noun that they lead to."""
    for relation in dict.fromkeys(field.relation for field in fields):
        links = [field.name for field in fields if field.relation == relation]
        names = names_of(call, relation, {one for name in links for one in done[name] if one})
        for name in links:
            done[name] = [[one, names.get(one, False)] if one else False for one in done[name]]


def members_of(
    call: Call, fields: Sequence[Field], ids: list[int]
) -> dict[tuple[str, int], list[int]]:
    """The members of sets of many owners, by name and owner: those the actor sees, in the order of their own noun.

    One query for all of the sets.
    """
    statement = Statement(call.language)
    owners = statement.bind(ids, "::bigint[]")
    asked = [_members(call, field, statement, owners) for field in fields]
    shown = [(field.name, one) for field, one in zip(fields, asked, strict=True) if one]
    found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    if shown:
        sql = shown[0][1].ordered() if len(shown) == 1 else _united([one for _n, one in shown])
        for place, owner, member in rows(sql, statement.values):
            found[shown[place][0], owner].append(member)
    return found


@dataclass(frozen=True, slots=True)
class _Members:
    """The pieces of a statement that finds the members of one set."""

    owner: str
    pk: str
    found: str
    order: str

    def ordered(self) -> str:
        """A statement of its own."""
        return f"SELECT 0, {self.owner}, {self.pk} {self.found} ORDER BY {self.order}"

    def placed(self, place: int) -> str:
        """One of several, each row with its place in the order."""
        turn = f"row_number() OVER (ORDER BY {self.order})"
        return f"SELECT {place} AS set, {self.owner} AS owner, {self.pk} AS id, {turn} AS turn {self.found}"


def _united(parts: list[_Members]) -> str:
    each = " UNION ALL ".join(part.placed(place) for place, part in enumerate(parts))
    return f"SELECT set, owner, id FROM ({each}) members ORDER BY set, turn"


def _members(call: Call, field: Field, statement: Statement, owners: str) -> _Members | None:
    target, link = registry.find(field.relation), field.link
    if target is None or link is None or not access.may(call, "read", target):
        return None
    inner = Where(call, target, frame_of(call, target, statement))
    order = order_by(call.on(target), None, inner.frame)
    conditions = [inner.conditions(ALL, active_test=call.active_test)]
    if link.only:
        conditions.append(inner.frame.expand(link.only))
    near = f"m.{link.near}" if link.many else f"{inner.frame.alias}.{link.near}"
    pk = inner.frame.column("pk")
    between = f" JOIN {link.table} m ON m.{link.far} = {pk}" if link.many else ""
    tables, owner = f"{inner.frame.tables()}{between}", near
    if link.owner != "{pk}":
        outer = statement.frame(call.exposure.source)  # type: ignore[arg-type]
        key = outer.expand(link.owner)
        owner = outer.column("pk")
        tables += f", {outer.tables()}"
        conditions.append(f"{near} = {key}")
    where = " AND ".join(one for one in (f"{owner} = ANY({owners})", *conditions) if one)
    return _Members(owner, pk, f"FROM {tables} WHERE {where}", order)


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
