"""A board: records as cards in columns, with what each column comes to."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from base.models import Currency
from rpc.context import Call
from rpc.fields import Field
from rpc.reading.boards import Lane, cards, lanes
from rpc.reading.plans import EXACT
from web import formats
from web.context import initials
from web.screens.boxes import offered
from web.screens.cells import Cells, new_url, record_url
from web.screens.columns import is_movable, label_of, quick_places
from web.screens.declarations import Kanban, Screen
from web.screens.listing import Listing
from web.screens.writing import with_currencies

PER_COLUMN, MOST_COLUMNS, MOST_LANES, COLOURS = 20, 60, 600, 12
STATES = ("overdue", "today", "planned")
STATE, DUE, TO_DO = "activity_state", "activity_date_deadline", "activity_ids"


@dataclass(frozen=True)
class Card:
    """One record."""

    pk: int
    name: str
    url: str
    cells: list[Any]
    colour: int
    cover: str
    who: str
    state: str
    due: str

    @property
    def initials(self) -> str:
        """The letters of whose it is."""
        return initials(self.who)


@dataclass(frozen=True)
class Part:
    """How many cards of a column have something to do that is late, due or planned; and where only those are."""

    state: str
    label: str
    count: int
    at: float
    width: float
    url: str


@dataclass
class Column:
    """One column: what its cards share, how many they are, what they come to, and the first of them."""

    key: str
    label: str
    domain: list[Any] = field(default_factory=list)
    count: int = 0
    sums: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    list_url: str = ""
    more_url: str = ""
    new_url: str = ""
    quick_url: str = ""
    is_folded: bool = False

    @property
    def rest(self) -> int:
        """How many cards are not shown."""
        return self.count - len(self.cards)


class Board:
    """The board that an address asks for. A handful of queries, however many columns and cards."""

    def __init__(self, listing: Listing) -> None:
        self.listing, self.asked, self.screen = listing, listing.asked, listing.screen
        self.kanban: Kanban = self.screen.kanban or Kanban()
        actor = listing.call.actor
        context = {**listing.call.context, "tz": actor.timezone, "bin_size": True}
        self.call = Call(listing.call.exposure, actor, context)
        self.fields = self.call.exposure.fields

    @cached_property
    def spec(self) -> str:
        """What makes the columns: as the address asks, else as declared; nothing where the actor may not see that."""
        if self.asked.groups:
            return self.asked.groups[0]
        one = self.fields.get(self.kanban.by.partition(":")[0])
        return self.kanban.by if one is not None and self.call.may(one) else ""

    @cached_property
    def field(self) -> Field | None:
        """The field that makes the columns."""
        return self.fields.get(self.spec.partition(":")[0])

    @cached_property
    def is_movable(self) -> bool:
        """Whether the actor may drag cards into other columns."""
        return is_movable(self.call, self.screen, self.spec)

    @property
    def is_part(self) -> bool:
        """Whether the address asks for the rest of one column only."""
        return "col" in self.asked.query

    @cached_property
    def _after(self) -> int | None:
        text = self.asked.query.get("after", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None

    @cached_property
    def columns(self) -> list[Column]:
        """The columns with their cards."""
        found = self._columns() if self.spec else self._one()
        if self.is_part:
            wanted = self.asked.query["col"]
            found = {key: one for key, one in found.items() if key == wanted}
        for key, card in self._cards():
            if key in found:
                found[key].cards.append(card)
        for one in found.values():
            self._finish(one)
        return list(found.values())

    @property
    def count(self) -> int:
        """How many cards there are in all columns."""
        return sum(one.count for one in self.columns)

    @cached_property
    def is_cut(self) -> bool:
        """Whether there are more columns than are shown."""
        return len({one.key for one in self._lanes}) > MOST_COLUMNS

    @cached_property
    def _summed(self) -> Field | None:
        one = self.fields.get(self.kanban.sum)
        return one if one is not None and self.call.may(one) else None

    @cached_property
    def _lanes(self) -> list[Lane]:
        one = self._summed
        figures = ["__count", f"{one.name}:sum"] if one else ["__count"]
        beside = one.currency if one and one.currency in self.fields else ""
        return lanes(
            self.call, self.listing.node, self.spec, figures, beside=beside, limit=MOST_LANES
        )

    def _columns(self) -> dict[str, Column]:
        found = dict(self._empty())
        sums: dict[str, list[tuple[Any, Decimal]]] = defaultdict(list)
        for lane in self._lanes:
            if lane.key not in found:
                if len(found) >= MOST_COLUMNS:
                    continue
                found[lane.key] = self._column(lane.key, lane.value, lane.domain)
            found[lane.key].domain = lane.domain
            found[lane.key].count += lane.figures[0]
            if self._summed:
                sums[lane.key].append((lane.beside, Decimal(str(lane.figures[1] or 0))))
        if not self.is_movable and not self._is_whole:
            found = {key: one for key, one in found.items() if one.count}
        self._add_up(found, sums)
        self._add_states(found)
        return found

    def _one(self) -> dict[str, Column]:
        """All cards in one column."""
        return {"": Column("", str(self.screen.label), count=self.listing.count)}

    def _empty(self) -> list[tuple[str, Column]]:
        """The columns that there are whether or not they hold a card."""
        one = self.field
        if one is None or self._after is not None:
            return []
        pairs: list[tuple[Any, Any]] = []
        if one.type == "selection":
            pairs = [(key, key) for key, _label in one.selection()]
        elif one.type == "boolean":
            pairs = [("false", False), ("true", True)]
        elif one.type == "many2one" and self.spec == self.kanban.by and self._is_whole:
            rows = offered(self.call, one.relation, "", self.kanban.every or (), limit=MOST_COLUMNS)
            pairs = [(str(row["id"]), [row["id"], row["display_name"]]) for row in rows]
        return [(key, self._column(key, value, [])) for key, value in pairs]

    @property
    def _is_whole(self) -> bool:
        return self.kanban.every is not None

    def _column(self, key: str, value: Any, domain: list[Any]) -> Column:
        is_folded = any(str(one) == key for one in self.kanban.folded)
        return Column(key, label_of(self.field, value), domain, is_folded=is_folded)

    def _add_up(self, found: dict[str, Column], sums: Any) -> None:
        if not sums:
            return
        ids = {pair[0][0] for pairs in sums.values() for pair in pairs if pair[0]}
        known = Currency.objects.in_bulk(ids) if ids else {}
        for key, pairs in sums.items():
            shown = [(one, total) for one, total in pairs if total] or pairs[:1]
            found[key].sums = [
                formats.money(total, known.get(one[0]) if one else None) for one, total in shown
            ]

    def _add_states(self, found: dict[str, Column]) -> None:
        """How many cards of each column have something to do. One query."""
        if STATE not in self.fields or not self.call.may(self.fields[STATE]):
            return
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        node, wanted = self.listing.node, ["__count"]
        for lane in lanes(
            self.call, node, self.spec, wanted, beside=STATE, having=TO_DO, limit=MOST_LANES
        ):
            counts[lane.key][str(lane.beside)] = lane.figures[0]
        for key, column in found.items():
            column.parts = self._parts(column, counts.get(key, {}))

    def _parts(self, column: Column, counts: dict[str, int]) -> list[Part]:
        labels = dict(self.fields[STATE].selection())
        parts, at = [], 0.0
        for state in STATES:
            count = counts.get(state, 0)
            if count and column.count:
                width = round(100 * count / column.count, 2)
                domain = json.dumps([[STATE, "=", state]], separators=(",", ":"))
                url = self.asked.also("d", domain)
                parts.append(Part(state, labels.get(state, state), count, round(at, 2), width, url))
                at += width
        return parts

    def _names(self) -> list[str]:
        wanted = [
            *self._shown,
            self.kanban.colour,
            self.kanban.avatar,
            self.kanban.cover,
            STATE,
            DUE,
        ]
        names = {one for one in wanted if one in self.fields and self.call.may(self.fields[one])}
        return sorted({"display_name", *with_currencies(self.call, names)})

    @cached_property
    def _shown(self) -> list[str]:
        """The fields on a card that the actor may see."""
        fields = self.fields
        return [one for one in self.kanban.card if one in fields and self.call.may(fields[one])]

    def _cards(self) -> list[tuple[str, Card]]:
        found = cards(
            self.call,
            self.listing.node,
            self.spec,
            self._names(),
            EXACT,
            order=self.asked.order,
            limit=PER_COLUMN,
            after=self._after,
        )
        cells = Cells(self.call, self._shown, [row for _key, row in found])
        return [(key, self._card(row, cells)) for key, row in found]

    def _card(self, row: dict[str, Any], cells: Cells) -> Card:
        who, colour = row.get(self.kanban.avatar), row.get(self.kanban.colour)
        return Card(
            pk=row["id"],
            name=str(row["display_name"] or ""),
            url=record_url(self.screen, row["id"]),
            cells=[one for one in cells.of(row) if one.html.strip()],
            colour=colour % COLOURS if isinstance(colour, int) else 0,
            cover=picture_url(self.screen, row["id"], self.fields, self.kanban.cover)
            if row.get(self.kanban.cover)
            else "",
            who=str(who[1]) if isinstance(who, list) else "",
            state=str(row.get(STATE) or ""),
            due=formats.day(row.get(DUE) or None),
        )

    def _finish(self, column: Column) -> None:
        """The addresses of a column."""
        if self.spec:
            domain = json.dumps(column.domain, separators=(",", ":"))
            pairs = [pair for pair in self.asked.pairs if pair[0] not in {"v", "g", "col"}]
            inside = [*pairs, ("d", domain)] if column.domain and not self.is_part else pairs
            column.list_url = self.asked.address([*inside, ("v", "list")])
            grouped = [("g", one) for one in self.asked.groups]
            shown = [*inside, *grouped, ("v", "kanban"), ("col", column.key)]
        else:
            shown = list(self.asked.pairs)
        if column.cards and column.rest > 0 and len(column.cards) == PER_COLUMN:
            column.more_url = self.asked.address([*shown, ("after", str(column.cards[-1].pk))])
        if self._new_url and not self.is_part:
            query = urlencode({f"default_{self.spec}": column.key}) if self._is_default else ""
            column.new_url = f"{self._new_url}?{query}" if query else self._new_url
            if self._has_quick:
                found = urlencode({"by": self.spec, "to": column.key})
                column.quick_url = f"{reverse(f'web:screen-{self.screen.slug}-quick')}?{found}"

    @cached_property
    def _is_default(self) -> bool:
        one = self.field
        return one is not None and one.type in {"many2one", "selection", "char"}

    @cached_property
    def _has_quick(self) -> bool:
        return bool(quick_places(self.call, self.screen))

    @cached_property
    def _new_url(self) -> str:
        return new_url(self.call, self.screen)


def picture_url(screen: Screen, pk: int, fields: Any, name: str) -> str:
    """Where a record's picture is, in the size of a card."""
    small = name.replace("1920", "512")
    return reverse(
        f"web:screen-{screen.slug}-picture", args=[pk, small if small in fields else name]
    )
