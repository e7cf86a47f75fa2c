"""What rows are grouped by: a field, a path, a date cut to a period or to a number."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from rpc import access, registry
from rpc.context import known_zone, locale_of
from rpc.faults import value_error
from rpc.fields import DATES, NUMBERS, Field
from rpc.grouping import periods
from rpc.sql.where import PARTS, Where, date_part, known_name, not_stored

UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that rows are grouped by."""

    spec: str
    path: str
    field: Field
    granularity: str
    sql: str
    zone: ZoneInfo | None

    @property
    def is_period(self) -> bool:
        """Whether its values are stretches of time."""
        return self.granularity in periods.STEPS

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers cut out of dates."""
        return self.granularity in PARTS


class Tables:
    """The frame that is grouped, and what has to be joined for the terms."""

    def __init__(self, where: Where) -> None:
        self.where = where
        self.joined: list[str] = []

    def sql(self) -> str:
        """The FROM clause."""
        return " ".join((self.where.frame.tables(), *self.joined))

    def term(self, spec: Any, default: str = "") -> Term:
        """Work out one term. Raises the contract's ValueError."""
        if not isinstance(spec, str):
            raise value_error(f"Invalid groupby specification {spec!r}")
        path, _colon, granularity = spec.partition(":")
        field, expression = self._reach(self.where, path)
        if field.type in DATES:
            granularity = granularity or default
            if not granularity:
                raise value_error(f"Granularity not set on a date(time) field: {path!r}")
            expression = self._cut(field, expression, granularity)
        elif granularity:
            raise value_error(f"Granularity set on a no-datetime field or property: {spec!r}")
        elif field.is_text:
            expression = f"NULLIF({expression}, '')"
        elif field.type == "boolean" and field.nullable:
            expression = f"COALESCE({expression}, FALSE)"
        elif field.type in NUMBERS and field.nullable and "." not in path:
            expression = f"COALESCE({expression}, 0)"
        zone = self._zone() if field.type == "datetime" else None
        return Term(spec, path, field, granularity, expression, zone)

    def _reach(self, where: Where, path: str) -> tuple[Field, str]:
        """The field at the end of a path, with its SQL; rows on the way count only if the actor sees them."""
        name, dot, rest = path.partition(".")
        field = where.exposure.fields.get(name)
        if field is None:
            raise value_error(f"Invalid field {name!r} on model {where.exposure.name!r}")
        access.visible_field(where.call, where.exposure, field)
        if not field.groupable:
            raise not_stored(where.exposure, field)
        if not dot and not field.is_set:
            return field, where.expression(field)
        inner = self._opened(where, field)
        if dot:
            found, expression = self._reach(inner, rest)
        else:
            found, expression = field, inner.frame.column("pk")
        self._join(where, field, inner)
        return found, expression

    def _opened(self, where: Where, field: Field) -> Where:
        target = registry.find(field.relation) if field.is_relation else None
        if target is None:
            raise value_error(f"Invalid field property on {where.exposure.name}.{field.name}")
        return where.open(target)

    def _join(self, where: Where, field: Field, inner: Where) -> None:
        """Join the rows that a field leads to; those hidden from the actor are as if there were none."""
        pk = inner.frame.column("pk")
        scope = access.scope(where.call, inner.exposure, inner.frame)
        visible = f" AND {scope}" if scope else ""
        tables = inner.frame.nested()
        if field.link is None:
            self.joined.insert(
                0, f"LEFT JOIN {tables} ON {pk} = {where.expression(field)}{visible}"
            )
            return
        owner = where.frame.expand(field.link.owner)
        near = f"{inner.frame.alias}_l"
        inside = (
            f"{field.link.table} {near} JOIN {tables} ON {pk} = {near}.{field.link.far}{visible}"
        )
        self.joined.insert(0, f"LEFT JOIN ({inside}) ON {near}.{field.link.near} = {owner}")

    def _cut(self, field: Field, expression: str, granularity: str) -> str:
        call = self.where.call
        if granularity in PARTS:
            return date_part(field, expression, granularity, call, zone=self._zone())
        if granularity not in periods.STEPS:
            known = ", ".join([*periods.STEPS, *PARTS])
            raise value_error(
                f"Error when processing the granularity {granularity}. Only {known} are supported"
            )
        if field.type == "datetime":
            expression = f"({expression}) AT TIME ZONE {known_name(self._zone())}"
        else:
            expression = f"({expression})::timestamp"
        return periods.truncated(expression, granularity, locale_of(call.language))

    def _zone(self) -> ZoneInfo:
        """Grouping cuts moments in the context's zone only."""
        return known_zone(self.where.call.context.get("tz")) or UTC
