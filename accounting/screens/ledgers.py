"""The trial balance, and the ledger of one account."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, CompanyAccounting
from accounting.reports.general_ledger import LedgerQuestion, ledger
from accounting.reports.trial_balance import TrialBalanceQuestion, trial_balance
from accounting.screens import company as companies
from base.models import Company
from web.pages import PageRequest, one, page

SHOWN = 100
Settings = CompanyAccounting | None


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def query(self) -> str:
        """The period as a query string."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat()})


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
