"""Where currency rates come from: a file that works offline, the European Central Bank, and what modules add.

@source("bi", label=_("Bank Indonesia"))
def bank_indonesia() -> list[Quotes]: ...
"""

import csv
import io
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.errors import Refused
from base.jobs import NotNow

SECONDS = 20
LARGEST = 32 * 1024 * 1024
EURO = "EUR"
CUBE = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"


class UnknownSource(Refused):
    """A company names a source that no installed module brings."""

    code = "unknown_rate_source"
    message = _("There is no source of currency rates “%(source)s”.")


class SourceAway(NotNow):
    """The source cannot be reached, or the file is not there."""

    code = "rate_source_away"
    message = _("The currency rates at %(place)s cannot be fetched: %(error)s")


class SourceUnreadable(Refused):
    """What the source says is not in its format."""

    code = "rate_source_unreadable"
    message = _("The currency rates at %(place)s cannot be read: %(error)s")


@dataclass(frozen=True)
class Quotes:
    """What one unit of `base` was worth on a day: so many units of each currency, by its code."""

    day: date
    base: str
    rates: dict[str, Decimal]

    def units(self, code: str) -> Decimal | None:
        """How many units of a currency one unit of the base was worth."""
        return Decimal(1) if code == self.base else self.rates.get(code)


@dataclass(frozen=True)
class Source:
    """A source of rates, and what people call it."""

    key: str
    label: str | Promise
    quotes: Callable[[], list[Quotes]]


_sources: dict[str, Source] = {}
Fetch = Callable[[], list[Quotes]]


def source(key: str, *, label: str | Promise) -> Callable[[Fetch], Fetch]:
    """Make a source of a function that answers quotes. It refuses with `SourceAway` or `SourceUnreadable`."""

    def register(function: Fetch) -> Fetch:
        _sources[key] = Source(key, label, function)
        return function

    return register


def known() -> list[Source]:
    """All sources that the installed modules bring."""
    return list(_sources.values())


def named(key: str) -> Source:
    """The source of a key. Refuses with `UnknownSource`."""
    if key not in _sources:
        raise UnknownSource(source=key)
    return _sources[key]


@source("file", label=_("A file (CSV)"))
def from_file() -> list[Quotes]:
    """The file that NIAGA_RATES_FILE names: `date,currency,base,rate`, one unit of currency costs `rate` units of base."""
    place = str(settings.RATES_FILE)
    return read_csv(_fetched(place).decode("utf-8-sig", errors="replace"), place)


@source("ecb", label=_("European Central Bank"))
def from_ecb() -> list[Quotes]:
    """What the European Central Bank published, daily or all of its history, as NIAGA_RATES_ECB says."""
    return read_ecb(_fetched(settings.RATES_ECB), settings.RATES_ECB)


def read_csv(text: str, place: str = "") -> list[Quotes]:
    """Quotes out of a table with a line of heads; comma or semicolon between. Refuses with `SourceUnreadable`."""
    head = text.split("\n", 1)[0]
    lines = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    found: dict[tuple[date, str], dict[str, Decimal]] = {}
    for number, line in enumerate(lines, start=2):
        try:
            day, base = date.fromisoformat(line["date"].strip()), line["base"].strip().upper()
            worth = 1 / _positive(line["rate"])
            found.setdefault((day, base), {})[line["currency"].strip().upper()] = worth
        except (KeyError, AttributeError, ValueError) as error:
            told = gettext("line %(number)d: %(error)s") % {"number": number, "error": error}
            raise SourceUnreadable(place=place, error=told) from None
    return [Quotes(day, base, rates) for (day, base), rates in sorted(found.items())]


def read_ecb(content: bytes, place: str = "") -> list[Quotes]:
    """Quotes out of the ECB's XML: eurofxref-daily, -hist-90d or -hist. Refuses with `SourceUnreadable`."""
    try:
        return list(_of_ecb(content))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SourceUnreadable(place=place, error=error) from None


def _of_ecb(content: bytes) -> Iterator[Quotes]:
    days = [cube for cube in fromstring(content).iter(CUBE) if "time" in cube.attrib]
    if not days:
        raise ValueError(gettext("it holds no day"))
    for day in days:
        quoted = [cube for cube in day.findall(CUBE) if {"currency", "rate"} <= cube.attrib.keys()]
        rates = {cube.attrib["currency"]: _positive(cube.attrib["rate"]) for cube in quoted}
        yield Quotes(date.fromisoformat(day.attrib["time"]), EURO, rates)


def _positive(text: str) -> Decimal:
    """A rate. Raises `ValueError` for what is none."""
    try:
        rate = Decimal(text.strip())
    except InvalidOperation:
        rate = Decimal(0)
    if not (rate.is_finite() and rate > 0):
        raise ValueError(gettext("“%(text)s” is no rate") % {"text": text[:40]})
    return rate


def _fetched(place: str) -> bytes:
    """What lies at a path or an address. Refuses with `SourceAway`."""
    try:
        if not place.startswith(("http://", "https://")):
            return Path(place).read_bytes()
        with urllib.request.urlopen(place, timeout=SECONDS) as answer:  # noqa: S310 - http and https alone
            return bytes(answer.read(LARGEST))
    except OSError as error:
        raise SourceAway(place=place, error=error) from error
