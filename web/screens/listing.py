"""The rows of a screen, as a list asks for them: a page, its groups, its totals."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from base.actors import Actor
from base.models import Currency
from rpc.context import Call, locale_of
from rpc.domains.parse import parse
from rpc.fields import NUMBERS, Field
from rpc.methods.grouping import formatted_read_group
from rpc.reading import rows as reading
from rpc.reading.plans import EXACT
from web import formats
from web.screens import domains
from web.screens.asked import Asked
from web.screens.cells import Cells, Drawn, currency_id, record_url
from web.screens.declarations import Column

PER_PAGE, COUNTED_AT_MOST, MOST_GROUPS = 80, 10_000, 80


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    pk: int
    name: str
    url: str
    cells: list[Drawn]
    tone: str


@dataclass(frozen=True)
class Group:
    """One group: what its rows share, how many they are, what they come to, and where they are listed."""

    label: str
    count: int
    figures: dict[str, str]
    url: str


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

    def __init__(self, asked: Asked, actor: Actor) -> None:
        self.asked = asked
        self.screen = asked.screen
        context = {"lang": locale_of(actor.language), **self.screen.context}
        self.call = Call(asked.exposure, actor, context)
        self.node = parse(asked.domain)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns that are shown: those of the declaration that the actor may see and wants."""
        wanted = set(self.asked.query.get("c", "").split())
        return [
            one
            for one in self.offered
            if (one.name in wanted if "c" in self.asked.query else one.is_shown)
        ]

    @cached_property
    def offered(self) -> list[Column]:
        """All columns there are for the actor."""
        fields = self.call.exposure.fields
        return [
            one
            for one in self.screen.columns
            if one.name in fields and self.call.may(fields[one.name])
        ]

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
            label=str(field.label),
            is_number=field.type in NUMBERS,
            is_sortable=field.sortable,
            direction=direction,
            url=self.asked.instead(sort=f"-{field.name}" if upwards else field.name),
        )

    @cached_property
    def rows(self) -> list[Line]:
        """The rows of this page."""
        names = [one.name for one in self.columns]
        found = self._page[0]
        cells = Cells(self.call, names, found)
        tones = self._tones([row["id"] for row in found])
        return [
            Line(
                pk=row["id"],
                name=str(row["display_name"] or ""),
                url=record_url(self.screen, row["id"]),
                cells=cells.of(row),
                tone=tones.get(row["id"], ""),
            )
            for row in found
        ]

    @cached_property
    def _page(self) -> tuple[list[dict[str, Any]], bool, bool]:
        """The rows as they are read, whether there are some before, and whether some after."""
        names = {"display_name", *(one.name for one in self.columns)}
        fields = self.call.exposure.fields
        names |= {fields[one].currency for one in names if fields[one].currency in fields}
        beside, backwards = self._beside
        found = reading.search_read(
            self.call,
            self.node,
            sorted(names),
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

    def _tones(self, ids: list[int]) -> dict[int, str]:
        """The tone of each row that has one: the first whose domain holds. One query for each tone declared."""
        found: dict[int, str] = {}
        for tone, domain in self.screen.tones.items():
            node = parse(domains.every([[["id", "in", ids]], domain]))
            for pk in reading.search(self.call, node, order=False, active=False):
                found.setdefault(pk, tone)
        return found

    @cached_property
    def count(self) -> int:
        """How many rows there are, counted up to a limit."""
        return reading.count(self.call, self.node, COUNTED_AT_MOST + 1)

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
    def totals(self) -> dict[str, list[str]]:
        """What the summed columns come to, by column, an amount for each currency. Not for more rows than we count."""
        summed = [one.name for one in self.columns if one.is_summed]
        if not summed or self.is_uncounted or not self.count:
            return {}
        return {
            name: figures
            for name, figures in self._figures(self.asked.domain, summed).items()
            if figures
        }

    def _figures(self, domain: Any, names: Sequence[str]) -> dict[str, list[str]]:
        fields = self.call.exposure.fields
        currency = next((fields[one].currency for one in names if fields[one].currency), "")
        found = formatted_read_group(
            self.call, domain, [currency] if currency else [], [f"{one}:sum" for one in names]
        )
        known = Currency.objects.in_bulk(
            [currency_id(row, fields[names[0]]) for row in found if currency]
        )
        return {
            name: [
                formats.money(
                    Decimal(str(row[f"{name}:sum"] or 0)), known.get(currency_id(row, fields[name]))
                )
                for row in found
            ]
            for name in names
        }

    @cached_property
    def groups(self) -> list[Group]:
        """The groups of the first level."""
        spec = self.asked.groups[0]
        summed = [one.name for one in self.columns if one.is_summed]
        found = formatted_read_group(
            self.call,
            self.asked.domain,
            [spec],
            ["__count", *(f"{name}:sum" for name in summed)],
            limit=MOST_GROUPS,
        )
        return [self._group(spec, row, summed) for row in found]

    def _group(self, spec: str, row: dict[str, Any], summed: list[str]) -> Group:
        figures = {name: formats.number(Decimal(str(row[f"{name}:sum"] or 0))) for name in summed}
        domain = json.dumps(row["__extra_domain"], separators=(",", ":"))
        rest = [pair for pair in self.asked.pairs if pair != ("g", spec)]
        return Group(
            label=self.label(spec, row[spec]),
            count=row["__count"],
            figures=figures,
            url=self.asked.address([*rest, ("d", domain)]),
        )

    def label(self, spec: str, value: Any) -> str:
        """What the rows of a group share, in words."""
        field = self.call.exposure.fields[spec.partition(":")[0]]
        if value is False and field.type != "boolean":
            return _("None")
        if field.type == "boolean":
            return _("Yes") if value else _("No")
        if field.type == "selection":
            return dict(field.selection()).get(value, str(value))
        return str(value[1]) if isinstance(value, list) else str(value)
