"""Pictures of figures: what their address asks for, and the points, series and tables they are drawn from."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from base.models import Currency
from rpc.context import Call, locale_of
from rpc.fields import DATES
from rpc.grouping import periods
from web.screens.asked import Asked, Pairs, UnreadableLink
from web.screens.cubes import Axis, Cube, Path, start_of
from web.screens.domains import every
from web.screens.groupings import declared, grouping
from web.screens.measures import Measure, Sums, currencies, measures

KINDS = ("bar", "line", "pie")
RANKS = ("", "down", "up")
OWN = frozenset(("by", "series", "m", "kind", "stack", "sum_up", "rank", "g", "v"))
MOST_POINTS, MOST_FILLED, MOST_SERIES = 60, 400, 12
ZERO = Decimal(0)


@dataclass(frozen=True)
class Graphing:
    """A graph as its address asks for it, and those that differ from it in one thing."""

    asked: Asked
    by: str
    series: str
    measure: Measure
    kind: str = "bar"
    is_stacked: bool = True
    is_summed_up: bool = False
    rank: str = ""

    def url(self) -> str:
        """Its address."""
        kept = [pair for pair in self.asked.pairs if pair[0] not in OWN]
        said: Pairs = [("v", "graph"), ("by", self.by), ("series", self.series)]
        said += [("m", self.measure.spec), ("kind", self.kind)]
        said += [("stack", "0")] if not self.is_stacked else []
        said += [("sum_up", "1")] if self.is_summed_up else []
        said += [("rank", self.rank)] if self.rank else []
        return self.asked.address([*kept, *said])

    def but(self, **changes: Any) -> str:
        """The address of the one that differs so."""
        return replace(self, **changes).url()

    def rows_url(self, domain: Sequence[Any]) -> str:
        """Where the rows behind a figure are listed."""
        kept = [pair for pair in self.asked.pairs if pair[0] not in OWN | {"sort"}]
        shown = [("d", json.dumps(domain, separators=(",", ":")))] if domain else []
        return self.asked.address([*kept, ("v", "list"), *shown])

    @property
    def can_sum_up(self) -> bool:
        """Whether figures may be added along the line: only sums and numbers of rows add up."""
        return self.measure.function in {"sum", "count"}


def graphing(asked: Asked, call: Call) -> Graphing:
    """The graph that an address asks for. Refuses with `UnreadableLink`."""
    query, graph = asked.query, asked.screen.graph
    first = tuple(asked.groups) or declared(call, (graph.by, graph.series) if graph else ())
    by = grouping(call, query["by"]) if query.get("by") else first[0] if first else ""
    series = query.get("series") if "series" in query else first[1] if len(first) > 1 else ""
    if series:
        series = grouping(call, series) if series != by else ""
    [measure] = measures(call, query.getlist("m")[:1], (graph.measures if graph else ())[:1])
    kind = query.get("kind", graph.kind if graph else "bar")
    rank = query.get("rank", "")
    if kind not in KINDS or rank not in RANKS:
        raise UnreadableLink(what=_("there is no such picture"))
    return Graphing(
        asked,
        by,
        series or "",
        measure,
        kind,
        is_stacked=query.get("stack") != "0",
        is_summed_up=query.get("sum_up") == "1",
        rank=rank,
    )


@dataclass(frozen=True)
class Dot:
    """One figure of a graph: as it is drawn, as it is read, and where its rows are."""

    value: Decimal | None
    text: str
    url: str


@dataclass(frozen=True)
class Series:
    """The figures that belong together, one for each point."""

    label: str
    dots: list[Dot]
    total: str


@dataclass(frozen=True)
class Chart:
    """One picture: all its amounts are of one currency."""

    key: str
    label: str
    points: list[str]
    series: list[Series]
    totals: list[str]
    total: str
    data: Mapping[str, Any]

    @property
    def text(self) -> str:
        """What the script draws, as JSON in an attribute: parts of a page that are swapped carry no script tags."""
        return json.dumps(self.data, separators=(",", ":"))

    @property
    def lines(self) -> Iterator[tuple[str, list[Dot], str]]:
        """The same as the lines of a table: the point, its figures, their total."""
        for place, point in enumerate(self.points):
            yield point, [one.dots[place] for one in self.series], self.totals[place]


class Pictures:
    """The charts of a graph: one for each currency, since amounts of two cannot stand on one scale."""

    def __init__(self, graph: Graphing, cube: Cube) -> None:
        self.graph, self.cube = graph, cube

    @cached_property
    def charts(self) -> list[Chart]:
        """What is drawn, the currency of most figures first; nothing where there are no rows."""
        spec = self.graph.measure.spec
        found = Counter(key for cell in self.cube.figures.values() for key in cell.get(spec, ()))
        keys = sorted(found, key=lambda key: (-found[key], key is None, key or 0))
        return [self._chart(key) for key in keys] if self.cube.below("row", ()) else []

    @cached_property
    def points(self) -> list[Path]:
        """What stands along the axis: empty stretches of time, too; of very many others the largest."""
        found = self.cube.below("row", ()) if self.graph.by else [()]
        if self._is_period:
            found = self._filled(found)
        elif len(found) > MOST_POINTS:
            kept = set(sorted(found, key=self._size, reverse=True)[:MOST_POINTS])
            found = [one for one in found if one in kept]
        if self.graph.rank:
            found = sorted(found, key=self._size, reverse=self.graph.rank == "down")
        return found

    @cached_property
    def heads(self) -> list[Path]:
        """The series; of very many the largest."""
        if not self.graph.series or self.graph.kind == "pie":
            return [()]
        found = self.cube.below("column", ())
        if len(found) > MOST_SERIES:
            totals = {one: self._value((), one) for one in found}
            kept = set(sorted(found, key=lambda one: totals[one], reverse=True)[:MOST_SERIES])
            found = [one for one in found if one in kept]
        return found

    @property
    def left_out(self) -> int:
        """How many points and series are not drawn."""
        points = 0 if self._is_period else len(self.cube.below("row", ())) - len(self.points)
        below = self.cube.below("column", ()) if self.heads != [()] else []
        return max(0, points) + max(0, len(below) - len(self.heads))

    def _size(self, path: Path) -> Decimal:
        return self._value(path, ())

    def _value(self, row: Path, column: Path) -> Decimal:
        sums = self._sums(row, column)
        return sum((abs(value) for value in sums.values()), ZERO)

    def _sums(self, row: Path, column: Path) -> Sums:
        return self.cube.figures.get((row, column), {}).get(self.graph.measure.spec, {})

    @property
    def _is_period(self) -> bool:
        name = self.graph.by.partition(":")[0]
        return bool(name) and self.cube.call.exposure.fields[name].type in DATES

    def _filled(self, paths: list[Path]) -> list[Path]:
        """The periods from the first to the last, those without rows between them."""
        name, _colon, period = self.graph.by.partition(":")
        known = [path for path in paths if path != (False,)]
        if len(known) < 2:
            return paths
        is_moment = self.cube.call.exposure.fields[name].type == "datetime"
        zone = self.cube.call.zone if is_moment else None
        at, last = start_of(known[0][0], zone), start_of(known[-1][0], zone)
        found: list[Path] = []
        while at <= last:
            key = periods.wire(at, zone)
            label = periods.label(at, period, locale_of(self.cube.call.language))
            self.cube.labels.setdefault((self.graph.by, key), label)
            found.append((key,))
            at = periods.end(at, period)
            if len(found) > MOST_FILLED:
                return paths
        return [*found, *(path for path in paths if path == (False,))]

    @cached_property
    def currencies(self) -> Mapping[int, Currency]:
        """The currencies of all figures. One query, or none."""
        cells = self.cube.figures.values()
        return currencies(sums for cell in cells for sums in cell.values())

    def _chart(self, currency: int | None) -> Chart:
        series = [self._series(head, currency) for head in self.heads]
        points = [self.cube.label(self.cube.rows, path) for path in self.points]
        totals = [self._total(path, currency) for path in self.points]
        known = self.currencies.get(currency) if currency else None
        return Chart(
            key=str(currency or 0),
            label=known.code if known else "",
            points=points,
            series=series,
            totals=totals,
            total=self._total((), currency),
            data=self._data(points, series),
        )

    def _series(self, head: Path, currency: int | None) -> Series:
        dots, height = [], ZERO
        for path in self.points:
            value = self._sums(path, head).get(currency)
            if value is None and self.graph.can_sum_up:
                value = ZERO
            height += value or ZERO
            shown = height if self._is_summed_up else value
            text = "" if shown is None else self._text(shown, currency)
            dots.append(Dot(shown, text, self._behind(path, head)))
        label = self.cube.label(self.cube.columns, head) if head else self.graph.measure.label
        return Series(label, dots, self._text(self._sums((), head).get(currency, ZERO), currency))

    @property
    def _is_summed_up(self) -> bool:
        graph = self.graph
        return graph.is_summed_up and graph.can_sum_up and graph.kind == "line"

    def _total(self, row: Path, currency: int | None) -> str:
        return self._text(self._sums(row, ()).get(currency, ZERO), currency)

    def _text(self, value: Decimal, currency: int | None) -> str:
        return self.graph.measure.written({currency: value}, self.currencies)[0]

    def _behind(self, row: Path, column: Path) -> str:
        conditions = [
            self.cube.condition(self.cube.rows, row),
            self.cube.condition(self.cube.columns, column),
        ]
        return self.graph.rows_url(every(conditions))

    def _data(self, points: list[str], series: list[Series]) -> Mapping[str, Any]:
        """What the script draws."""
        return {
            "kind": self.graph.kind,
            "stacked": self.graph.is_stacked,
            "points": points,
            "series": [
                {
                    "label": one.label,
                    "values": [None if dot.value is None else float(dot.value) for dot in one.dots],
                    "texts": [dot.text for dot in one.dots],
                    "urls": [dot.url for dot in one.dots],
                }
                for one in series
            ],
        }


def cube_of(graph: Graphing, call: Call, domain: Sequence[Any]) -> Cube:
    """The figures of a graph."""
    rows = Axis((graph.by,) if graph.by else ())
    columns = Axis((graph.series,) if graph.series and graph.kind != "pie" else ())
    return Cube(call, domain, rows, columns, [graph.measure])
