"""When a document falls due and in which parts, and what an early payment saves."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from base.money import ZERO, round_half_up

PERCENT, FIXED = "percent", "fixed"

DAYS_AFTER = "days_after"
AFTER_END_OF_MONTH = "days_after_end_of_month"
AFTER_END_OF_NEXT_MONTH = "days_after_end_of_next_month"
ON_DAY_OF_NEXT_MONTH = "days_end_of_month_on_the"

TAX_REDUCED, TAX_KEPT, TAX_ALWAYS_REDUCED = "included", "excluded", "mixed"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a payment term: a percentage or a fixed amount, due some days after something."""

    kind: str = PERCENT
    value: Decimal = Decimal(100)
    delay: str = DAYS_AFTER
    days: int = 0
    day_of_month: int = 0


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is due on a day, in the document's currency and in the company's."""

    due_date: date
    amount: Decimal
    company_amount: Decimal


def due_date(start: date, part: Part) -> date:
    """The day on which a part falls due, counted from the document's day."""
    if part.delay == AFTER_END_OF_MONTH:
        return end_of_month(start) + timedelta(days=part.days)
    if part.delay == AFTER_END_OF_NEXT_MONTH:
        return end_of_month(end_of_month(start) + timedelta(days=1)) + timedelta(days=part.days)
    later = start + timedelta(days=part.days)
    if part.delay == ON_DAY_OF_NEXT_MONTH:
        return _on_day_after(later, part.day_of_month)
    return later


def end_of_month(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def instalments(
    total: Decimal,
    company_total: Decimal,
    parts: Sequence[Part],
    *,
    start: date,
    places: int,
    company_places: int,
) -> list[Instalment]:
    """Split a document into what is due when.

    Percentages are rounded in both currencies, fixed amounts are converted at the document's own rate, and the last
    part takes what is left in both, whatever it says. Fixed amounts follow the sign of the total; no part takes more
    than is left. What comes to nothing in the document's currency comes to nothing in the company's.
    """
    if not parts:
        return [Instalment(start, total, company_total)]
    rate = Fraction(company_total) / Fraction(total) if total else Fraction(1)
    left, company_left = total, company_total
    rows = []
    for part in parts[:-1]:
        amount, company_amount = _amounts(part, total, company_total, rate, places, company_places)
        if abs(amount) >= abs(left):
            amount, company_amount = left, company_left
        elif not amount:
            company_amount = ZERO
        left, company_left = left - amount, company_left - company_amount
        rows.append(Instalment(due_date(start, part), amount, company_amount))
    return [*rows, Instalment(due_date(start, parts[-1]), left, company_left)]


def taxed_part(effect: str, percent: Decimal) -> Fraction:
    """The part of a document's prices that taxes are on, with an early payment discount of so many percent.

    `TAX_ALWAYS_REDUCED` taxes the discounted price from the start, whether it is paid early or not; `TAX_REDUCED`
    gives the tax back with the discount when it is paid early, `TAX_KEPT` never.
    """
    return 1 - Fraction(percent) / 100 if effect == TAX_ALWAYS_REDUCED else Fraction(1)


def _amounts(
    part: Part,
    total: Decimal,
    company_total: Decimal,
    rate: Fraction,
    places: int,
    company_places: int,
) -> tuple[Decimal, Decimal]:
    if part.kind == FIXED:
        amount = part.value if total >= ZERO else -part.value
        return round_half_up(amount, places), round_half_up(Fraction(amount) * rate, company_places)
    share = Fraction(part.value) / 100
    return (
        round_half_up(Fraction(total) * share, places),
        round_half_up(Fraction(company_total) * share, company_places),
    )


def _on_day_after(day: date, day_of_month: int) -> date:
    if not day_of_month:
        return end_of_month(day)
    next_month = end_of_month(end_of_month(day) + timedelta(days=1))
    return next_month.replace(day=min(day_of_month, next_month.day))
