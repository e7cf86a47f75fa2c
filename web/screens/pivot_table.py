"""The table that a pivot draws: heads above and at the side, with a figure for each measure where they meet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from base.models import Currency
from web.screens.cubes import Axis, Cube, Path
from web.screens.domains import every
from web.screens.measures import Measure, Sums, currencies
from web.screens.pivots import Pivoting, written


@dataclass(frozen=True)
class Head:
    """One head: what it says, how far it reaches, and where it leads when opened or closed."""

    path: Path
    label: str
    url: str
    key: str
    is_open: bool = False
    is_total: bool = False
    across: int = 1
    down: int = 1

    @property
    def depth(self) -> int:
        """How far it is set in."""
        return max(0, len(self.path) - 1)


@dataclass(frozen=True)
class Column:
    """A column of figures: the way to its head, and its measure."""

    path: Path
    measure: Measure
    is_total: bool
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Figure:
    """Where a row and a column meet: a line for each currency, and where the rows behind it are."""

    lines: list[str]
    url: str
    sums: Sums
    is_total: bool


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    head: Head
    figures: list[Figure] = field(default_factory=list)


class Table:
    """A pivot drawn."""

    def __init__(self, pivot: Pivoting, cube: Cube) -> None:
        self.pivot, self.cube = pivot, cube

    @cached_property
    def leaves(self) -> list[tuple[Path, bool]]:
        """The columns from left to right without their measures: the way to each, and whether it is a total."""
        return list(self._leaves(()))

    def _leaves(self, path: Path) -> Iterator[tuple[Path, bool]]:
        below = self._below("column", path)
        if not below:
            yield path, not path
            return
        for one in below:
            yield from self._leaves(one)
        if len(below) > 1 or not path:
            yield path, True

    def _below(self, side: str, path: Path) -> list[Path]:
        return self.cube.below(side, path) if self.pivot.axis(side).is_open(path) else []

    @cached_property
    def height(self) -> int:
        """How many lines of heads there are above the measures."""
        return max([1, *(len(path) for path, is_total in self.leaves if not is_total)])

    @cached_property
    def tops(self) -> list[list[Head]]:
        """The lines of heads above, from the outermost."""
        found: list[list[Head]] = [[] for _line in range(self.height)]
        self._top((), found)
        return found

    def _top(self, path: Path, found: list[list[Head]]) -> int:
        """Put the heads below a head in place; answers how many columns it reaches across."""
        width = len(self.pivot.measures)
        below = self._below("column", path)
        if not below:
            if not path:
                found[0].append(self._head("column", (), across=width, down=self.height))
            return width
        across = 0
        for one in below:
            reach = self._top(one, found)
            down = 1 if self._below("column", one) else self.height - len(path)
            head = self._head("column", one, across=reach, down=down)
            found[len(path)].append(head)
            across += reach
        if len(below) > 1 or not path:
            down = self.height - len(path)
            total = self._head("column", path, across=width, down=down, is_total=True)
            found[len(path)].append(total)
            across += width
        return across

    def _head(
        self, side: str, path: Path, across: int = 1, down: int = 1, *, is_total: bool = False
    ) -> Head:
        axis = self.pivot.axis(side)
        root = is_total or not path
        label = self.cube.label(axis, () if root else path)
        is_mute = is_total and bool(path)
        is_open = axis.is_open(path)
        url = "" if is_mute else self._turn(side, axis, path, is_open=is_open)
        return Head(path, label, url, written(path), is_open, root, across, down)

    def _turn(self, side: str, axis: Axis, path: Path, *, is_open: bool) -> str:
        """Where a head leads that is opened or closed: the last level asks first by what it shall be opened."""
        if is_open or len(path) < len(axis.specs):
            return self.pivot.turned(side, path).url()
        return self.pivot.url(menu=side, menu_at=written(path))

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of figures, with the addresses that sort by them."""
        order, at = self.pivot.order, self.pivot.order_at
        found = []
        for path, is_total in self.leaves:
            for one in self.pivot.measures:
                is_sorted = order.removeprefix("-") == one.spec and path == at
                way = "descending" if order.startswith("-") else "ascending"
                url = self.pivot.ordered(one, path).url()
                found.append(Column(path, one, is_total, url, way if is_sorted else ""))
        return found

    @cached_property
    def lines(self) -> list[Line]:
        """The rows from the top, those below a head after it, without the total."""
        return [self._line(path) for path in self._walk(())]

    @cached_property
    def total(self) -> Line:
        """The row of totals."""
        return self._line(())

    def _walk(self, path: Path) -> Iterator[Path]:
        below = self._below("row", path)
        if self.pivot.order:
            below = self._sorted(below)
        for one in below:
            yield one
            yield from self._walk(one)

    def _sorted(self, paths: list[Path]) -> list[Path]:
        spec, at = self.pivot.order.removeprefix("-"), self.pivot.order_at
        is_down = self.pivot.order.startswith("-")

        def value(path: Path) -> Decimal | None:
            sums = self.cube.figures.get((path, at), {}).get(spec, {})
            return sums[min(sums, key=lambda key: key or 0)] if sums else None

        filled = [path for path in paths if value(path) is not None]
        filled.sort(key=lambda path: value(path) or Decimal(0), reverse=is_down)
        return [*filled, *(path for path in paths if value(path) is None)]

    def _line(self, path: Path) -> Line:
        return Line(self._head("row", path), [self._figure(path, one) for one in self.columns])

    def _figure(self, path: Path, column: Column) -> Figure:
        sums = self.cube.figures.get((path, column.path), {}).get(column.measure.spec, {})
        if not sums:
            return Figure([], "", sums, column.is_total)
        return Figure(
            column.measure.written(sums, self.currencies),
            self._behind(path, column.path),
            sums,
            column.is_total,
        )

    def _behind(self, row: Path, column: Path) -> str:
        domain = every([self._condition("row", row), self._condition("column", column)])
        return self.pivot.rows_url(domain)

    def _condition(self, side: str, path: Path) -> list[object]:
        known = self._conditions
        if (side, path) not in known:
            known[side, path] = self.cube.condition(self.pivot.axis(side), path)
        return known[side, path]

    @cached_property
    def _conditions(self) -> dict[tuple[str, Path], list[object]]:
        return {}

    @cached_property
    def currencies(self) -> Mapping[int, Currency]:
        """The currencies of all figures. One query, or none."""
        found = self.cube.figures.values()
        return currencies(sums for cell in found for sums in cell.values())

    @property
    def is_empty(self) -> bool:
        """Whether there are no rows at all to be measured."""
        return not any(figure.lines for figure in self.total.figures) and not self.lines
