"""Figures of rows by what stands at the side and on top of a table, with totals at every level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Refused
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.fields import DATES, Field
from rpc.grouping import periods
from rpc.grouping.sets import Cell, Level, cells
from web.screens import domains
from web.screens.asked import UnreadableLink
from web.screens.measures import Measure

MOST_CELLS = 3_000
MOMENT = "%Y-%m-%d %H:%M:%S"
Path = tuple[Any, ...]
"""The way to a head: the key of each level, from the outside inwards."""


class TooManyFigures(Refused):
    """A table or a picture would be larger than anybody reads."""

    code = "too_many_figures"
    message = gettext_lazy(
        "There are more than %(most)s figures here. Filter first, or group by less."
    )


@dataclass(frozen=True)
class Axis:
    """One side of a table: the levels open for all heads, those opened one by one, and the heads turned over."""

    levels: tuple[str, ...] = ()
    nexts: tuple[str, ...] = ()
    turned: frozenset[Path] = frozenset()

    @property
    def specs(self) -> tuple[str, ...]:
        """All levels."""
        return self.levels + self.nexts

    def is_open(self, path: Path) -> bool:
        """Whether the heads below a head are shown."""
        if len(path) >= len(self.specs):
            return False
        return (len(path) < len(self.levels)) != (path in self.turned)

    @property
    def opened(self) -> list[Path]:
        """The heads that were opened one by one."""
        return sorted(
            (path for path in self.turned if len(self.levels) <= len(path) < len(self.specs)),
            key=lambda path: (len(path), str(path)),
        )

    @property
    def depth(self) -> int:
        """How many levels have to be read for the heads that are opened one by one."""
        return max((len(path) + 1 for path in self.opened), default=0)


@dataclass(frozen=True)
class Part:
    """What one statement reads of an axis: its levels, and the condition that narrows it to the heads opened."""

    levels: list[Level]
    domain: list[Any] = field(default_factory=list)


class Cube:
    """The figures. Asks the database with at most four statements, whatever is opened."""

    def __init__(
        self,
        call: Call,
        domain: Sequence[Any],
        rows: Axis,
        columns: Axis,
        measures: Sequence[Measure],
    ) -> None:
        self.call = call
        self.domain = domain
        self.rows, self.columns = rows, columns
        self.measures = measures
        self.labels: dict[tuple[str, Any], str] = {}
        self.heads: dict[str, dict[Path, dict[Path, None]]] = {"row": {}, "column": {}}

    @cached_property
    def figures(self) -> Mapping[tuple[Path, Path], dict[str, dict[int | None, Decimal]]]:
        """What each measure comes to, by currency, for the way to a row and the way to a column."""
        found: dict[tuple[Path, Path], dict[str, dict[int | None, Decimal]]] = {}
        for rows in self._parts(self.rows):
            for columns in self._parts(self.columns):
                for one, cell in self._read(rows, columns):
                    at = (self._path(one[0], cell), self._path(one[1], cell))
                    self._keep(found.setdefault(at, {}), one, cell)
                    self._head(at)
        return found

    def _parts(self, axis: Axis) -> list[Part]:
        """What has to be read of an axis: its open levels for all heads, the others for those opened one by one."""
        wide = len(axis.levels)
        found = [Part([axis.specs[:length] for length in range(wide + 1)])]
        roots = [path for path in axis.opened if len(path) == wide]
        if roots:
            narrow = [axis.specs[:length] for length in range(wide + 1, axis.depth + 1)]
            found.append(Part(narrow, domains.either(self.condition(axis, one) for one in roots)))
        return found

    def _read(self, rows: Part, columns: Part) -> Iterable[tuple[tuple[Level, Level, str], Cell]]:
        """Run one statement; each group comes with its levels, and the currency that it is apart by."""
        wanted: dict[Level, list[tuple[Level, Level, str]]] = {}
        for row in rows.levels:
            for column in columns.levels:
                for currency in dict.fromkeys(["", *(one.currency for one in self.measures)]):
                    level = tuple(dict.fromkeys([*row, *column, *([currency] if currency else [])]))
                    wanted.setdefault(level, []).append((row, column, currency))
        domain = domains.every([self.domain, rows.domain, columns.domain])
        specs = [one.spec for one in self.measures]
        found = cells(self.call, parse(domain), wanted, specs, MOST_CELLS + 1)
        if len(found) > MOST_CELLS:
            raise TooManyFigures(most=MOST_CELLS)
        return [(one, cell) for cell in found for one in wanted[cell.level]]

    def _path(self, level: Level, cell: Cell) -> Path:
        return tuple(self._key(spec, cell.values[spec]) for spec in level)

    def _key(self, spec: str, value: Any) -> Any:
        """The key of a value; what it is called is kept."""
        field = self.call.exposure.fields[spec.partition(":")[0]]
        key, label = value if isinstance(value, list) else (value, value)
        if (spec, key) not in self.labels:
            self.labels[spec, key] = _label(field, key, label)
        return key

    def _keep(
        self,
        kept: dict[str, dict[int | None, Decimal]],
        one: tuple[Level, Level, str],
        cell: Cell,
    ) -> None:
        _row, _column, currency = one
        at = self._key(currency, cell.values[currency]) or None if currency else None
        for measure in self.measures:
            if measure.currency == currency:
                sums = measure.sums(cell.figures[measure.spec], at)
                kept.setdefault(measure.spec, {}).update(sums)

    def _head(self, at: tuple[Path, Path]) -> None:
        for side, path, other in (("row", at[0], at[1]), ("column", at[1], at[0])):
            if path and not other:
                self.heads[side].setdefault(path[:-1], {})[path] = None

    def below(self, side: str, path: Path) -> list[Path]:
        """The heads below a head, in order."""
        self.read()
        return list(self.heads[side].get(path, ()))

    def read(self) -> None:
        """Ask the database, once."""
        _figures = self.figures

    def label(self, axis: Axis, path: Path) -> str:
        """What a head is called."""
        return self.labels[axis.specs[len(path) - 1], path[-1]] if path else _("Total")

    def named(self, axis: Axis, path: Path) -> str:
        """What a head that an address names is called; nothing where there is no such head."""
        known = not path or (
            len(path) <= len(axis.specs) and (axis.specs[len(path) - 1], path[-1]) in self.labels
        )
        return self.label(axis, path) if known else ""

    def condition(self, axis: Axis, path: Path) -> list[Any]:
        """The domain of the rows of a head."""
        return domains.every(
            condition(self.call, spec, key) for spec, key in zip(axis.specs, path, strict=False)
        )


def condition(call: Call, spec: str, key: Any) -> list[Any]:
    """The domain of the rows that share a key. Refuses with `UnreadableLink` a key that cannot be one."""
    name, _colon, period = spec.partition(":")
    field = call.exposure.fields[name]
    if key is False and field.is_set:
        return [[name, "not any", []]]
    if field.type not in DATES or key is False:
        return [[name, "=", key]]
    zone = call.zone if field.type == "datetime" else None
    start = start_of(key, zone)
    after = periods.wire(periods.end(start, period), zone)
    return [[name, ">=", key], [name, "<", after]]


def start_of(key: Any, zone: ZoneInfo | None) -> date:
    """The local beginning of a period, of its key. Refuses with `UnreadableLink`."""
    try:
        if zone is None:
            return date.fromisoformat(key)
        moment = datetime.strptime(key, MOMENT).replace(tzinfo=UTC)
        return moment.astimezone(zone).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError):
        raise UnreadableLink(what=_("a period in it is damaged")) from None


def in_zone(call: Call) -> Call:
    """The call with the reader's days and months."""
    return Call(call.exposure, call.actor, {**call.context, "tz": str(call.zone)})


def _label(field: Field, key: Any, label: Any) -> str:
    """What the rows of a group share, in words."""
    if field.type == "boolean":
        return _("Yes") if key else _("No")
    if key is False:
        return _("None")
    if field.type == "selection":
        return str(dict(field.selection()).get(key, key))
    return str(label)
