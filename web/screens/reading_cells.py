"""Cells as people write them, turned into what the wire takes: numbers and days in the way of the file, moments in UTC."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rpc.context import Call
from rpc.exchange.paths import Node
from rpc.fields import NUMBERS, Field
from web.screens.sheets import unguarded

DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:[ T](.*))?\Z")
NUMBER = re.compile(r"[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?\Z")
POINT, COMMA = "point", "comma"
DAY_FIRST, MONTH_FIRST = "day", "month"


class Unfit(Exception):
    """A cell that does not hold what its column should."""


class Reader:
    """Reads the cells of a file by the fields of their columns."""

    def __init__(self, call: Call, node: Node, options: dict[str, Any]) -> None:
        self.zone = call.zone
        self.has_comma = options.get("numbers") == COMMA
        self.has_month_first = options.get("days") == MONTH_FIRST
        self.fields = dict(_fields(node))

    def of(self, cells: list[str]) -> list[str]:
        """The cells of one line. Raises `Unfit`."""
        return [self._cell(self.fields.get(place), text) for place, text in enumerate(cells)]

    def _cell(self, field: Field | None, text: str) -> str:
        text = unguarded(text)
        if field is None or not text:
            return text
        if field.type in NUMBERS:
            return self._number(field, text)
        if field.type in {"date", "datetime"}:
            return self._moment(field, text)
        return text

    def _number(self, field: Field, text: str) -> str:
        bare = text.replace(" ", "").replace("\u00a0", "").removeprefix("Rp")
        if self.has_comma:
            bare = bare.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare):
            bare = bare.replace(",", "")
        if not NUMBER.match(bare):
            raise Unfit(_("“%(text)s” in %(field)s is no number.") % self._told(field, text))
        return bare

    def _moment(self, field: Field, text: str) -> str:
        match = DAY.match(text)
        if match:
            first, second, year, rest = match.groups()
            month, day = (first, second) if self.has_month_first else (second, first)
            text = f"{year}-{int(month):02d}-{int(day):02d}{f' {rest}' if rest else ''}"
        try:
            if field.type == "date":
                return date.fromisoformat(text[:10]).isoformat()
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise Unfit(_("“%(text)s” in %(field)s is no day.") % self._told(field, text)) from None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")

    def _told(self, field: Field, text: str) -> dict[str, str]:
        return {"text": text[:40], "field": field.heading}


def _fields(node: Node) -> Any:
    yield from node.own.items()
    for beyond in node.links.values():
        yield from _fields(beyond)
