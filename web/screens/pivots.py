"""What the address of a pivot says: what stands at its sides, which heads are open, what is measured, and the order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from rpc.context import Call
from web.screens.asked import Asked, Pairs, UnreadableLink
from web.screens.cubes import Axis, Path
from web.screens.groupings import MOST_LEVELS, declared, grouping
from web.screens.measures import Measure, measures

SIDES = ("row", "column")
MOST_TURNED, LONGEST_KEY = 60, 200
OWN = frozenset(
    (
        *(f"{side}{what}" for side in SIDES for what in ("", "_next", "_at")),
        *("m", "order", "order_at", "menu", "menu_at", "as", "g"),
    )
)
"""The names in the address that belong to the pivot; the grouping of lists becomes its rows."""


@dataclass(frozen=True)
class Pivoting:
    """A pivot as its address asks for it, and those that differ from it in one thing."""

    asked: Asked
    row: Axis
    column: Axis
    measures: tuple[Measure, ...]
    order: str = ""
    order_at: Path = ()

    def axis(self, side: str) -> Axis:
        """One side."""
        return self.row if side == "row" else self.column

    @property
    def used(self) -> tuple[str, ...]:
        """Everything that it is grouped by."""
        return self.row.specs + self.column.specs

    def pairs(self) -> Pairs:
        """It as the query of an address."""
        found: Pairs = []
        for side in SIDES:
            axis = self.axis(side)
            found += [(side, spec) for spec in axis.levels] or [(side, "")]
            found += [(f"{side}_next", spec) for spec in axis.nexts]
            found += sorted((f"{side}_at", written(path)) for path in axis.turned)
        found += [("m", one.spec) for one in self.measures]
        if self.order:
            found += [("order", self.order), ("order_at", written(self.order_at))]
        return found

    def url(self, **more: str) -> str:
        """Its address."""
        kept = [pair for pair in self.asked.pairs if pair[0] not in OWN and pair[0] != "v"]
        return self.asked.address([*kept, ("v", "pivot"), *self.pairs(), *more.items()])

    def rows_url(self, domain: Sequence[Any]) -> str:
        """Where the rows behind a figure are listed."""
        kept = [pair for pair in self.asked.pairs if pair[0] not in OWN | {"v", "sort"}]
        shown = [("d", json.dumps(domain, separators=(",", ":")))] if domain else []
        return self.asked.address([*kept, ("v", "list"), *shown])

    def on(self, side: str, axis: Axis) -> "Pivoting":
        """The same with another side."""
        one = replace(self, row=axis) if side == "row" else replace(self, column=axis)
        return replace(one, order="", order_at=()) if side == "column" else one

    def turned(self, side: str, path: Path) -> "Pivoting":
        """The same with a head opened that is closed, or closed that is open."""
        axis = self.axis(side)
        return self.on(side, replace(axis, turned=axis.turned ^ {path}))

    def opened_by(self, side: str, path: Path, spec: str) -> "Pivoting":
        """The same with a head of the last level opened by one level more."""
        axis = self.axis(side)
        turned = axis.turned | {path}
        return self.on(side, replace(axis, nexts=(*axis.nexts, spec), turned=turned))

    def with_level(self, side: str, spec: str) -> "Pivoting":
        """The same with one level more, open for all heads."""
        return self.on(side, Axis(levels=(*self.axis(side).specs, spec)))

    def without_level(self, side: str, spec: str) -> "Pivoting":
        """The same without one of its levels."""
        return self.on(
            side, Axis(levels=tuple(one for one in self.axis(side).specs if one != spec))
        )

    def flipped(self) -> "Pivoting":
        """The same with its sides exchanged."""
        return replace(self, row=self.column, column=self.row, order="", order_at=())

    def measuring(self, measure: Measure) -> "Pivoting":
        """The same with a measure more, or less where it is there already; the last one stays."""
        kept = tuple(one for one in self.measures if one.spec != measure.spec)
        if len(kept) == len(self.measures):
            return replace(self, measures=(*kept, measure))
        order = "" if self.order.removeprefix("-") == measure.spec else self.order
        return replace(self, measures=kept or self.measures, order=order)

    def ordered(self, measure: Measure, path: Path) -> "Pivoting":
        """The same sorted by a column: the largest first, then the smallest."""
        is_down = self.order == f"-{measure.spec}" and self.order_at == path
        return replace(self, order=measure.spec if is_down else f"-{measure.spec}", order_at=path)


def pivoting(asked: Asked, call: Call) -> Pivoting:
    """The pivot that an address asks for. Refuses with `UnreadableLink`."""
    query, pivot = asked.query, asked.screen.pivot
    found = measures(call, query.getlist("m"), pivot.measures if pivot else ())
    first = tuple(asked.groups) or declared(call, pivot.rows if pivot else ())
    rows = _axis(asked, call, "row", first)
    columns = _axis(asked, call, "column", declared(call, pivot.columns if pivot else ()))
    kept = tuple(spec for spec in columns.levels if spec not in rows.specs)
    nexts = tuple(spec for spec in columns.nexts if spec not in (*rows.specs, *kept))
    order = query.get("order", "")
    if order.removeprefix("-") not in {one.spec for one in found}:
        order = ""
    order_at = read(query.get("order_at", "[]")) if order else ()
    columns = replace(columns, levels=kept, nexts=nexts)
    return Pivoting(asked, rows, columns, tuple(found), order, order_at)


def _axis(asked: Asked, call: Call, side: str, first: tuple[str, ...]) -> Axis:
    query = asked.query
    named = [spec for spec in query.getlist(side) if spec] if side in query else first
    levels = tuple(dict.fromkeys(grouping(call, spec) for spec in named))
    nexts = tuple(
        spec
        for spec in dict.fromkeys(query.getlist(f"{side}_next"))
        if grouping(call, spec) not in levels
    )
    turned = query.getlist(f"{side}_at")
    if len(levels) + len(nexts) > MOST_LEVELS or len(turned) > MOST_TURNED:
        raise UnreadableLink(what=_("it has too many levels"))
    return Axis(levels, nexts, frozenset(read(text) for text in turned))


def read(text: str) -> Path:
    """The way to a head, of an address. Refuses with `UnreadableLink`."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or len(found) > MOST_LEVELS or not all(map(_is_key, found)):
        raise UnreadableLink(what=_("a head in it is damaged"))
    return tuple(found)


def _is_key(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_KEY and "\x00" not in value
    return value is False or isinstance(value, int | float)


def written(path: Path) -> str:
    """The way to a head, as an address carries it."""
    return json.dumps(path, separators=(",", ":"), ensure_ascii=False)
