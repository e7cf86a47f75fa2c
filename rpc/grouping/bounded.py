"""Groups for people to look at: counted and added up, an amount for each currency, in a time that does not grow with the rows.

Some thousand rows are grouped as they are. Where the database expects more of them, and they are no small part of the
noun, an index leads along the values of the term, and each group is read by itself up to a limit; what a larger group
comes to is not said.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson

from base.prepared import rows
from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import Node
from rpc.grouping import retrieval
from rpc.grouping.groups import Grouping, Naming
from rpc.grouping.walks import Walk, walk_of
from rpc.reading.orders import own_order
from rpc.sql.where import frame_of

READ_ALL, DENSE, VALUES_AT_MOST = 50_000, 0.5, 5_000
KEPT_SECONDS = 600.0
Sums = dict[str, dict[Any, Decimal]]


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its value as the wire shows it, how many rows, what each field comes to by the id of its currency, and
    the domain of its rows. `is_more` says that it has more rows than were counted; their sums are then unknown."""

    value: Any
    count: int
    is_more: bool
    sums: Sums
    domain: list[Any]


def groups(
    call: Call,
    node: Node,
    spec: str,
    summed: Sequence[str],
    *,
    limit: int,
    offset: int,
    counted: int = 0,
) -> list[Group]:
    """A page of groups, in the order of what they are grouped by. With `counted` there are very many rows, and a group may
    be counted so far only. One query; two or three for very many rows."""
    found = _Groups(call, node, spec, summed)
    if counted and found.walk and _are_many(found):
        return found.walked(limit, offset, counted)
    return found.exact(limit, offset)


def _are_many(found: "_Groups") -> bool:
    """Whether the database expects so many rows that an index soon comes upon one of them, wherever it is entered."""
    sql = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {found.tables.sql()}{found.where_clause()}"
    [[plan]] = rows(sql, found.statement.values)
    tree = orjson.loads(plan) if isinstance(plan, str) else plan
    expected = tree[0]["Plan"]["Plan Rows"]
    return bool(expected > READ_ALL and expected > DENSE * _size(found.call.exposure.source))


_sizes: dict[str, tuple[float, float]] = {}


def _size(source: Any) -> float:
    """About how many rows a table has."""
    until, size = _sizes.get(source.table, (0.0, 0.0))
    if until < time.monotonic():
        [[size]] = rows("SELECT reltuples FROM pg_class WHERE oid = $1::regclass", [source.table])
        _sizes[source.table] = time.monotonic() + KEPT_SECONDS, size
    return size


