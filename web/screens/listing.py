"""The rows of a screen, as a list asks for them: a page, its columns, its place among all rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from base.actors import Actor
from base.models import Currency
from rpc import access
from rpc.context import Call, locale_of
from rpc.domains.parse import parse
from rpc.fields import NUMBERS, Field
from rpc.reading import rows as reading
from rpc.reading.flags import holding
from rpc.reading.plans import EXACT
from web.screens import grouping
from web.screens.asked import Asked
from web.screens.cells import Cells, Drawn, record_url
from web.screens.declarations import Button, Column

PER_PAGE, COUNTED_AT_MOST = 80, 10_000


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    pk: int
    name: str
    url: str
    cells: list[Drawn]
    tone: str
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    name: str
    label: str
    is_number: bool
    is_sortable: bool
    direction: str
    url: str


class Listing:
    """One page of one screen. Each property asks the database at most once, and nothing before a template asks."""

    def __init__(self, asked: Asked, actor: Actor, remembered: Sequence[str] | None = None) -> None:
        self.asked = asked
        self.screen = asked.screen
        self.remembered = remembered
        context = {"lang": locale_of(actor.language), **self.screen.context}
        self.call = Call(asked.exposure, actor, context)
        self.node = parse(asked.domain)
        self.currencies: dict[int, Currency] = {}

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that are shown: those of the address, else those the actor chose, else those of the declaration."""
        wanted = (
            self.asked.query.get("c", "").split() if "c" in self.asked.query else self.remembered
        )
        if wanted is None:
            return [one for one in self.offered if one.is_shown]
        return [one for one in self.offered if one.name in wanted] or self.offered[:1]

    @cached_property
    def offered(self) -> list[Column]:
        """All columns there are for the actor."""
        fields = self.call.exposure.fields
        return [
            one
            for one in self.screen.columns
            if one.name in fields and self.call.may(fields[one.name])
        ]

    @property
    def column_choices(self) -> list[tuple[str, str, bool]]:
        """All columns: name, label, and whether it is shown."""
        shown = {one.name for one in self.columns}
        fields = self.call.exposure.fields
        return [(one.name, fields[one.name].title, one.name in shown) for one in self.offered]

    @cached_property
    def heads(self) -> list[Head]:
        """The heads of the columns, each with the address that sorts by it."""
        return [self._head(self.call.exposure.fields[one.name]) for one in self.columns]

    def _head(self, field: Field) -> Head:
        name, is_descending = self.asked.sort or ("", False)
        is_sorted = name == field.name
        upwards = is_sorted and not is_descending
        direction = ("descending" if is_descending else "ascending") if is_sorted else ""
        return Head(
            name=field.name,
            label=field.title,
            is_number=field.type in NUMBERS,
            is_sortable=field.sortable,
            direction=direction,
            url=self.asked.instead(sort=f"-{field.name}" if upwards else field.name),
        )

    @cached_property
    def rows(self) -> list[Line]:
        """The rows of this page."""
        return self.drawn(self._page[0])

    def drawn(self, found: list[dict[str, Any]]) -> list[Line]:
        """Rows that were read, as the list shows them."""
        cells = Cells(self.call, [one.name for one in self.columns], found, self.currencies)
        marks = self._marks([row["id"] for row in found])
        came = urlencode({"list": self.asked.text_of_query}) if self.asked.text_of_query else ""
        return [
            Line(
                row["id"],
                str(row["display_name"] or ""),
                f"{record_url(self.screen, row['id'])}{'?' if came else ''}{came}",
                cells.of(row),
                *marks.get(row["id"], ("", [])),
            )
            for row in found
        ]

    @property
    def names(self) -> list[str]:
        """The fields that a row of the list is read with."""
        names = {"display_name", *(one.name for one in self.columns)}
        fields = self.call.exposure.fields
        return sorted(
            names | {fields[one].currency for one in names if fields[one].currency in fields}
        )

    def read(self, pk: int) -> list[Line]:
        """One row as the list shows it, wherever it is in the list or out of it."""
        return self.drawn(reading.read(self.call, [pk], self.names, EXACT))

    @cached_property
    def _page(self) -> tuple[list[dict[str, Any]], bool, bool]:
        """The rows as they are read, whether there are some before, and whether some after."""
        beside, backwards = self._beside
        found = reading.search_read(
            self.call,
            self.node,
            self.names,
            EXACT,
            order=self.asked.order,
            limit=PER_PAGE + 1,
            beside=beside,
            backwards=backwards,
        )
        more, found = len(found) > PER_PAGE, found[:PER_PAGE]
        if backwards:
            return found[::-1], more, True
        return found, beside is not None, more

    @cached_property
    def _beside(self) -> tuple[int | None, bool]:
        for name in ("after", "before"):
            text = self.asked.query.get(name, "")
            if text.isdecimal() and len(text) < 18:
                return int(text), name == "before"
        return None, False

    @cached_property
    def row_buttons(self) -> list[Button]:
        """The buttons that stand in each row, as far as the actor may."""
        buttons = self.screen.form.buttons if self.screen.form else ()
        has = self.call.actor.has_perm
        return [
            one for one in buttons if one.is_on_row and (not one.permission or has(one.permission))
        ]

    def _marks(self, ids: list[int]) -> dict[int, tuple[str, list[Button]]]:
        """The tone of each row, the first whose domain holds, and the buttons that it has. One query, or none."""
        tones, buttons = list(self.screen.tones), self.row_buttons
        wanted = [*self.screen.tones.values(), *(one.when for one in buttons)]
        found = {}
        for pk, holds in holding(self.call, ids, wanted).items() if wanted else ():
            tone = next((name for name, is_so in zip(tones, holds, strict=False) if is_so), "")
            rest = zip(buttons, holds[len(tones) :], strict=True)
            found[pk] = tone, [one for one, is_so in rest if is_so]
        return found

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted up to a limit."""
        if grouping.summed(self.columns):
            return self._tally.count
        is_whole = "_page" in self.__dict__ and self._beside[0] is None and not self._page[2]
        return len(self._page[0]) if is_whole else self._counted()

    def _counted(self) -> int:
        return reading.count(self.call, self.node, COUNTED_AT_MOST + 1)

    @cached_property
    def _tally(self) -> grouping.Tally:
        return grouping.tally(self, COUNTED_AT_MOST + 1)

    @property
    def is_uncounted(self) -> bool:
        """Whether there are more than we count."""
        return self.count > COUNTED_AT_MOST

    @property
    def counted_at_most(self) -> int:
        """How far we count."""
        return COUNTED_AT_MOST

    @cached_property
    def first(self) -> int:
        """The place of the first row, from 1. Only said, never relied on."""
        at = self.asked.query.get("at", "")
        return int(at) if at.isdecimal() and len(at) < 10 and self._beside[0] is not None else 1

    @property
    def last(self) -> int:
        """The place of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def next_url(self) -> str:
        """Where the next page is, or nothing."""
        if not self._page[2]:
            return ""
        return self.asked.instead(after=self.rows[-1].pk, at=self.last + 1)

    @property
    def previous_url(self) -> str:
        """Where the page before is, or nothing."""
        if not self._page[1] or not self.rows:
            return ""
        return self.asked.instead(before=self.rows[0].pk, at=max(1, self.first - PER_PAGE))

    @cached_property
    def totals(self) -> grouping.Sums:
        """What the summed columns of all rows come to, an amount for each currency. Not for more rows than we count."""
        if not grouping.summed(self.columns) or self.is_uncounted:
            return {}
        return grouping.written(self, self._tally.sums)

    @cached_property
    def groups(self) -> list[grouping.Group]:
        """The groups of the first level."""
        return self.grouped.groups

    @cached_property
    def grouped(self) -> grouping.Grouped:
        """The rows in groups."""
        return grouping.Grouped(self)


def neighbours(listing: Listing, pk: int) -> tuple[int | None, int | None]:
    """The records before and after one in a list, wherever its pages begin and end."""
    access.require(listing.call, "read")
    order = listing.asked.order
    found = [
        reading.search(
            listing.call, listing.node, order=order, limit=1, beside=pk, backwards=backwards
        )
        for backwards in (True, False)
    ]
    before, after = (ids[0] if ids else None for ids in found)
    return before, after
