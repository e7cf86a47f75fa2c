"""Values as people read them: one small piece of HTML for each field of each row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from base.models import Currency
from rpc import access
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.fields import NUMBERS, Field
from rpc.reading.sets import names_of
from web import formats
from web.icons import drawing
from web.screens import registry

LONGEST, MOST_TAGS = 120, 5
NOTHING = SafeString("")
BADGES: dict[tuple[str, str], Mapping[str, str]] = {}
Draw = Callable[[Any, Mapping[str, Any]], SafeString]


@dataclass(frozen=True)
class Drawn:
    """One cell: its HTML, and whether it stands at the right as numbers do."""

    name: str
    label: str
    html: SafeString
    is_number: bool


class Cells:
    """Draws the fields of a page of rows; what it has to look up it looks up once for all of them."""

    def __init__(
        self,
        call: Call,
        names: Iterable[str],
        rows: list[dict[str, Any]],
        known: dict[int, Currency] | None = None,
    ) -> None:
        self.call = call
        self.exposure: Exposure = call.exposure
        self.fields = [self.exposure.fields[name] for name in names]
        self.currencies = _currencies(self.fields, rows, {} if known is None else known)
        self.names = {
            one.name: names_of(call, one.relation, {pk for row in rows for pk in row[one.name]})
            for one in self.fields
            if one.is_set
        }
        self._draw = {one.name: self._drawer(one) for one in self.fields}

    def of(self, row: Mapping[str, Any]) -> list[Drawn]:
        """The cells of one row."""
        return [
            Drawn(
                one.name,
                one.heading,
                self._draw[one.name](row[one.name], row),
                one.type in NUMBERS,
            )
            for one in self.fields
        ]

    def _drawer(self, field: Field) -> Draw:
        if field.type == "monetary":
            return lambda value, row: self._money(field, value, row)
        if field.type == "selection":
            labels = dict(field.selection())
            tones = BADGES.get((self.exposure.name, field.name), {})
            return lambda value, _row: (
                _badge(labels.get(value, value), tones.get(value, "")) if value else NOTHING
            )
        if field.type == "many2one":
            screen = registry.opened_by(self.call.actor, field.relation)
            return lambda value, _row: _link(screen, value)
        if field.is_set:
            return lambda value, _row: self._tags(field, value)
        return PLAIN.get(field.type, _text)

    def _money(self, field: Field, value: Any, row: Mapping[str, Any]) -> SafeString:
        currency = self.currencies.get(currency_id(row, field))
        return _number(formats.money(None if value is None else Decimal(value), currency))

    def _tags(self, field: Field, ids: list[int]) -> SafeString:
        names = self.names[field.name]
        shown = format_html_join(
            " ",
            '<span class="badge note">{}</span>',
            ((names.get(pk, "?"),) for pk in ids[:MOST_TAGS]),
        )
        more = len(ids) - MOST_TAGS
        return format_html("{} +{}", shown, more) if more > 0 else shown


def drawn_value(call: Call, field: Field, row: Mapping[str, Any]) -> str:
    """One value of a row in plain words."""
    return strip_tags(Cells(call, [field.name], [dict(row)]).of(row)[0].html).strip()


def currency_id(row: Mapping[str, Any], field: Field) -> Any:
    """The currency of an amount in a row."""
    found = row.get(field.currency)
    return found[0] if isinstance(found, list) else found


def currencies_of(ids: Iterable[Any], known: dict[int, Currency]) -> Mapping[int, Currency]:
    """Currencies by id; those not known yet are fetched and remembered. One query, or none."""
    if wanted := {pk for pk in ids if pk} - known.keys():
        known |= Currency.objects.in_bulk(wanted)
    return known


def _currencies(
    fields: Iterable[Field], rows: list[dict[str, Any]], known: dict[int, Currency]
) -> Mapping[int, Currency]:
    """The currencies of all amounts of a page. One query, or none where there are no amounts."""
    money = [one for one in fields if one.type == "monetary" and one.currency]
    return currencies_of({currency_id(row, one) for row in rows for one in money}, known)


def _text(value: Any, _row: Any) -> SafeString:
    if value is None or value is False:
        return NOTHING
    text = str(value)
    return conditional_escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _rich(value: Any, row: Any) -> SafeString:
    return _text(strip_tags(value) if value else None, row)


def _yes(value: Any, _row: Any) -> SafeString:
    if not value:
        return format_html('<span class="visually-hidden">{}</span>', _("No"))
    box, body = drawing("check-lg")
    return format_html(
        '<svg class="icon" viewBox="{}" role="img" aria-label="{}">{}</svg>',
        box,
        _("Yes"),
        mark_safe(body),  # noqa: S308 - our own drawing
    )


def badges(noun: str, field: str, **tones: str) -> None:
    """Say in which tone each choice of a field is shown: good, care, bad, note, or none."""
    BADGES[noun, field] = tones


def _badge(label: Any, tone: str = "") -> SafeString:
    return format_html('<span class="badge {}">{}</span>', tone, label)


def _number(text: str) -> SafeString:
    return format_html('<span class="figure">{}</span>', text)


def _day(text: str) -> SafeString:
    return format_html('<span class="day">{}</span>', text) if text else NOTHING


def _link(screen: Any, value: Any) -> SafeString:
    if not value:
        return NOTHING
    if screen is None:
        return conditional_escape(value[1])
    return format_html('<a href="{}">{}</a>', record_url(screen, value[0]), value[1])


def new_url(call: Call, screen: Any) -> str:
    """Where a new record is made, or nothing where the actor may not."""
    if not screen.is_made_here or not access.may(call, "create"):
        return ""
    if screen.new:
        return reverse(screen.new)
    return reverse(f"web:screen-{screen.slug}-new") if screen.form else ""


def record_url(screen: Any, pk: int) -> str:
    """Where a record is shown."""
    if screen.page:
        return reverse(screen.page, args=[pk])
    return reverse(f"web:screen-{screen.slug}-record", args=[pk])


PLAIN: dict[str, Draw] = {
    "boolean": _yes,
    "html": _rich,
    "date": lambda value, _row: _day(formats.day(value or None)),
    "datetime": lambda value, _row: _day(formats.moment(value or None)),
    "integer": lambda value, _row: _number(formats.number(value)),
    "float": lambda value, _row: _number(formats.number(value)),
}