class _Groups(Grouping):
    """A grouping by one term, with sums apart for each currency."""

    def __init__(self, call: Call, node: Node, spec: str, summed: Sequence[str]) -> None:
        super().__init__(call, node)
        fields = call.exposure.fields
        for name in summed:
            access.visible_field(call, call.exposure, fields[name])
        self.summed = list(summed)
        self.currencies = sorted({fields[name].currency for name in summed} & fields.keys())
        self.terms = [self.tables.term(spec)]
        self.inner = [
            f"{self.where.expression(fields[name])} AS c{place}"
            for place, name in enumerate((*self.currencies, *summed))
        ]
        self.naming = Naming(self)
        self.walk = walk_of(self.where, self.terms[0], self._from())

    def exact(self, limit: int, offset: int) -> list[Group]:
        """The groups of all rows."""
        found = self._added(self._found(f"{self.terms[0].sql} AS g0"), "g0")
        found = f"SELECT g0, {self._listed()} FROM ({found}) p GROUP BY g0"
        names = ", ".join(["g.g0", *self._columns("g"), *self.naming.names, "NULL"])
        order = ", ".join((self.naming.order(0, "ASC"), "g.g0"))
        sql = f"SELECT {names} FROM ({found}) g {' '.join(self.naming.joined)} ORDER BY {order}"
        sql += f" LIMIT {self.statement.bind(limit)} OFFSET {self.statement.bind(offset)}"
        return [self._made(row) for row in rows(sql, self.statement.values)]

    def walked(self, limit: int, offset: int, counted: int) -> list[Group]:
        """The groups by their values, each read by itself; those without a value come last."""
        walk = self.walk
        if walk is None:
            return []
        before = min(
            offset, 1
        )  # the group before the page tells whether there is still one without a value
        ends = [self.statement.bind(one) for one in (limit + before, offset - before)]
        end = f"LIMIT {ends[0]} OFFSET {ends[1]}"
        page = self._page_of_links(walk, end) if self.naming.joined else _page(walk, end)
        columns, filled = self._listed_alone(walk.of, counted)
        names = ", ".join(["g.g0", *columns, *self.naming.names, "g.turn"])
        sql = (
            f"WITH RECURSIVE {walk.values(VALUES_AT_MOST)},"
            f" page AS MATERIALIZED (SELECT g0, row_number() OVER () AS turn FROM ({page}) p)"
            f" SELECT {names} FROM page g {' '.join(self.naming.joined)} CROSS JOIN LATERAL ({filled}) f"
            f" WHERE f.n > 0 AND g.turn > {before}"
        )
        if self.terms[0].field.may_be_empty:
            columns, blank = self._listed_alone(f"{self.terms[0].sql} IS NULL", counted)
            names = ", ".join(["NULL", *columns, *("NULL" for _name in self.naming.names), "NULL"])
            sql += f" UNION ALL SELECT {names} FROM ({blank}) f WHERE f.n > 0"
            sql += f" AND (SELECT count(*) FROM page) BETWEEN {before} AND {limit + before - 1}"
        return [
            self._made(row, counted) for row in rows(f"{sql} ORDER BY turn", self.statement.values)
        ]

    def _from(self) -> str:
        """The rows, ready for one condition more."""
        where = f"{self.conditions} AND " if self.conditions else ""
        return f"{self.tables.sql()} WHERE {where}"

    def where_clause(self) -> str:
        """The conditions."""
        return f" WHERE {self.conditions}" if self.conditions else ""

    def _found(self, first: str, *, also: str = "TRUE", most: int = 0) -> str:
        end = f" LIMIT {self.statement.bind(most)}" if most else ""
        return f"SELECT {', '.join((first, *self.inner))} FROM {self._from()}{also}{end}"

    def _added(self, found: str, *keys: str) -> str:
        """Rows counted and added up by some keys and the currencies."""
        width = len(self.currencies)
        by = [*keys, *(f"c{place}" for place in range(width))]
        sums = [f"sum(c{place}) AS s{place}" for place in range(width, len(self.inner))]
        grouped = f" GROUP BY {', '.join(by)}" if by else ""
        return f"SELECT {', '.join((*by, 'count(*) AS n', *sums))} FROM ({found}) r{grouped}"

    def _listed(self) -> str:
        """The counts of a group as one, and its currencies and sums side by side."""
        width = len(self.currencies)
        lists = [f"{'c' if place < width else 's'}{place}" for place in range(len(self.inner))]
        return ", ".join(("sum(n) AS n", *(f"array_agg({name}) AS {name}" for name in lists)))

    def _listed_alone(self, condition: str, counted: int) -> tuple[list[str], str]:
        """What one group comes to, read up to a limit, and its columns."""
        found = self._found("1 AS one", also=condition, most=counted + 1)
        return self._columns("f"), f"SELECT {self._listed()} FROM ({self._added(found)}) p"

    def _columns(self, alias: str) -> list[str]:
        width = len(self.currencies)
        lists = (f"{'c' if place < width else 's'}{place}" for place in range(len(self.inner)))
        return [f"{alias}.{name}" for name in ("n", *lists)]

    def _page_of_links(self, walk: Walk, end: str) -> str:
        """A page of the rows that a link leads to, in their own order. Few are sorted; of very many, those that nothing
        leads to are passed over along their own index."""
        order = f"{self.naming.order(0, 'ASC')}, g.g0"
        few = (
            f"SELECT g.g0 FROM (SELECT v AS g0 FROM found WHERE (SELECT count(*) FROM found) <= {VALUES_AT_MOST}) g"
            f" {' '.join(self.naming.joined)} ORDER BY {order} {end}"
        )
        target = registry.find(self.terms[0].field.relation)
        if target is None:
            return few
        frame = frame_of(self.call, target, self.statement)
        key = frame.column("pk")
        ordered = ", ".join(str(one) for one in own_order(target, "ASC", frame))
        leads = f"SELECT 1 FROM {self._from()}{walk.of.replace('g.g0', key)} LIMIT 1"
        many = (
            f"SELECT {key} AS g0 FROM {frame.tables()} CROSS JOIN LATERAL ({leads}) leads"
            f" WHERE (SELECT count(*) FROM found) > {VALUES_AT_MOST} ORDER BY {ordered}, {key} {end}"
        )
        return f"({few}) UNION ALL ({many})"

    def _made(self, row: tuple[Any, ...], counted: int = 0) -> Group:
        start, count, *rest = row
        width = len(self.currencies)
        lists, names = rest[: len(self.inner)], tuple(rest[len(self.inner) : -1])
        value = self._value(self.terms[0], start, self.naming.named(0, names))
        domain = retrieval.joined(retrieval.of_value(self.terms[0], value, start))
        if counted and count > counted:
            return Group(value, counted, True, {}, domain)
        fields = self.call.exposure.fields
        sums: Sums = {name: {} for name in self.summed}
        for name, figures in zip(self.summed, lists[width:], strict=True):
            currency = fields[name].currency
            keys = lists[self.currencies.index(currency)] if currency in self.currencies else ()
            for place, figure in enumerate(figures or ()):
                if figure is not None:
                    key = keys[place] if keys else None
                    sums[name][key] = sums[name].get(key, Decimal(0)) + Decimal(str(figure))
        return Group(value, int(count), False, sums, domain)


def _page(walk: Walk, end: str) -> str:
    """A page of values in their own order, which is that of the walk."""
    return f"SELECT {walk.value} AS g0 FROM walk WHERE v IS NOT NULL {end}"
