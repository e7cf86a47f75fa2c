"""Groups of a list's rows, with what they come to: an amount for each currency, never one across currencies."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rpc.fields import Field
from rpc.grouping import bounded
from rpc.reading import rows as reading
from web import formats
from web.screens.cells import currencies_of
from web.screens.declarations import Column

if TYPE_CHECKING:
    from web.screens.listing import Listing

MOST_GROUPS = 80
DEEPEST_KEY = 60
Sums = dict[str, list[str]]


@dataclass(frozen=True)
class Group:
    """One group: what its rows share, how many they are (`is_more` where there are more than were counted), what they
    come to, where they are listed, and where the part of the page is that opens below it."""

    key: str
    label: str
    count: int
    is_more: bool
    figures: Sums
    cells: list[tuple[str, list[str]]]
    url: str
    part_url: str
    domain: Any


class Grouped:
    """The groups of the first level that a list asks for: a page of them."""

    def __init__(self, listing: "Listing") -> None:
        self.listing, self.asked, self.call = listing, listing.asked, listing.call
        self.spec = listing.asked.groups[0]
        self.summed = summed(listing.columns)

    @cached_property
    def first(self) -> int:
        """How many groups come before the first of this page."""
        text = self.asked.query.get("from", "")
        return int(text) if text.isdecimal() and len(text) < 9 else 0

    @cached_property
    def inside(self) -> str:
        """The key of the group that this is a part of, or nothing."""
        text = self.asked.query.get("in", "")[:DEEPEST_KEY]
        return text if text.replace("-", "").isdecimal() else ""

    @cached_property
    def _found(self) -> list[bounded.Group]:
        return bounded.groups(
            self.call,
            self.listing.node,
            self.spec,
            self.summed,
            limit=MOST_GROUPS + 1,
            offset=self.first,
            counted=self.listing.counted_at_most if self.listing.is_uncounted else 0,
        )

    @cached_property
    def groups(self) -> list[Group]:
        """The groups."""
        found = self._found[:MOST_GROUPS]
        keys = {key for one in found for sums in one.sums.values() for key in sums}
        currencies_of(keys, self.listing.currencies)
        return [self._group(place, one) for place, one in enumerate(found)]

    @property
    def span(self) -> int:
        """How many columns the name of a group takes: those before the first that is summed."""
        names = [one.name for one in self.listing.columns]
        places = [names.index(name) for name in self.summed]
        return max(1, min(places, default=len(names)))

    @property
    def next_url(self) -> str:
        """Where more groups are, or nothing."""
        more = {"from": self.first + MOST_GROUPS}
        return self.asked.instead(**more) if len(self._found) > MOST_GROUPS else ""

    @property
    def previous_url(self) -> str:
        """Where the groups before are, or nothing."""
        before = self.first - MOST_GROUPS
        return self.asked.instead(**{"from": max(0, before) or ""}) if self.first else ""

    def _group(self, place: int, one: bounded.Group) -> Group:
        domain = json.dumps(one.domain, separators=(",", ":"))
        rest = [pair for pair in self.asked.pairs if pair != ("g", self.spec)]
        key = f"{self.inside}-{self.first + place}".strip("-")
        pairs = [*rest, ("d", domain)]
        figures = written(self.listing, one.sums)
        rest_of_columns = self.listing.heads[self.span :]
        return Group(
            key=key,
            label=label(self.call.exposure.fields, self.spec, one.value),
            count=one.count,
            is_more=one.is_more,
            figures=figures,
            cells=[(head.label, figures.get(head.name, [])) for head in rest_of_columns],
            url=self.asked.address(pairs),
            part_url=self.asked.address([*pairs, ("part", "1"), ("in", key)]),
            domain=one.domain,
        )


@dataclass(frozen=True)
class Tally:
    """How many rows there are, counted up to a limit, and what the summed columns come to, by column and currency."""

    count: int
    sums: dict[str, dict[int | None, Decimal]]


def tally(listing: "Listing", limit: int) -> Tally:
    """Count and add up in one statement that reads no more rows than the limit. The sums of a part say nothing."""
    names, fields = summed(listing.columns), listing.call.exposure.fields
    page = reading.Page(listing.call, listing.node, order=False, limit=limit, most=reading.ENDLESS)
    currencies = sorted({fields[name].currency for name in names} & fields.keys())
    inner = [page.frame.expand(fields[name].sql or "NULL") for name in (*currencies, *names)]
    columns = ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(inner)) or "1 AS one"
    keys = [f"c{place}" for place in range(len(currencies))]
    figures = [f"sum(c{place})" for place in range(len(currencies), len(inner))]
    wanted = ", ".join([*keys, "count(*)", *figures])
    sql = f"SELECT {wanted} FROM ({page.select(columns)}) found"  # noqa: S608 - columns of the exposure
    sql += f" GROUP BY {', '.join(keys)}" if keys else ""
    sums: dict[str, dict[int | None, Decimal]] = {name: {} for name in names}
    count = 0
    for row in page.fetched(sql):
        by = dict(zip(currencies, row, strict=False))
        count += row[len(currencies)]
        for name, value in zip(names, row[len(currencies) + 1 :], strict=True):
            if value is not None:
                key = by.get(fields[name].currency)
                sums[name][key] = sums[name].get(key, Decimal(0)) + Decimal(str(value))
    return Tally(count, sums)


def written(listing: "Listing", sums: dict[str, dict[int | None, Decimal]]) -> Sums:
    """Sums as people read them, an amount for each currency. One query for currencies not seen yet."""
    known = currencies_of({key for one in sums.values() for key in one}, listing.currencies)
    fields = listing.call.exposure.fields
    return {
        name: [
            _written(one[key], fields[name], known.get(key))
            for key in sorted(one, key=lambda key: getattr(known.get(key), "code", ""))
        ]
        for name, one in sums.items()
        if one
    }


def summed(columns: Iterable[Column]) -> list[str]:
    """The columns whose sum is shown."""
    return [one.name for one in columns if one.is_summed]


def label(fields: Any, spec: str, value: Any) -> str:
    """What the rows of a group share, in words."""
    field = fields[spec.partition(":")[0]]
    if value is False and field.type != "boolean":
        return _("None")
    if field.type == "boolean":
        return _("Yes") if value else _("No")
    if field.type == "selection":
        return str(dict(field.selection()).get(value, value))
    return (
        str(value[1]) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
    )


def _written(value: Any, field: Field, currency: Any) -> str:
    amount = Decimal(str(value or 0))
    return formats.money(amount, currency) if field.type == "monetary" else formats.number(amount)
