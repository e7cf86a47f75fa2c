"""Times of a clock as programs say them: every so many minutes, hours, days, weeks or months, next at a moment."""

from dataclasses import dataclass
from datetime import datetime

# What each unit may be counted in, and how often it comes round: the clock starts anew every hour, day, month, year.
ROUNDS = {"minutes": 60, "hours": 24, "days": 31, "months": 12}


@dataclass(frozen=True)
class Interval:
    """So many of a unit."""

    number: int
    unit: str


def interval_of(cron: str) -> Interval | None:
    """What five parts of a clock come to; None where they are no plain interval."""
    minute, hour, day, month, weekday = cron.split()
    if (hour, day, month, weekday) == ("*", "*", "*", "*"):
        every = _step(minute)
        return (
            Interval(every, "minutes")
            if every
            else Interval(1, "hours")
            if minute.isdigit()
            else None
        )
    if not minute.isdigit():
        return None
    if (day, month, weekday) == ("*", "*", "*"):
        every = _step(hour)
        return (
            Interval(every, "hours") if every else Interval(1, "days") if hour.isdigit() else None
        )
    return _of_days(day, month, weekday) if hour.isdigit() else None


def cron_of(interval: Interval, at: datetime) -> str | None:
    """The five parts that keep an interval and strike at a local moment; None where no clock keeps it."""
    number, unit = interval.number, interval.unit
    if number < 1 or (number > 1 and ROUNDS.get(unit, 0) < 2 * number):
        return None
    every = "*" if number == 1 else f"*/{number}"
    parts = {
        "minutes": f"{every} * * * *",
        "hours": f"{at.minute} {every} * * *",
        "days": f"{at.minute} {at.hour} {every} * *",
        "weeks": f"{at.minute} {at.hour} * * {at.isoweekday() % 7}",
        "months": f"{at.minute} {at.hour} {at.day} {every} *",
    }
    return parts.get(unit)


def _of_days(day: str, month: str, weekday: str) -> Interval | None:
    if (day, month) == ("*", "*"):
        return Interval(1, "weeks") if weekday.isdigit() else None
    if weekday != "*":
        return None
    if month == "*" and _step(day):
        return Interval(_step(day), "days")
    if not day.isdigit():
        return None
    return (
        Interval(1, "months")
        if month == "*"
        else Interval(_step(month), "months")
        if _step(month)
        else None
    )


def _step(part: str) -> int:
    """The number in `*/5`, one for `*`, nothing for anything else."""
    if part == "*":
        return 1
    head, _slash, step = part.partition("/")
    return int(step) if head == "*" and step.isdigit() else 0
