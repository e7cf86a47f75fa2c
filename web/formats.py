"""How amounts, quantities, days and moments are written in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_decimal, format_decimal
from django.utils import timezone
from django.utils.translation import get_language

MINUS = "−"
NO_BREAK = "\u00a0"


def locale() -> Locale:
    """The reader's locale; English is written the international way, day before month."""
    return Locale.parse({"en": "en_GB", "id": "id_ID"}.get(get_language() or "en", "en_GB"))


def number(value: Decimal | float | None, places: int | None = None) -> str:
    """A number with grouping. `places` fixes the decimals; without it none are shown that are zero."""
    if value is None:
        return ""
    pattern = "#,##0." + ("0" * places if places is not None else "######")
    text = format_decimal(
        abs(Decimal(str(value))), format=pattern.removesuffix("."), locale=locale()
    )
    return (
        f"{MINUS}{text}"
        if value < 0 and any(letter in "123456789" for letter in text)
        else str(text)
    )


def money(value: Decimal | None, currency: Any = None) -> str:
    """An amount with the decimals of its currency, and its symbol on the side where it stands."""
    if value is None:
        return ""
    if currency is None:
        return number(value, 0 if value == value.to_integral_value() else 2)
    text = number(value, currency.places_shown(value))
    sign = MINUS if text.startswith(MINUS) else ""
    text = text.removeprefix(MINUS)
    if currency.position == "after":
        return f"{sign}{text}{NO_BREAK}{currency.symbol}"
    return f"{sign}{currency.symbol}{NO_BREAK}{text}"


def amount(value: Decimal | None, currency: Any) -> str:
    """An amount with the decimals of its currency, without its symbol: for columns whose head says it."""
    return "" if value is None else number(value, currency.places_shown(value))


def short(value: Decimal) -> str:
    """An amount in few signs for a chart: 2.5M, 300K; in Indonesian 2,5 jt, 300 rb."""
    text = format_compact_decimal(value, locale=locale(), fraction_digits=1)
    return str(text)


def day(value: date | datetime | None) -> str:
    """A calendar day, such as 5 Mar 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return str(format_date(value, "d MMM y", locale=locale()))


def month(value: date) -> str:
    """A month, such as Mar 2026."""
    return str(format_date(value, "MMM y", locale=locale()))


def short_month(value: date) -> str:
    """A month without its year, such as Mar."""
    return str(format_date(value, "LLL", locale=locale()))


def long_day(value: date) -> str:
    """A calendar day with its name, such as Thursday, 5 March 2026."""
    return str(format_date(value, "EEEE, d MMMM y", locale=locale()))


def moment(value: datetime | None) -> str:
    """A moment in the reader's time zone, such as 5 Mar 2026 14:07."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return str(format_datetime(local, "d MMM y HH:mm", tzinfo=local.tzinfo, locale=locale()))
