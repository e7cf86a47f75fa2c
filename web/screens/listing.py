"""The rows of a screen, as a list asks for them: a page, its columns, its place among all rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from base.actors import Actor
from base.models import Currency
from rpc.domains.parse import parse
from rpc.reading import rows as reading
from rpc.reading.flags import holding
from rpc.reading.plans import EXACT
from web.screens import grouping
from web.screens.asked import Asked
from web.screens.cells import Cells, Drawn, record_url
from web.screens.declarations import Button
from web.screens.refusing import let_in
from web.screens.table import Table

PER_PAGE, COUNTED_AT_MOST = 80, 10_000
END = "end"


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    pk: int
    name: str
    url: str
    cells: list[Drawn]
    tone: str
    buttons: list[Button] = field(default_factory=list)


class Listing(Table):
    """One page of one screen. Each property asks the database at most once, and nothing before a template asks."""

    def __init__(self, asked: Asked, actor: Actor, remembered: Sequence[str] | None = None) -> None:
        super().__init__(asked, actor, remembered)
        self.node = parse(asked.domain)
        self.currencies: dict[int, Currency] = {}

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
            sparse=self.asked.is_search,
        )
        more, found = len(found) > PER_PAGE, found[:PER_PAGE]
        if backwards:
            return found[::-1], more, beside is not None
        return found, beside is not None, more

    @property
    def _is_first(self) -> bool:
        return self._beside == (None, False)

    @cached_property
    def _beside(self) -> tuple[int | None, bool]:
        for name in ("after", "before"):
            text = self.asked.query.get(name, "")
            if text.isdecimal() and len(text) < 18:
                return int(text), name == "before"
        return None, self.asked.query.get("before") == END

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
        is_whole = "_page" in self.__dict__ and self._is_first and not self._page[2]
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
        """The place of the first row, from 1; 0 where that is not known. Only said, never relied on."""
        at = self.asked.query.get("at", "")
        if self._beside == (None, True):
            return 0 if self.is_uncounted else self.count - len(self.rows) + 1
        if self._is_first or not at.isdecimal() or len(at) > 9:
            return 1
        return int(at)

    @property
    def last(self) -> int:
        """The place of the last row; 0 where that is not known."""
        return self.first + len(self.rows) - 1 if self.first else 0

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
        at = max(1, self.first - PER_PAGE) if self.first else 0
        return self.asked.instead(before=self.rows[0].pk, at=at)

    @property
    def first_url(self) -> str:
        """Where the first page is, or nothing."""
        return self.asked.instead() if self.previous_url else ""

    @property
    def last_url(self) -> str:
        """Where the last page is, or nothing."""
        return self.asked.instead(before=END) if self.next_url else ""

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
    let_in(listing.call, "read")
    order = listing.asked.order
    found = [
        reading.search(
            listing.call, listing.node, order=order, limit=1, beside=pk, backwards=backwards
        )
        for backwards in (True, False)
    ]
    before, after = (ids[0] if ids else None for ids in found)
    return before, after
