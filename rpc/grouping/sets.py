"""Several groupings of the same rows in one statement, with figures that are exact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from base.prepared import rows
from rpc.context import Call
from rpc.domains.parse import Node
from rpc.faults import value_error
from rpc.grouping import figures
from rpc.grouping.groups import Grouping, Naming
from rpc.grouping.terms import Term

Level = tuple[str, ...]
"""What a grouping is by: some of the terms, in the order they were given."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of one grouping: its values by term as the wire shows them, and its figures by name."""

    level: Level
    values: dict[str, Any]
    figures: dict[str, Any]


def cells(
    call: Call,
    node: Node,
    levels: Iterable[Level],
    measures: Sequence[str],
    limit: int,
) -> list[Cell]:
    """The groups of every level, at most `limit` from a statement, in the order of what they are grouped by.

    One statement, and another one for each combination of sets that levels are grouped by: a row in two tags must not
    count twice where nothing asks for its tags. Raises the contract's errors.
    """
    fields = call.exposure.fields
    found: list[Cell] = []
    apart: dict[Level, list[Level]] = {}
    for level in dict.fromkeys(levels):
        sets = tuple(spec for spec in level if (one := fields.get(spec)) and one.is_set)
        apart.setdefault(sets, []).append(level)
    for together in apart.values():
        found += _Sets(call, node, together, measures).cells(limit)
    return found


class _Sets(Grouping):
    """Levels that one statement can answer."""

    def __init__(
        self, call: Call, node: Node, levels: list[Level], measures: Sequence[str]
    ) -> None:
        super().__init__(call, node)
        self.levels = levels
        self.specs = list(dict.fromkeys(spec for level in levels for spec in level))
        self.terms: list[Term] = [self.tables.term(spec) for spec in self.specs]
        self.measures = list(measures)
        self._measured = [self._measure(one) for one in measures]

    def _measure(self, spec: str) -> tuple[str, str]:
        """The operand of a figure, and what is done with it."""
        if spec == "__count":
            return "1", "count({})"
        name, _colon, function = spec.partition(":")
        if function not in figures.ADDS_UP | {"min", "max"}:
            raise value_error(f"Invalid aggregate method {function!r} for {spec!r}.")
        figures.figure(self.where, spec, name, function)
        return self.where.expression(self.where.exposure.fields[name]), figures.SQL[function]

    def cells(self, limit: int) -> list[Cell]:
        """Run it."""
        naming = Naming(self)
        width, height = len(self.terms), len(self.measures)
        shown = [f"g.g{i}" for i in range(width)]
        shown += ["g.mask", *(f"g.a{i}" for i in range(height)), *naming.names]
        order = ", ".join([*(naming.order(i, "ASC") for i in range(width)), *shown[: width + 1]])
        sql = f"SELECT {', '.join(shown)} FROM ({self._grouped()}) g {' '.join(naming.joined)}"
        sql += f" ORDER BY {order} LIMIT {self.statement.bind(limit)}"
        masks = {self._mask(level): level for level in self.levels}
        return [
            self._cell(row, masks[row[width]], naming) for row in rows(sql, self.statement.values)
        ]

    def _grouped(self) -> str:
        terms = [f"g{i}" for i in range(len(self.terms))]
        made = [f"{how.format(f'v{i}')} AS a{i}" for i, (_what, how) in enumerate(self._measured)]
        mask = f"GROUPING({', '.join(terms)})" if terms else "0"
        sets = ", ".join(
            f"({', '.join(terms[self.specs.index(spec)] for spec in level)})"
            for level in self.levels
        )
        selected = ", ".join([*terms, f"{mask} AS mask", *made])
        return f"SELECT {selected} FROM ({self._rows()}) r GROUP BY GROUPING SETS ({sets})"

    def _rows(self) -> str:
        terms = [f"{term.sql} AS g{i}" for i, term in enumerate(self.terms)]
        values = [f"{what} AS v{i}" for i, (what, _how) in enumerate(self._measured)]
        sql = f"SELECT {', '.join([*terms, *values])} FROM {self.tables.sql()}"
        return f"{sql} WHERE {self.conditions}" if self.conditions else sql

    def _mask(self, level: Level) -> int:
        """What GROUPING answers for a level: a bit for each term that it is not grouped by."""
        bits = ["0" if spec in level else "1" for spec in self.specs]
        return int("".join(bits) or "0", 2)

    def _cell(self, row: tuple[Any, ...], level: Level, naming: Naming) -> Cell:
        width, height = len(self.terms), len(self.measures)
        names = row[width + 1 + height :]
        values = {
            term.spec: self._value(term, row[i], naming.named(i, names))
            for i, term in enumerate(self.terms)
            if term.spec in level
        }
        return Cell(level, values, dict(zip(self.measures, row[width + 1 :][:height], strict=True)))
