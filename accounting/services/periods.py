"""Closing books: fiscal periods and lock dates."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounting.errors import DraftsLeft, PeriodClosed
from accounting.models import CompanyAccounting, FiscalPeriod, Journal, JournalEntry, JournalItem
from accounting.models.period import FiscalPeriodQuerySet
from base.actors import Actor
from base.verbs import verb

LOCK_DATES = (
    "lock_date",
    "tax_lock_date",
    "sale_lock_date",
    "purchase_lock_date",
    "hard_lock_date",
)


@dataclass
class Locks:
    """What is locked in the books of some companies. The database refuses the same; this says it more kindly."""

    settings: Mapping[int, CompanyAccounting]
    closed: list[FiscalPeriod]

    @classmethod
    def of(cls, entries: Iterable[JournalEntry]) -> "Locks":
        """Read the locks of the entries' companies. Two queries, none for no entries."""
        companies = {entry.company_id for entry in entries}
        if not companies:
            return cls({}, [])
        settings = CompanyAccounting.objects.filter(company__in=companies)
        return cls(
            {row.company_id: row for row in settings},
            list(FiscalPeriod.objects.closed().filter(company__in=companies)),
        )

    def check(self, entries: Iterable[JournalEntry]) -> None:
        """Refuse the first entry whose day is locked, with `PeriodClosed`."""
        taxed: set[int] | None = None
        for entry in entries:
            if self._is_locked(entry):
                raise PeriodClosed(date=entry.date)
            settings = self.settings.get(entry.company_id)
            if settings and settings.tax_lock_date and entry.date <= settings.tax_lock_date:
                taxed = _taxed(entries) if taxed is None else taxed
                if entry.pk in taxed:
                    raise PeriodClosed(date=entry.date)

    def first_open_day(self, entry: JournalEntry) -> date:
        """The entry's day, or the first one after it on which the books are open."""
        moved = copy(entry)
        while self._is_locked(moved):
            moved.date = self._end_of_lock(moved) + timedelta(days=1)
        return moved.date

    def _end_of_lock(self, entry: JournalEntry) -> date:
        ends = [day for day in self._lock_dates(entry) if day >= entry.date]
        ends += [
            period.days.upper - timedelta(days=1)
            for period in self._closed_around(entry)
            if period.days.upper
        ]
        if not ends:
            raise PeriodClosed(date=entry.date)
        return max(ends)

    def _lock_dates(self, entry: JournalEntry) -> list[date]:
        settings = self.settings.get(entry.company_id)
        if settings is None:
            return []
        dates = [settings.lock_date, settings.hard_lock_date]
        if entry.journal.kind == Journal.Kind.SALE:
            dates.append(settings.sale_lock_date)
        elif entry.journal.kind == Journal.Kind.PURCHASE:
            dates.append(settings.purchase_lock_date)
        return [day for day in dates if day is not None]

    def _closed_around(self, entry: JournalEntry) -> list[FiscalPeriod]:
        return [
            period
            for period in self.closed
            if period.company_id == entry.company_id and entry.date in period.days
        ]

    def _is_locked(self, entry: JournalEntry) -> bool:
        return any(entry.date <= day for day in self._lock_dates(entry)) or bool(
            self._closed_around(entry)
        )


@verb("accounting.close_period")
def close(periods: FiscalPeriodQuerySet, *, by: Actor) -> list[FiscalPeriod]:
    """Close periods: nothing can be posted in them or taken back any more. Waits for postings under way."""
    rows = list(periods.locked())
    FiscalPeriod.objects.filter(pk__in=[row.pk for row in rows], closed_at__isnull=True).update(
        closed_at=timezone.now()
    )
    return rows


@verb("accounting.close_period")
def reopen(periods: FiscalPeriodQuerySet, *, by: Actor) -> list[FiscalPeriod]:
    """Open closed periods again."""
    rows = list(periods.locked())
    FiscalPeriod.objects.filter(pk__in=[row.pk for row in rows]).update(closed_at=None)
    return rows


@verb("accounting.lock_books")
def lock(
    settings: QuerySet[CompanyAccounting], dates: Mapping[str, date | None], *, by: Actor
) -> list[CompanyAccounting]:
    """Set lock dates, by name; what is not named stays. Waits for postings under way.

    The hard lock only moves forward. **Refuses with** `DraftsLeft` when drafts lie before a new hard lock.
    """
    rows = list(settings.order_by("pk").select_for_update(of=("self",)))
    changes: dict[str, Any] = {name: dates[name] for name in LOCK_DATES if name in dates}
    CompanyAccounting.objects.filter(pk__in=[row.pk for row in rows]).update(**changes)
    hard = changes.get("hard_lock_date")
    if hard is not None:
        left = (
            JournalEntry.objects.drafts()
            .filter(company__in=[row.pk for row in rows], date__lte=hard)
            .count()
        )
        if left:
            raise DraftsLeft(count=left, date=hard)
    for row in rows:
        for name, day in changes.items():
            setattr(row, name, day)
    return rows


def _taxed(entries: Iterable[JournalEntry]) -> set[int]:
    """The entries that a tax return counts: with a tax, or a line that is subject to one."""
    counted = Q(tax__isnull=False) | Q(taxes__isnull=False) | Q(tags__isnull=False)
    found = JournalItem.objects.filter(counted, entry__in=[entry.pk for entry in entries])
    return set(found.values_list("entry_id", flat=True))
