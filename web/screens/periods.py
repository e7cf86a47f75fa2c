"""The days that a calendar shows: a month in whole weeks, a week, or one day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from babel.dates import format_date, get_day_names

from web import formats

SCALES = ("month", "week", "day")


@dataclass(frozen=True)
class Period:
    """The days around one of them, in the reader's kind of week."""

    scale: str
    day: date

    @cached_property
    def first(self) -> date:
        """The first day that is shown."""
        if self.scale == "day":
            return self.day
        start = self.day.replace(day=1) if self.scale == "month" else self.day
        return start - timedelta(days=(start.weekday() - self._week_begins) % 7)

    @cached_property
    def after(self) -> date:
        """The first day that is not shown any more."""
        if self.scale != "month":
            return self.first + timedelta(days=1 if self.scale == "day" else 7)
        last = self._next_month - timedelta(days=1)
        return last + timedelta(days=7 - (last.weekday() - self._week_begins) % 7)

    @property
    def previous(self) -> date:
        """A day of the period before."""
        begin = self.day.replace(day=1) if self.scale == "month" else self.first
        return begin - timedelta(days=1)

    @property
    def next(self) -> date:
        """A day of the period after."""
        return self._next_month if self.scale == "month" else self.after

    @property
    def title(self) -> str:
        """What the period is called."""
        if self.scale == "month":
            return str(format_date(self.day, "LLLL y", locale=formats.locale()))
        if self.scale == "day":
            return str(format_date(self.day, "EEEE, d MMMM y", locale=formats.locale()))
        return f"{formats.day(self.first)} – {formats.day(self.after - timedelta(days=1))}"

    @property
    def heads(self) -> list[str]:
        """The names of the days of a week."""
        names = get_day_names("abbreviated", locale=formats.locale())
        return [str(names[(self._week_begins + number) % 7]) for number in range(7)]

    @property
    def _week_begins(self) -> int:
        return int(formats.locale().first_week_day)

    @property
    def _next_month(self) -> date:
        return (self.day.replace(day=1) + timedelta(days=32)).replace(day=1)
