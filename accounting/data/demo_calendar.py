"""The months of the demo's history, each with its own luck."""

import calendar
import random
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 6


@dataclass(frozen=True)
class Month:
    """A month of the history."""

    year: int
    number: int
    until: date

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def luck(self, subject: str) -> random.Random:
        """A generator that gives the same for the same month and subject, always."""
        return random.Random(f"{self.year}-{self.number}-{subject}")  # noqa: S311 - this is a story, not a secret

    def day(self, number: int) -> date | None:
        """A day of the month, a weekday, or None when it is still to come."""
        day = min(date(self.year, self.number, 1) + timedelta(days=number - 1), self.last)
        if day.weekday() >= 5:
            day += timedelta(days=7 - day.weekday() if day + timedelta(days=2) <= self.last else -2)
        return day if day <= self.until else None


@dataclass(frozen=True)
class Calendar:
    """The current month and the five before it, up to a day."""

    today: date

    def months(self) -> list[Month]:
        """The months, the earliest first."""
        found = []
        year, number = self.today.year, self.today.month
        for _back in range(MONTHS):
            found.append(Month(year, number, self.today))
            year, number = (year, number - 1) if number > 1 else (year - 1, 12)
        return found[::-1]
