"""Finding and reading rows."""

from collections.abc import Sequence
from typing import Any

from base.prepared import rows
from rpc import access, limits
from rpc.context import Call
from rpc.domains.parse import Leaf, Node, parse
from rpc.faults import database_error, value_error
from rpc.reading import keysets, sets
from rpc.reading.columns import paired
from rpc.reading.orders import order_terms
from rpc.reading.plans import Plan, plan_for
from rpc.sql.indexes import COLUMN, led_by_index
from rpc.sql.sources import ModelSource
from rpc.sql.statement import Statement
from rpc.sql.where import Where, frame_of

Row = dict[str, Any]
ENDLESS = 2**62
NEAR = 2_000


class Page:
    """Which rows, in which order, and how many: one frame of a statement, ready to be selected from.

    `beside` is a row that the page begins after; with `backwards`, one that it ends before: its rows then come in
    the contrary order. `few` says that few rows are expected: they are looked up first and sorted then, instead of walking along the order
    until enough of them have turned up. `sparse` says that they may be few, and far along the order: it is walked some
    way only, and where that does not fill the page all that is wanted is looked up.
    """

    __slots__ = (
        *("call", "few", "frame", "limit", "most", "offset", "order", "parts", "sparse"),
        *("statement", "terms", "wanted", "where"),
    )

    def __init__(
        self,
        call: Call,
        node: Node,
        *,
        order: Any = None,
        limit: Any = None,
        offset: Any = 0,
        active: bool = True,
        few: bool = False,
        sparse: bool = False,
        most: int = 0,
        beside: int | None = None,
        backwards: bool = False,
    ) -> None:
        access.require(call, "read")
        self.call = call
        self.statement = Statement(call.language)
        self.frame = frame_of(call, call.exposure, self.statement)
        self.wanted = node, active and call.active_test
        self.where = self._conditions(seeks=True)
        terms = order_terms(call, order, self.frame) if order is not False else []
        if backwards:
            terms = [term.reversed() for term in terms]
        self.terms = terms
        self.parts = self._parts(beside, order)
        self.order = ", ".join(map(str, terms))
        self.limit = counted(limit)
        self.offset = counted(offset)
        self.sparse = sparse and bool(self.where) and self._is_walkable()
        self.few = few
        self.most = most or limits.MOST_ROWS

    def _conditions(self, *, seeks: bool) -> str:
        node, active_test = self.wanted
        where = Where(self.call, self.call.exposure, self.frame, seeks=seeks)
        return where.conditions(node, active_test=active_test)

    def fetched(self, sql: str) -> list[tuple[Any, ...]]:
        """What a statement of this page finds. Refuses a page that has no end."""
        found = rows(sql, self.statement.values)
        limits.require_few_rows(found, self.most)
        return found

    def _parts(self, beside: int | None, order: Any) -> list[str]:
        """What leaves out the rows before a place; a row that is gone has none, and nothing is left out."""
        place = keysets.place_of(self.call, order, beside) if beside is not None else None
        if place is None:
            return []
        return keysets.beyond(self.frame, self.terms, place) or ["FALSE"]

    def select(self, columns: str, joins: str = "") -> str:
        """The statement that selects some columns of this page."""
        return f"SELECT {columns} {self._found(joins)}{self._tail()}"

    def select_keys(self) -> str:
        """The statement that selects the ids of this page. Where its rows lie in two parts of the order, each part is
        walked by itself, as far as the page goes."""
        key = f"{self.frame.column('pk')} AS id"
        if self.sparse and len(self.parts) < 2:
            return self._near_or_far(key)
        if len(self.parts) < 2 or not self.limit:
            return self.select(key)
        found = (f"({self._ended(key, part)})" for part in self.parts)
        return self._first(" UNION ALL ".join(found))

    def _near_or_far(self, key: str) -> str:
        """The ids of a page found some way along the order, or else among all rows that are wanted."""
        source = self.frame.source.start(self.statement, self.frame.alias)
        begins = f" WHERE {self.parts[0]}" if self.parts else ""
        way = f"SELECT * FROM {source}{begins} ORDER BY {self.order} LIMIT {NEAR}"
        close = self._conditions(seeks=False)
        tables = self.frame.tables().removeprefix(source)
        end, columns = self._limit(), ", ".join([key, *self._named])
        near = f"SELECT {key} FROM ({way}) {self.frame.alias}{tables} WHERE {close} ORDER BY {self.order} LIMIT {end}"
        far = f"SELECT {columns} {self._found()} AND (SELECT count(*) FROM near) < {end} OFFSET 0"
        return (
            f"WITH near AS MATERIALIZED ({near}) SELECT id FROM near WHERE (SELECT count(*) FROM near) >= {end}"
            f" UNION ALL SELECT id FROM ({self._first(far)}) far"
        )

    @property
    def _named(self) -> list[str]:
        """What the page is sorted by, as columns."""
        return [f"{term.sql} AS o{place}" for place, term in enumerate(self.terms)]

    def _ended(self, key: str, part: str) -> str:
        where = _both(self.where, part)
        columns = ", ".join([key, *self._named])
        return f"SELECT {columns} FROM {self.frame.tables()} WHERE {where} ORDER BY {self.order} LIMIT {self._limit()}"

    def _first(self, found: str) -> str:
        """The first of some rows that carry what they are sorted by."""
        order = ", ".join(f"o{place}{term.way}" for place, term in enumerate(self.terms))
        return f"SELECT id FROM ({found}) found ORDER BY {order} LIMIT {self._limit()}"

    def _is_walkable(self) -> bool:
        """Whether an index leads along the order."""
        source = self.call.exposure.source
        if not self.limit or self.offset or not self.terms or not isinstance(source, ModelSource):
            return False
        column = COLUMN.match(self.terms[0].sql)
        return column is not None and column[1] in led_by_index(source.model)

    def select_plan(self, plan: Plan) -> str:
        """The statement that fetches a plan. A page is cut out by its ids alone; only then are its rows fetched, and
        links followed to names: sorting ids is much cheaper than sorting rows."""
        source = self.call.exposure.source
        can_cut = self.frame.prefix not in self.order and (self.limit or self.few)
        if not can_cut or not isinstance(source, ModelSource):
            return self.select(plan.select, plan.joins)
        key = self.frame.column("pk")
        if self.few:
            found, tail = f"SELECT {key} AS id {self._found()} OFFSET 0", self._tail()
        else:
            found, tail = self.select_keys(), f" ORDER BY {self.order}"
        start = source.start(self.statement, self.frame.alias)
        return (
            f"SELECT {plan.select} FROM ({found}) w JOIN {start} ON {key} = w.id {plan.joins}{tail}"
        )

    def _limit(self) -> str:
        """How many rows, at most: one more than may be, so that too many are noticed."""
        end = self.most + 1
        return self.statement.bind(min(self.limit, end)) if self.limit else str(end)

    def _found(self, joins: str = "") -> str:
        conditions = _both(self.where, keysets.either(self.parts))
        where = f" WHERE {conditions}" if conditions else ""
        return f"FROM {self.frame.tables()} {joins}{where}"

    def _tail(self) -> str:
        order = f" ORDER BY {self.order}" if self.order else ""
        limit = f" LIMIT {self._limit()}"
        offset = f" OFFSET {self.statement.bind(self.offset)}" if self.offset else ""
        return f"{order}{limit}{offset}"


