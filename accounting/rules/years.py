"""Fiscal years."""

import calendar
from datetime import date, timedelta


def year_end(year: int, month: int, day: int) -> date:
    """The last day of the fiscal year that ends in a calendar year; the 31st of a short month is its last day."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def year_start(on: date, month: int, day: int) -> date:
    """The first day of the fiscal year that `on` falls in, for years that end on a day of a month."""
    end = year_end(on.year, month, day)
    before = end if on > end else year_end(on.year - 1, month, day)
    return before + timedelta(days=1)
