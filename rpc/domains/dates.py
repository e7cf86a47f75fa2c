"""Dates in domains: ISO text, relative expressions such as `today -7d +monday`, and days against moments."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from rpc.faults import type_error, value_error

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {
    "d": "days",
    "w": "weeks",
    "m": "months",
    "y": "years",
    "H": "hours",
    "M": "minutes",
    "S": "seconds",
}
SETTERS = {"d": "day", "m": "month", "y": "year", "H": "hour", "M": "minute", "S": "second"}
TERM = re.compile(r"([+\-=]?)(\d+)([dwmyHMS])\Z")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]|\Z)")
ZONED = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})\Z")


class Clock:
    """What time it is for a call, and in which zone its days begin."""

    def __init__(self, now: datetime, zone: ZoneInfo, week_start: int = 0) -> None:
        self.now = now
        self.zone = zone
        self.week_start = week_start


def moment(text: Any, clock: Clock) -> date | datetime:
    """Read what a domain says about a point in time: a `date` for a day, a naive UTC `datetime` for a moment."""
    if isinstance(text, datetime | date):
        return text
    if not isinstance(text, str):
        raise type_error(f"expected a date as text, not {text!r}")
    if not text.strip():
        raise value_error("Empty date value")
    return _iso(text) if ISO.match(text) else _relative(text, clock)


def as_day(text: Any, clock: Clock) -> date:
    """The day that a value for a date field means; a time of day is cut off."""
    found = moment(text, clock)
    return found.date() if isinstance(found, datetime) else found


def as_moments(text: Any, clock: Clock) -> tuple[datetime, datetime]:
    """The first moment that a value for a datetime field means, and the first one after it; in UTC.

    A moment lasts one second at the wire's precision; a day lasts from midnight to midnight in the clock's zone.
    """
    found = moment(text, clock)
    if isinstance(found, datetime):
        start = found if found.tzinfo else found.replace(tzinfo=UTC)
        return start, start
    first = datetime.combine(found, time.min, tzinfo=clock.zone)
    after = datetime.combine(found + timedelta(days=1), time.min, tzinfo=clock.zone)
    return first.astimezone(UTC), after.astimezone(UTC)


def _iso(text: str) -> date | datetime:
    if ZONED.search(text[10:]):
        raise value_error(f"expecting only datetimes with no timezone: {text!r}")
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise value_error(str(error)) from None


def _relative(text: str, clock: Clock) -> date | datetime:
    local = clock.now.astimezone(clock.zone)
    found: date | datetime = local.date()
    for term in text.split():
        if term == "today":
            found = local.date()
        elif term == "now":
            found = local
        else:
            found = _shifted(found, term, text, clock)
    return found.astimezone(UTC).replace(tzinfo=None) if isinstance(found, datetime) else found


def _shifted(found: date | datetime, term: str, text: str, clock: Clock) -> date | datetime:
    if match := TERM.match(term):
        return _by(found, match, text, clock.zone)
    name = term.lstrip("+-=")
    first = (
        clock.week_start
        if name == "week_start"
        else WEEKDAYS.index(name)
        if name in WEEKDAYS
        else None
    )
    if first is None or term[0] not in "+-=":
        raise value_error(f"Invalid term {term!r} in expression date: {text!r}")
    days = (first - found.weekday()) % 7
    if term[0] != "+" and days:
        days -= 7
    shifted = found + timedelta(days=days)
    return _midnight(shifted) if term[0] == "=" else shifted


def _by(found: date | datetime, match: re.Match[str], text: str, zone: ZoneInfo) -> date | datetime:
    sign, number, unit = match[1], int(match[2]), match[3]
    if unit in "HMS" and not isinstance(found, datetime):
        found = datetime.combine(found, time.min, tzinfo=zone)
    signed = -number if sign == "-" else number
    wanted = SETTERS.get(unit, "") if sign == "=" else UNITS[unit]
    try:
        moved: date | datetime = found + relativedelta(**{wanted: signed})
    except (TypeError, ValueError, OverflowError):
        raise value_error(f"Invalid term {match[0]!r} in expression date: {text!r}") from None
    return moved


def _midnight(found: date | datetime) -> date | datetime:
    return (
        found.replace(hour=0, minute=0, second=0, microsecond=0)
        if isinstance(found, datetime)
        else found
    )
