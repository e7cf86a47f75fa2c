"""The dashboard of accounting: what is owed, what we have, what waits, and what we invoice, from the books themselves."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, F, Q, Sum, When
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models import CompanyAccounting, Journal, JournalEntry
from accounting.reports.trial_balance import cumulated
from accounting.screens import company as companies
from accounting.screens.chart import Bars, Month
from accounting.screens.outstanding import PAYABLE, RECEIVABLE, items_of, outstanding
from base.actors import Actor
from base.money import ZERO
from base.policies import visible
from web import formats
from web.pages import PageRequest, page
from web.screens.dashboards import Dashboard, Sight, Told, shown

MOST_LATE, MONTHS = 5, 6
ENTRIES, ITEMS = "accounting.view_journalentry", "accounting.view_journalitem"


def owed(sight: Sight, side: str) -> Mapping[str, Any]:
    """What is open on a side, by age. One query."""
    actor, company = sight.actor, sight.once(companies.current)
    found = outstanding(actor, company.pk, side, companies.today(company))
    return {
        "outstanding": found,
        "company": company,
        "url": reverse("accounting:outstanding", args=[side]),
        "sum": formats.money(found.total, company.currency),
    }


def receivable(sight: Sight) -> Mapping[str, Any]:
    """What customers owe us."""
    return owed(sight, RECEIVABLE)


def payable(sight: Sight) -> Mapping[str, Any]:
    """What we owe vendors."""
    return owed(sight, PAYABLE)


def money(sight: Sight) -> Mapping[str, Any]:
    """What is on each bank and cash account at the end of today, as the trial balance has it. Two queries."""
    actor, company = sight.actor, sight.once(companies.current)
    rows = _money(actor, company.pk, companies.today(company))
    total: Decimal = sum((row["balance"] for row in rows), ZERO)
    return {"rows": rows, "total": total, "company": company}


def months(sight: Sight) -> Mapping[str, Any]:
    """What was invoiced and billed in each of the last months. One query."""
    actor, company = sight.actor, sight.once(companies.current)
    return {"chart": Bars(_months(actor, company.pk, companies.today(company))), "company": company}


def late(sight: Sight) -> Mapping[str, Any]:
    """The receivables that are late longest. One query."""
    actor, company = sight.actor, sight.once(companies.current)
    today = companies.today(company)
    items = items_of(actor, company.pk, RECEIVABLE).filter(due__lt=today, residual__gt=0)
    rows = items.select_related("entry", "partner").order_by("due", "pk")[:MOST_LATE]
    return {
        "rows": [(row, (today - row.due).days) for row in rows],
        "company": company,
        "url": reverse("accounting:outstanding", args=[RECEIVABLE]),
    }


def waiting(sight: Sight) -> Mapping[str, Any]:
    """The drafts that wait to be posted, and those dated in locked books. Two queries."""
    actor, company = sight.actor, sight.once(companies.current)
    settings = CompanyAccounting.objects.filter(company=company).first()
    ends = _lock_ends(settings)
    drafts = visible(JournalEntry.objects.drafts(), actor).filter(company=company)
    locked = Q(date__lte=ends["all"]) if ends["all"] else Q(pk__isnull=True)
    for key, kinds in (("sale", JournalEntry.SALES), ("purchase", JournalEntry.PURCHASES)):
        if end := ends[key]:
            locked |= Q(date__lte=end, kind__in=kinds)
    found = drafts.order_by().aggregate(
        sales=Count("pk", filter=Q(kind__in=JournalEntry.SALES)),
        bills=Count("pk", filter=Q(kind__in=JournalEntry.PURCHASES)),
        entries=Count("pk", filter=Q(kind=JournalEntry.Kind.ENTRY)),
        locked=Count("pk", filter=locked),
    )
    urls = {
        f"{name}_url": rows_url(["state", "=", "draft"], ["move_type", "in", list(kinds)])
        for name, kinds in (
            ("sales", JournalEntry.SALES),
            ("bills", JournalEntry.PURCHASES),
            ("entries", [JournalEntry.Kind.ENTRY]),
        )
    }
    return {
        **found,
        **urls,
        "lock": max(filter(None, ends.values()), default=None),
        "company": company,
    }


def rows_url(*domain: list[Any]) -> str:
    """Where the entries are that a figure is made of."""
    asked = json.dumps([list(map(_plain, leaf)) for leaf in domain], separators=(",", ":"))
    return f"{reverse('web:screen-journal-entries')}?{urlencode({'d': asked})}"


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _lock_ends(settings: CompanyAccounting | None) -> dict[str, date | None]:
    """Up to when the books are locked: for everything, for sales, for purchases."""
    if settings is None:
        return {"all": None, "sale": None, "purchase": None}
    whole = [day for day in (settings.lock_date, settings.hard_lock_date) if day]
    return {
        "all": max(whole, default=None),
        "sale": settings.sale_lock_date,
        "purchase": settings.purchase_lock_date,
    }


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
            _month_url(first, JournalEntry.SALES),
            _month_url(first, JournalEntry.PURCHASES),
        )
        for first in firsts
    ]


def _month_url(first: date, kinds: Sequence[str]) -> str:
    return rows_url(
        ["state", "=", "posted"],
        ["move_type", "in", list(kinds)],
        ["date", ">=", first],
        ["date", "<", _months_before(first, -1)],
    )


def _months_before(day: date, back: int) -> date:
    """The first day of the month so many months before a day."""
    years, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(years, month + 1, 1)


def _money(actor: Actor, company_id: int, today: date) -> list[dict[str, Any]]:
    """The bank and cash accounts of the company with what is on them at the end of today. One query."""
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


def _card(label: Any, tell: Any, name: str, permission: str, **how: bool) -> Told:
    template = f"accounting/dashboard/{name}.html"
    return Told(label=label, tell=tell, template=template, permission=permission, **how)


def _number(label: Any, tell: Any, name: str, permission: str) -> Told:
    return _card(label, tell, name, permission, is_number=True)


HOME = Dashboard(
    label=_("Accounting"),
    cards=(
        _number(_("Customers owe us"), receivable, "owed", ITEMS),
        _number(_("We owe vendors"), payable, "owed", ITEMS),
        _number(_("Bank and cash"), money, "money_sum", ITEMS),
        _number(_("Drafts"), waiting, "drafts", ENTRIES),
        _card(_("Invoiced and billed by month"), months, "months", ENTRIES, is_wide=True),
        _card(_("Bank and cash"), money, "money", ITEMS),
        _card(_("Customers owe us, by age"), receivable, "ages", ITEMS),
        _card(_("We owe vendors, by age"), payable, "ages", ITEMS),
        _card(_("Longest overdue"), late, "late", ITEMS),
    ),
)


@page(ENTRIES)
def home(request: PageRequest) -> HttpResponse:
    """The dashboard of the current company."""
    return shown(request, HOME, "accounting/home.html")
