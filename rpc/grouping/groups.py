"""The groups themselves: one statement that groups, names and orders; one row of the wire for each group."""

import re
from dataclasses import dataclass
from typing import Any

from base.prepared import rows
from rpc import access, registry
from rpc.context import Call, locale_of
from rpc.domains.parse import Leaf, Node, parse
from rpc.faults import user_error, value_error
from rpc.fields import Field
from rpc.grouping import periods
from rpc.grouping.figures import Figure
from rpc.grouping.terms import Tables, Term
from rpc.reading.orders import FLIP, own_order
from rpc.reading.rows import counted
from rpc.sql.operators import Operand
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of, tree

ORDER = re.compile(
    r"\s*([A-Za-z_][\w.:]*)(?:\s+(asc|desc))?(?:\s+(nulls\s+(?:first|last)))?\s*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Group:
    """One group: the value of each term as the wire shows it, its beginning if it is a period, and the figures."""

    values: list[Any]
    starts: list[Any]
    figures: list[Any]


class Grouping:
    """A grouping being written."""

    def __init__(self, call: Call, node: Node) -> None:
        access.require(call, "read")
        self.call = call
        self.statement = Statement(call.language)
        self.where = Where(
            call, call.exposure, frame_of(call, call.exposure, self.statement), seeks=True
        )
        self.conditions = self.where.conditions(node, active_test=call.active_test)
        self.tables = Tables(self.where)
        self.terms: list[Term] = []
        self.figures: list[Figure] = []

    def groups(
        self, *, having: Any = (), order: Any = None, limit: Any = None, offset: Any = 0
    ) -> list[Group]:
        """Run it."""
        naming = Naming(self)
        conditions = self._having(having)
        ordered = self._order(order, naming)
        columns = [f"g.g{i}" for i in range(len(self.terms))] + [
            f"g.a{i}" for i in range(len(self.figures))
        ]
        sql = f"SELECT {', '.join([*columns, *naming.names])} FROM ({self._inner()}) g {' '.join(naming.joined)}"
        sql += f" WHERE {conditions}" if conditions else ""
        sql += f" ORDER BY {ordered}" if ordered else ""
        if number := counted(limit):
            sql += f" LIMIT {self.statement.bind(number)}"
        if number := counted(offset):
            sql += f" OFFSET {self.statement.bind(number)}"
        return [self._group(row, naming) for row in rows(sql, self.statement.values)]

    def _inner(self) -> str:
        terms = [f"{term.sql} AS g{i}" for i, term in enumerate(self.terms)]
        figures = [f"{one.sql} AS a{i}" for i, one in enumerate(self.figures)]
        selected = ", ".join([*terms, *figures]) or "count(*) AS nothing"
        sql = f"SELECT {selected} FROM {self.tables.sql()}"
        sql += f" WHERE {self.conditions}" if self.conditions else ""
        if self.terms:
            sql += f" GROUP BY {', '.join(str(i + 1) for i in range(len(self.terms)))}"
        return sql

    def _having(self, having: Any) -> str:
        if not having:
            return ""
        return _Having(self).sql(parse(having))

    def _order(self, order: Any, naming: "Naming") -> str:
        if not order:
            return ", ".join(naming.order(i, "ASC") for i in range(len(self.terms)))
        if not isinstance(order, str):
            raise user_error(f'Invalid "order" specified ({order})')
        found = []
        for text in order.split(","):
            match = ORDER.match(text)
            if match is None:
                raise user_error(f'Invalid "order" specified ({order})')
            nulls = f" {' '.join(match[3].upper().split())}" if match[3] else ""
            found.append(
                f"{self._ordered_by(match[1], (match[2] or 'ASC').upper(), naming)}{nulls}"
            )
        ends = [f"g.g{i}" for i in range(len(self.terms))]
        return ", ".join([*found, *ends])

    def _ordered_by(self, name: str, direction: str, naming: "Naming") -> str:
        for i, term in enumerate(self.terms):
            if name in {term.spec, term.path}:
                return naming.order(i, direction)
        for i, one in enumerate(self.figures):
            if name in {one.key, one.key.partition(":")[0]} or (
                name.endswith("_count") and one.key == "__count"
            ):
                return f"g.a{i} {direction}"
        raise value_error(f"Order term {name!r} is neither a group nor an aggregate")

    def _group(self, row: tuple[Any, ...], naming: "Naming") -> Group:
        width, count = len(self.terms), len(self.figures)
        names = row[width + count :]
        values = [
            self._value(term, row[i], naming.named(i, names)) for i, term in enumerate(self.terms)
        ]
        figures = [one.value(row[width + i]) for i, one in enumerate(self.figures)]
        return Group(values, list(row[:width]), figures)

    def _value(self, term: Term, value: Any, name: Any) -> Any:
        if value is None:
            return False
        if term.is_period:
            start = value if term.zone else value.date()
            return [
                periods.wire(start, term.zone),
                periods.label(start, term.granularity, locale_of(self.call.language)),
            ]
        if term.is_number:
            return float(value)
        if term.field.is_relation:
            return [value, name]
        return term.field.to_wire.get(
            value, float(value) if term.field.type in {"float", "monetary"} else value
        )


class Naming:
    """Names and orders of the rows that groups stand for, joined to the groups when they are few already."""

    def __init__(self, grouping: Grouping) -> None:
        self.joined: list[str] = []
        self.names: list[str] = []
        self._at: dict[int, int] = {}
        self._orders: dict[int, dict[str, list[str]]] = {}
        for i, term in enumerate(grouping.terms):
            self._add(grouping, i, term)

    def named(self, i: int, names: tuple[Any, ...]) -> Any:
        """The name of a group's row."""
        return names[self._at[i]] if i in self._at else None

    def order(self, i: int, direction: str) -> str:
        """How groups are ordered by a term: as the rows they stand for are."""
        return ", ".join(self._orders[i][direction]) if i in self._orders else f"g.g{i} {direction}"

    def _add(self, grouping: Grouping, i: int, term: Term) -> None:
        target = registry.find(term.field.relation) if term.field.is_relation else None
        if target is None:
            return
        frame = frame_of(grouping.call, target, grouping.statement)
        self._at[i] = len(self.names)
        self.names.append(frame.expand(target.display))
        self._orders[i] = {way: [str(one) for one in own_order(target, way, frame)] for way in FLIP}
        self.joined.append(f"LEFT JOIN {frame.nested()} ON {frame.column('pk')} = g.g{i}")


class _Having:
    """Conditions on figures."""

    def __init__(self, grouping: Grouping) -> None:
        self.grouping = grouping

    def sql(self, node: Node) -> str:
        """The condition of a node."""
        return tree(node, self._leaf)

    def _leaf(self, leaf: Leaf) -> str:
        for i, one in enumerate(self.grouping.figures):
            if one.key == leaf.path:
                number = Field(name=leaf.path, type="float", label="")
                operand = Operand(number, f"g.a{i}", self.grouping.statement, self.grouping.call)
                return operand.condition(leaf.operator, leaf.value)
        raise value_error(f"Invalid having clause {leaf.path!r}: it names no aggregate")
