"""A plan: the SELECT list for some fields of a noun in one language, worked out once and kept."""

from dataclasses import dataclass
from typing import Any

from rpc import registry
from rpc.access import visible_field
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.faults import type_error, value_error
from rpc.fields import Field
from rpc.reading.columns import UNLIKE, Finish, fetched, finish
from rpc.sql.sources import ModelSource
from rpc.sql.statement import PLACE, Frame, Statement
from rpc.sql.where import frame_of

KEEP_AT_MOST = 2_000
CLASSIC, EXACT = "_classic_read", "exact"
NAMED = frozenset((CLASSIC, EXACT))


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of the answer: where its column is, where its name is if it has one, and what is left to do."""

    name: str
    at: int
    name_at: int = 0
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch for a list of fields, and what has to be asked separately."""

    names: tuple[str, ...]
    select: str
    joins: str
    slots: tuple[Slot, ...]
    sets: tuple[Field, ...]
    named: tuple[Field, ...]
    functions: tuple[Field, ...]
    with_names: bool = True


_plans: dict[tuple[Any, ...], Plan] = {}


def plan_for(call: Call, names: Any, load: Any = CLASSIC) -> Plan:
    """The plan for some fields, or for all that the actor may see when none are named.

    `load` is the wire's own word; `EXACT` is for pages, which want amounts, days and moments as the database has them.
    """
    exposure = call.exposure
    wanted = _checked(call, names) if names else _all(call)
    way = (load in NAMED, load == EXACT)
    key = (exposure, wanted, call.language, *way)
    plan = _plans.get(key)
    if plan is None:
        if len(_plans) >= KEEP_AT_MOST:
            _plans.clear()
        plan = _plans[key] = _made(call, wanted, *way)
    return plan


def _checked(call: Call, names: Any) -> tuple[str, ...]:
    """The fields that a client names, each of which must exist and be visible."""
    if isinstance(names, str):
        names = [names]
    if not isinstance(names, list | tuple | dict):
        raise type_error(f"{type(names).__name__!r} object is not iterable")
    fields = call.exposure.fields
    for name in names:
        field = fields.get(name) if isinstance(name, str) else None
        if field is None:
            raise value_error(f"Invalid field {name!r} on {call.exposure.name!r}")
        if field.permission:
            visible_field(call, call.exposure, field)
    return tuple(dict.fromkeys(("id", *names)))


def _all(call: Call) -> tuple[str, ...]:
    return tuple(name for name, field in call.exposure.fields.items() if call.may(field))


class _Select:
    """A SELECT list being written."""

    def __init__(self, frame: Frame, *, is_exact: bool) -> None:
        self.frame = frame
        self.is_exact = is_exact
        self.columns: list[str] = []
        self.slots: list[Slot] = []
        self.named: list[Field] = []

    def add(self, field: Field, *, with_names: bool) -> None:
        """Fetch a field."""
        sql = self.frame.expand(field.sql or "NULL")
        if self.is_exact and field.type in UNLIKE:
            self.slots.append(Slot(field.name, self._column(sql)))
            return
        at = self._column(fetched(field, sql))
        if field.type != "many2one" or not with_names:
            self.slots.append(Slot(field.name, at, finish=finish(field)))
            return
        display = self._display(field)
        if display is None:
            self.named.append(field)
        self.slots.append(
            Slot(field.name, at, self._column(display) if display else 0, finish(field))
        )

    def _column(self, sql: str) -> int:
        self.columns.append(sql)
        return len(self.columns) - 1

    def _display(self, field: Field) -> str | None:
        """The name of the row at the end of a link, joined; None when it has to be looked up by itself."""
        target = registry.find(field.relation)
        if target is None or not field.python or not isinstance(target.source, ModelSource):
            return None
        return self.frame.expand(
            PLACE.sub(lambda place: f"{{{field.python}.{place[1]}}}", target.display)
        )


def _made(call: Call, wanted: tuple[str, ...], with_names: bool, is_exact: bool) -> Plan:
    exposure: Exposure = call.exposure
    fields = [exposure.fields[name] for name in wanted]
    select = _Select(frame_of(call, exposure, Statement(call.language)), is_exact=is_exact)
    select.frame.prefix = "p"
    for field in fields:
        if field.sql is not None:
            select.add(field, with_names=with_names)
    return Plan(
        names=wanted,
        select=", ".join(select.columns),
        joins=" ".join(text for _alias, text in select.frame.joins.values()),
        slots=tuple(select.slots),
        sets=tuple(field for field in fields if field.link is not None),
        named=tuple(select.named),
        functions=tuple(field for field in fields if field.function is not None),
        with_names=with_names,
    )
