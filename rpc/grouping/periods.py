"""Stretches of time that rows are grouped by: where each begins and ends, and what it is called."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from dateutil.relativedelta import relativedelta

STEPS: dict[str, Any] = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}
PATTERNS = {
    "hour": "hh:00 dd MMM",
    "day": "dd MMM yyyy",
    "week": "'W'w YYYY",
    "month": "MMMM yyyy",
    "quarter": "QQQ yyyy",
    "year": "yyyy",
}


def week_start(locale: str) -> int:
    """The first day of the week where a language is spoken: 0 is Monday, 6 is Sunday."""
    return int(Locale.parse(locale).first_week_day)


def truncated(sql: str, period: str, locale: str) -> str:
    """The SQL of the beginning of the period that a local date or time lies in."""
    if period != "week":
        return f"date_trunc('{period}', {sql})"
    shift = (7 - week_start(locale)) % 7
    return f"(date_trunc('week', {sql} + interval '{shift} day') - interval '{shift} day')"


def label(start: date | datetime, period: str, locale: str) -> str:
    """What a period is called."""
    if isinstance(start, datetime):
        return str(format_datetime(start, PATTERNS[period], locale=locale))
    return str(format_date(start, PATTERNS[period], locale=locale))


def end(start: Any, period: str) -> Any:
    """Where the next period begins."""
    return start + STEPS[period]


def wire(start: date | datetime, zone: ZoneInfo | None) -> str:
    """The beginning of a period as the wire writes it: a date, or the moment in UTC when it begins in a zone."""
    if zone is None:
        return f"{start:%Y-%m-%d}"
    moment = start if isinstance(start, datetime) else datetime.combine(start, datetime.min.time())
    return f"{moment.replace(tzinfo=zone).astimezone(UTC):%Y-%m-%d %H:%M:%S}"
