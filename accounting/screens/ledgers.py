"""The chart of accounts, the trial balance, and the ledger of one account."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, CompanyAccounting
from accounting.reports.general_ledger import LedgerQuestion, ledger
from accounting.reports.trial_balance import TrialBalanceQuestion, cumulated, trial_balance
from accounting.screens import company as companies
from base.models import Company
from base.money import ZERO
from base.policies import visible
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, one, page

SHOWN = 100
Settings = CompanyAccounting | None
Kind = Account.Kind
SORTS = (Sort(key="code", field="code"), Sort(key="name", field="name", empty=""))
CHOICES = (
    Choice(key="all", label=_("All"), condition=Q(is_active=True)),
    Choice(key="assets", label=_("Assets"), condition=Q(kind__startswith="asset")),
    Choice(key="liabilities", label=_("Liabilities"), condition=Q(kind__startswith="liability")),
    Choice(key="equity", label=_("Equity"), condition=Q(kind__startswith="equity")),
    Choice(key="income", label=_("Income"), condition=Q(kind__startswith="income")),
    Choice(key="expenses", label=_("Expenses"), condition=Q(kind__startswith="expense")),
    Choice(key="archived", label=_("Archived"), condition=Q(is_active=False)),
)


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def query(self) -> str:
        """The period as a query string."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat()})


@page("accounting.view_account")
def accounts(request: PageRequest) -> HttpResponse:
    """The chart of accounts of the current company, with what is on each account today."""
    company = companies.current(request.actor)
    rows = visible(Account.objects.of_company(company.pk), request.actor)
    found = Listing(
        request,
        rows,
        sorts=SORTS,
        default="code",
        choices=CHOICES,
        search=accounts_found,
        per_page=80,
    )
    [balances] = cumulated(company.pk, [companies.today(company) + timedelta(days=1)])
    for row in found.rows:
        debit, credit = balances.get(row.pk, (ZERO, ZERO))
        row.balance = debit - credit
    return render(request, "accounting/accounts.html", {"listing": found, "company": company})


@page("accounting.view_journalitem")
def account_ledger(request: PageRequest, pk: int) -> HttpResponse:
    """The ledger of an account: every item in a period, with the balance after it."""
    account = one(Account.objects.select_related("company__currency"), request.actor, pk)
    period = _asked(request, account.company, _settings(account.company))
    number = request.GET.get("page", "")
    place = max(1, int(number)) if number.isdecimal() and len(number) < 7 else 1
    found = ledger(
        LedgerQuestion(
            company_id=account.company_id,
            account_id=pk,
            first=period.first,
            last=period.last,
            at_most=SHOWN,
            skip=SHOWN * (place - 1),
        )
    )
    context = {
        "account": account,
        "company": account.company,
        "period": period,
        "ledger": found,
        "previous": place - 1,
        "next": place + 1 if found.count > SHOWN * place else 0,
        "first": SHOWN * (place - 1) + 1,
        "last": SHOWN * (place - 1) + len(found.rows),
    }
    return render(request, "accounting/ledger.html", context)


@page("accounting.view_journalitem")
def balances(request: PageRequest) -> HttpResponse:
    """The trial balance of the current company in a period."""
    company = companies.current(request.actor)
    settings = _settings(company)
    period = _asked(request, company, settings)
    found = trial_balance(
        TrialBalanceQuestion(company_id=company.pk, first=period.first, last=period.last)
    )
    sums = {name: found.sum(name) for name in ("opening", "debit", "credit", "closing")}
    context = {
        "company": company,
        "period": period,
        "rows": found.rows,
        "sums": sums,
        "periods": _usual_periods(companies.today(company), settings),
    }
    return render(request, "accounting/trial_balance.html", context)


def _asked(request: HttpRequest, company: Company, settings: Settings) -> Period:
    """The period that an address asks for; without one the fiscal year so far, up to today."""
    last = _day(request.GET.get("to")) or companies.today(company)
    first = _day(request.GET.get("from")) or _year_start(settings, last)
    return Period(min(first, last), last)


def _usual_periods(today: date, settings: Settings) -> list[dict[str, Any]]:
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    year = _year_start(settings, today)
    last_year = year - timedelta(days=1)
    return [
        {"label": _("This year"), "period": Period(year, today)},
        {"label": _("This month"), "period": Period(month, today)},
        {"label": _("Last month"), "period": Period(before.replace(day=1), before)},
        {"label": _("Last year"), "period": Period(_year_start(settings, last_year), last_year)},
    ]


def _settings(company: Company) -> Settings:
    return CompanyAccounting.objects.filter(company=company).first()


def _year_start(settings: Settings, day: date) -> date:
    return settings.fiscal_year_start(day) if settings else day.replace(month=1, day=1)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def accounts_found(rows: Any, text: str) -> Any:
    """Accounts whose code begins with each word, or whose name holds it."""
    for word in text.split()[:8]:
        rows = rows.filter(Q(code__startswith=word) | Q(name__icontains=word))
    return rows