def search(call: Call, node: Node, **page: Any) -> list[int]:
    """The ids of a page."""
    found = Page(call, node, most=limits.MOST_FOUND, **page)
    return [row[0] for row in found.fetched(found.select_keys())]


def count(call: Call, node: Node, limit: Any = None) -> int:
    """How many rows there are, counting no further than a limit."""
    found = Page(call, node, order=False, limit=limit, most=ENDLESS)
    if found.limit:
        sql = f"SELECT count(*) FROM ({found.select('1')}) AS counted"
    else:
        sql = found.select("count(*)")
    return int(rows(sql, found.statement.values)[0][0])


def search_read(call: Call, node: Node, names: Any, load: Any, **page: Any) -> list[Row]:
    """A page with some fields of each row."""
    plan = plan_for(call, names, load)
    found = Page(call, node, **page)
    return finished(call, plan, found.fetched(found.select_plan(plan)))


def read(call: Call, ids: list[int], names: Any, load: Any) -> list[Row]:
    """Some fields of rows given by id, in that order. Rows that do not exist are skipped, hidden ones refused."""
    plan = plan_for(call, names, load)
    found = Page(call, Leaf("id", "in", ids), order=False, active=False)
    fetched = finished(call, plan, found.fetched(found.select_plan(plan)))
    by_id = {row["id"]: row for row in fetched}
    if len(by_id) < len(set(ids)):
        check_hidden(call, set(ids) - by_id.keys(), "read")
    return [by_id[one] for one in ids if one in by_id]


def read_judged(
    call: Call, pk: int, names: Any, load: Any, domains: Sequence[Any]
) -> tuple[Row | None, tuple[bool, ...]]:
    """A row, and which of some domains hold for it, in one query. Refuses a hidden one; None where there is none."""
    plan = plan_for(call, names, load)
    found = Page(call, Leaf("id", "=", pk), order=False, active=False)
    judge = Where(call, call.exposure, found.frame)
    asked = [f"({judge.sql(parse(one))}) IS TRUE" for one in domains]
    fetched = found.fetched(found.select(", ".join((plan.select, *asked)), plan.joins))
    if not fetched:
        check_hidden(call, {pk}, "read")
        return None, ()
    at = len(fetched[0]) - len(asked)
    [row] = finished(call, plan, [fetched[0][:at]])
    return row, tuple(fetched[0][at:])


def check_hidden(call: Call, ids: set[int], action: Any) -> None:
    """Refuse if any of these ids is a row that the actor may not see; ids of nothing pass."""
    if existing(call, ids):
        raise access.hidden_rows(call, action)


def existing(call: Call, ids: set[int]) -> set[int]:
    """Which ids are rows at all, whoever may see them."""
    model = call.exposure.model
    if model is None or not ids:
        return set()
    return set(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))


def finished(call: Call, plan: Plan, fetched: list[tuple[Any, ...]]) -> list[Row]:
    """The rows as clients get them."""
    if not fetched:
        return []
    columns = list(zip(*fetched, strict=True))
    done: dict[str, Any] = {}
    for slot in plan.slots:
        if slot.name_at:
            done[slot.name] = paired(columns[slot.at], columns[slot.name_at])
        else:
            done[slot.name] = slot.finish(columns[slot.at]) if slot.finish else columns[slot.at]
    if plan.sets or plan.named or plan.functions:
        sets.complete(call, plan, done)
    return [
        dict(zip(plan.names, row, strict=True))
        for row in zip(*(done[n] for n in plan.names), strict=True)
    ]


def _both(one: str, other: str) -> str:
    return f"({one}) AND {other}" if one and other else one or other


def counted(value: Any) -> int:
    """A limit or an offset, as loosely as clients give it."""
    if not value:
        return 0
    try:
        number = int(value)
    except (TypeError, ValueError) as error:
        raise value_error(str(error)) from None
    if number < 0:
        raise database_error("errors.InvalidRowCountInLimitClause", "LIMIT must not be negative\n")
    return min(number, ENDLESS)
