"""The dashboard: what is owed to us and by us, what we invoice month by month, and the money we have."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, When
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import render

from accounting.models import Journal, JournalEntry
from accounting.reports.trial_balance import cumulated
from accounting.screens import company as companies
from accounting.screens.chart import Bars, Month
from accounting.screens.outstanding import PAYABLE, RECEIVABLE, outstanding
from base.actors import Actor
from base.money import ZERO
from base.policies import visible
from web.pages import PageRequest, page

MONTHS = 6


@page("accounting.view_journalentry")
def home(request: PageRequest) -> HttpResponse:
    """The dashboard of the current company."""
    actor = request.actor
    company = companies.current(actor)
    today = companies.today(company)
    money = _money(actor, company.pk, today)
    context = {
        "company": company,
        "receivable": outstanding(actor, company.pk, RECEIVABLE, today),
        "payable": outstanding(actor, company.pk, PAYABLE, today),
        "chart": Bars(_months(actor, company.pk, today)),
        "money": money,
        "money_sum": sum((row["balance"] for row in money), ZERO),
        "drafts": _drafts(actor, company.pk),
    }
    return render(request, "accounting/home.html", context)


def _months(actor: Actor, company_id: int, today: date) -> list[Month]:
    """What was invoiced and billed in each of the last months, credit notes taken off. One query."""
    firsts = [_months_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    rows = visible(JournalEntry.objects.documents().posted(), actor).filter(
        company=company_id, date__gte=firsts[0], date__lt=_months_before(today, -1)
    )
    sign = Case(When(kind__in=JournalEntry.REFUNDS, then=-1), default=1)
    amount = F("total") * F("rate") * sign
    found: dict[Any, Any] = {
        row["month"]: row
        for row in rows.order_by()
        .annotate(month=TruncMonth("date"))
        .values("month")
        .annotate(
            sold=Sum(amount, filter=Q(kind__in=JournalEntry.SALES)),
            bought=Sum(amount, filter=Q(kind__in=JournalEntry.PURCHASES)),
        )
    }
    return [
        Month(
            first,
            found.get(first, {}).get("sold") or ZERO,
            found.get(first, {}).get("bought") or ZERO,
        )
        for first in firsts
    ]


def _months_before(day: date, back: int) -> date:
    """The first day of the month so many months before a day."""
    years, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(years, month + 1, 1)


def _money(actor: Actor, company_id: int, today: date) -> list[dict[str, Any]]:
    """The bank and cash accounts of the company with what is on them at the end of today. Two queries."""
    journals = visible(Journal.objects.of_company(company_id).liquid(), actor)
    [balances] = cumulated(company_id, [today + timedelta(days=1)])
    accounts: dict[int, dict[str, Any]] = {}
    for journal in journals.filter(default_account__isnull=False):
        debit, credit = balances.get(journal.default_account_id, (ZERO, ZERO))
        accounts.setdefault(
            journal.default_account_id,
            {
                "name": journal.name,
                "account": journal.default_account_id,
                "balance": debit - credit,
            },
        )
    return list(accounts.values())


def _drafts(actor: Actor, company_id: int) -> dict[str, int]:
    """How many drafts wait on each side. One query."""
    rows = visible(JournalEntry.objects.documents().drafts(), actor).filter(company=company_id)
    found: dict[str, int] = rows.order_by().aggregate(
        sales=Count("pk", filter=Q(kind__in=JournalEntry.SALES)),
        bills=Count("pk", filter=Q(kind__in=JournalEntry.PURCHASES)),
    )
    return found
