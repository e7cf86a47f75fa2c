"""The ledger of an account: what it began with, every item with the balance after it, and what it ended with."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum, Window

from accounting.models import JournalItem
from accounting.models.item import JournalItemQuerySet
from accounting.reports.trial_balance import cumulated
from base.money import ZERO


@dataclass(frozen=True, kw_only=True)
class LedgerQuestion:
    """Which account of which company, from which day to which; optionally of one partner, and only some rows."""

    company_id: int
    account_id: int
    first: date
    last: date
    partner_id: int | None = None
    at_most: int | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One item. `balance` is that of the account after it."""

    item_id: int
    entry_id: int
    number: str
    date: date
    partner: str
    label: str
    debit: Decimal
    credit: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the account began with, its items by day, and what it ended with."""

    opening: Decimal
    rows: tuple[LedgerRow, ...]
    closing: Decimal
    count: int


def ledger(question: LedgerQuestion) -> Ledger:
    """Answer with the items of the account. Three queries; of one partner four."""
    # An account belongs to one company, which the balances are asked for.
    items = JournalItem.objects.posted().filter(account=question.account_id)
    if question.partner_id:
        items = items.filter(partner=question.partner_id)
    opening, closing = _edges(question, items)
    shown = items.between(question.first, question.last)
    found = shown.order_by("date", "pk").annotate(
        running=Window(Sum("balance"), order_by=["date", "pk"])
    )
    end = None if question.at_most is None else question.skip + question.at_most
    columns = (
        "pk",
        "entry_id",
        "entry__number",
        "date",
        "partner__complete_name",
        "label",
        "debit",
        "credit",
    )
    rows = tuple(
        LedgerRow(pk, entry, number, day, partner or "", label, debit, credit, opening + running)
        for pk, entry, number, day, partner, label, debit, credit, running in found.values_list(
            *columns, "running"
        )[question.skip : end]
    )
    return Ledger(opening, rows, closing, shown.count())


def _edges(question: LedgerQuestion, items: JournalItemQuerySet) -> tuple[Decimal, Decimal]:
    """What was on the account before the period and after it; of one partner by adding up."""
    after = question.last + timedelta(days=1)
    if question.partner_id:
        opening = _sum(items.filter(date__lt=question.first))
        return opening, opening + _sum(items.between(question.first, question.last))
    opening, closing = (
        debit - credit
        for found in cumulated(question.company_id, (question.first, after))
        for debit, credit in [found.get(question.account_id, (ZERO, ZERO))]
    )
    return opening, closing


def _sum(items: JournalItemQuerySet) -> Decimal:
    total: Decimal | None = items.aggregate(total=Sum("balance"))["total"]
    return total or ZERO
