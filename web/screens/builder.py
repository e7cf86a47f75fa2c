"""Putting a condition together field by field: a small form that works as a page and in a dialog."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from rpc import access
from rpc.domains.parse import parse
from rpc.fields import DATES, NUMBERS, Field
from rpc.reading import rows as reading
from web.pages import PageRequest, page
from web.screens import conditions
from web.screens.asked import Asked, came_from, condition
from web.screens.conditions import LABELS, Row, Unfit, operators_of
from web.screens.declarations import Screen
from web.screens.listing import Listing
from web.screens.refusing import readable
from web.screens.spans import SPANS
from web.screens.ways import act

MOST_ROWS = 30
LEFT_OUT = frozenset(("binary", "json", "many2one_reference", "reference"))


@dataclass(frozen=True)
class Shown:
    """One row of the form."""

    number: int
    row: Row
    fields: list[tuple[str, str]]
    operators: list[tuple[str, str]]
    kind: str
    choices: list[tuple[str, str]]
    refusal: str = ""


class Builder:
    """The form: the rows as they were sent, or those of the condition that is to be changed."""

    def __init__(self, asked: Asked, data: QueryDict) -> None:
        self.asked, self.data = asked, data
        self.edited = data.get("edit", "")
        self.refusals: dict[int, str] = {}

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields that a condition may name, those of the search and the list first."""
        screen, exposure = self.asked.screen, self.asked.exposure
        known = {
            name: one
            for name, one in exposure.fields.items()
            if one.searchable and one.type not in LEFT_OUT and self.asked.field(name)
        }
        names = (*screen.search, *(one.name for one in screen.columns), *screen.groups)
        first = dict.fromkeys(n.partition(":")[0] for n in names if n.partition(":")[0] in known)
        rest = sorted(known.keys() - first.keys(), key=lambda name: known[name].heading.casefold())
        return {name: known[name] for name in (*first, *rest)}

    @cached_property
    def _begun(self) -> tuple[list[Row], bool]:
        """The rows and whether all blocks must hold, as sent or as the edited condition says."""
        if "_n" in self.data:
            return list(self._sent()), self.data.get("_top", "all") == "all"
        if self.edited:
            found = conditions.rows_of(parse(condition(self.edited)))
            if found and all(row.field in self.fields for row in found[0]):
                return found
        return [self._fresh(0)], True

    @property
    def every(self) -> bool:
        """Whether all blocks must hold, or any of them."""
        return self._begun[1]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows, after the button that was pressed: one more, one fewer."""
        rows = list(self._begun[0])
        drop, more = self.data.get("_drop", ""), self.data.get("_more", "")
        if drop.isdecimal() and len(drop) < 4 and int(drop) < len(rows) > 1:
            del rows[int(drop)]
        if more.isdecimal() and len(more) < 4 and len(rows) < MOST_ROWS:
            rows.append(self._fresh(int(more)))
        if "_block" in self.data and len(rows) < MOST_ROWS:
            rows.append(self._fresh(max(row.block for row in rows) + 1))
        return sorted(rows, key=lambda row: row.block)

    def _fresh(self, block: int) -> Row:
        name = next(iter(self.fields))
        return Row(name, operators_of(self.fields[name])[0], "", block)

    def _sent(self) -> Iterator[Row]:
        text = self.data.get("_n", "")
        count = int(text) if text.isdecimal() and len(text) < 4 else 1
        for number in range(max(1, min(count, MOST_ROWS))):
            name = self.data.get(f"_f{number}", "")
            block = self.data.get(f"_k{number}", "0")
            row = self._fresh(int(block) if block.isdecimal() and len(block) < 4 else number)
            if name in self.fields:
                known = operators_of(self.fields[name])
                operator = self.data.get(f"_o{number}", "")
                value = self.data.get(f"_v{number}", "")[: conditions.LONGEST]
                row = Row(name, operator if operator in known else known[0], value, row.block)
            yield row

    @property
    def blocks(self) -> list[tuple[int, list[Shown]]]:
        """The rows as the form shows them, block by block."""
        found: dict[int, list[Shown]] = {}
        for number, row in enumerate(self.rows):
            found.setdefault(row.block, []).append(self._shown(number, row))
        return list(found.items())

    def _shown(self, number: int, row: Row) -> Shown:
        field = self.fields[row.field]
        kind, choices = _kind(field, row.operator)
        known = {key for key, _label in choices}
        kept = row if not choices or row.value in known else replace(row, value="")
        labels = [(name, one.heading) for name, one in self.fields.items()]
        operators = [(key, str(LABELS[key])) for key in operators_of(field)]
        refusal = self.refusals.get(number, "")
        return Shown(number, kept, labels, operators, kind, choices, refusal)

    def domain(self) -> list[Any] | None:
        """What was put together; None where a row does not fit, which the form then says."""
        found = []
        for number, row in enumerate(self.rows):
            try:
                found.append((row, conditions.leaves(self.fields[row.field], row)))
            except Unfit as error:
                self.refusals[number] = str(error)
        return None if self.refusals else conditions.domain_of(found, every=self.every)

    def address(self, domain: list[Any]) -> str:
        """The list with the condition, in place of the one that was edited."""
        pairs = [pair for pair in self.asked.pairs if pair != ("d", self.edited)]
        text = json.dumps(domain, separators=(",", ":"), ensure_ascii=False)
        return self.asked.address([*pairs, ("d", text)])


def _kind(field: Field, operator: str) -> tuple[str, list[tuple[str, str]]]:
    """The control of a value, and its choices."""
    if operator in conditions.WITHOUT_VALUE:
        return "", []
    if operator == "within":
        return "choice", [(key, str(one.label)) for key, one in SPANS.items()]
    if field.type == "selection":
        return "choice", [(str(key), str(label)) for key, label in field.selection()]
    if field.type in NUMBERS:
        return "number", []
    return ("day" if field.type in DATES else "text"), []


@act("build", fits=lambda _screen: True)
@page()
def build(request: PageRequest, screen: Screen) -> HttpResponse:
    """The form; with `_apply` the list with what was put together. With `part` only the form itself."""
    address = reverse(f"web:screen-{screen.slug}")
    with readable():
        kept = QueryDict(came_from(request))
        asked = Asked(screen, kept, address, request.actor, "begun")
        listing = Listing(asked, request.actor)
        access.require(listing.call, "read")
        builder = Builder(asked, request.GET)
        if "_apply" in request.GET and (domain := builder.domain()) is not None:
            reading.count(listing.call, parse(domain), 1)
            return redirect(builder.address(domain))
        context = {
            "screen": screen,
            "asked": asked,
            "builder": builder,
            "list_query": came_from(request),
        }
        template = "screens/parts/builder.html" if "part" in request.GET else "screens/builder.html"
        return render(request, template, context, status=422 if builder.refusals else 200)
