"""Groups of a list's rows, with what they come to: an amount for each currency, never one across currencies."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rpc.fields import Field
from rpc.methods.grouping import formatted_read_group
from rpc.reading import rows as reading
from web import formats
from web.screens import domains
from web.screens.cells import currencies_of, currency_id
from web.screens.declarations import Column

if TYPE_CHECKING:
    from web.screens.listing import Listing

MOST_GROUPS = 80
DEEPEST_KEY = 60
Row = dict[str, Any]
Sums = dict[str, list[str]]


@dataclass(frozen=True)
class Group:
    """One group: what its rows share, how many they are, what they come to, where they are listed, and where the
    part of the page is that opens below it."""

    key: str
    label: str
    count: int
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
    def _found(self) -> list[Row]:
        currencies = {name for name in map(self._currency, self.summed) if name}
        figures = [f"{name}:sum" for name in self.summed]
        figures += [f"{name}:{how}" for name in currencies for how in ("count_distinct", "max")]
        return formatted_read_group(
            self.call,
            self.asked.domain,
            [self.spec],
            ["__count", *figures],
            limit=MOST_GROUPS + 1,
            offset=self.first,
        )

    @cached_property
    def groups(self) -> list[Group]:
        """The groups."""
        found = self._found[:MOST_GROUPS]
        sums = self._sums(found)
        return [self._group(place, row, sums[place]) for place, row in enumerate(found)]

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

    def _currency(self, name: str) -> str:
        currency = self.call.exposure.fields[name].currency
        return currency if currency in self.call.exposure.fields else ""

    def _sums(self, found: list[Row]) -> list[Sums]:
        """The sums of each group. One query more where some group holds several currencies."""
        mixed = [row for row in found if any(self._is_mixed(row, name) for name in self.summed)]
        apart = self._apart(mixed) if mixed else {}
        wanted = {
            row[f"{name}:max"] for row in found for name in map(self._currency, self.summed) if name
        }
        wanted |= {
            row[name][0]
            for rows in apart.values()
            for row in rows
            for name in row
            if name in self._currencies and row[name]
        }
        known = currencies_of(wanted, self.listing.currencies)
        return [
            {
                name: self._sum(name, row, apart.get(_key(row[self.spec]), []), known)
                for name in self.summed
            }
            for row in found
        ]

    @property
    def _currencies(self) -> set[str]:
        return {name for name in map(self._currency, self.summed) if name}

    def _is_mixed(self, row: Row, name: str) -> bool:
        currency = self._currency(name)
        return bool(currency) and row[f"{currency}:count_distinct"] > 1

    def _apart(self, mixed: list[Row]) -> dict[str, list[Row]]:
        """The rows of groups of several currencies, by currency."""
        these = domains.either([row["__extra_domain"] for row in mixed])
        found: dict[str, list[Row]] = defaultdict(list)
        for currency in self._currencies:
            names = [name for name in self.summed if self._currency(name) == currency]
            rows = formatted_read_group(
                self.call,
                domains.every([self.asked.domain, these]),
                [self.spec, currency],
                [f"{name}:sum" for name in names],
            )
            for row in rows:
                found[_key(row[self.spec])].append(row)
        return found

    def _sum(self, name: str, row: Row, apart: list[Row], known: Any) -> list[str]:
        field = self.call.exposure.fields[name]
        currency = self._currency(name)
        if not self._is_mixed(row, name):
            return [_written(row[f"{name}:sum"], field, known.get(row.get(f"{currency}:max")))]
        return [
            _written(one[f"{name}:sum"], field, known.get(currency_id(one, field)))
            for one in apart
            if f"{name}:sum" in one
        ]

    def _group(self, place: int, row: Row, figures: Sums) -> Group:
        domain = json.dumps(row["__extra_domain"], separators=(",", ":"))
        rest = [pair for pair in self.asked.pairs if pair != ("g", self.spec)]
        key = f"{self.inside}-{self.first + place}".strip("-")
        pairs = [*rest, ("d", domain)]
        rest_of_columns = self.listing.heads[self.span :]
        return Group(
            key=key,
            label=label(self.call.exposure.fields, self.spec, row[self.spec]),
            count=row["__count"],
            figures=figures,
            cells=[(head.label, figures.get(head.name, [])) for head in rest_of_columns],
            url=self.asked.address(pairs),
            part_url=self.asked.address([*pairs, ("part", "1"), ("in", key)]),
            domain=row["__extra_domain"],
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
        name: [_written(value, fields[name], known.get(key)) for key, value in one.items()]
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


def _key(value: Any) -> str:
    return json.dumps(value, default=str)
