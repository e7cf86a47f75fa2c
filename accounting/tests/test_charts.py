"""Setting books up by a chart of accounts, and closing them."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounting import checks
from accounting.data import seeds
from accounting.errors import DraftsLeft, OtherChartLoaded, UnknownChart
from accounting.models import (
    Account,
    CompanyAccounting,
    FiscalPeriod,
    Journal,
    PaymentTerm,
    Tax,
    TaxRepartition,
)
from accounting.services import charts, periods
from accounting.tests.conftest import TODAY
from base.actors import Actor
from base.errors import AccessDenied
from base.models import Company, ExternalId, Partner


def only(company):
    return Company.objects.filter(pk=company.pk)


def counts():
    models = (Account, Journal, Tax, TaxRepartition, PaymentTerm, ExternalId)
    return [model.objects.count() for model in models]


def test_the_indonesian_chart_speaks_both_languages(company):
    accounts = Account.objects.of_company(company.pk)

    assert accounts.count() >= 100
    assert not accounts.filter(name_ind="").exists()
    receivable = accounts.get(code="1201")
    assert (
        receivable.name_en,
        receivable.name_ind,
        receivable.kind,
        receivable.is_reconcilable,
    ) == (
        "Trade receivables",
        "Piutang usaha",
        "asset_receivable",
        True,
    )
    assert {account.kind for account in accounts} == set(Account.Kind.values)
    codes = Journal.objects.of_company(company.pk).values_list("code", "kind")
    assert list(codes) == [
        ("INV", "sale"),
        ("BILL", "purchase"),
        ("BNK1", "bank"),
        ("CSH1", "cash"),
        ("MISC", "general"),
        ("EXCH", "general"),
    ]


def test_ppn_is_twelve_percent_of_eleven_twelfths(tax):
    ppn = tax("PPN 12% (11/12)")

    assert (ppn.rate, ppn.base_numerator, ppn.base_denominator, ppn.amount) == (12, 11, 12, 11)
    assert ppn.base_factor == pytest.approx(11 / 12)
    assert tax("PPN 12% (luxury goods)").amount == 12
    assert tax("PPh 23 2% (services)").amount == -2


@pytest.mark.parametrize("chart", charts.available())
def test_every_chart_is_whole(chart, company):
    partner = Partner.objects.create(name="Fresh", is_company=True)
    made = Company.objects.create(name="Fresh", partner=partner, currency=company.currency)

    [settings] = charts.load(only(made), chart, by=Actor.system())

    named = [
        f
        for f in settings._meta.concrete_fields
        if f.name.endswith(("_account", "_journal", "_tax"))
    ]
    assert [field.name for field in named if getattr(settings, field.attname) is None] == []
    assert settings.chart == chart


def test_a_chart_is_loaded_again_without_harm(company, accountant, account):
    Account.objects.filter(pk=account("6201").pk).update(name_en="Rent of the shop")
    CompanyAccounting.objects.filter(company=company).update(income_account=account("4102"))
    before = counts()

    charts.load(only(company), "id_sak_ep", by=accountant)
    seeds.load()

    assert counts() == before
    assert account("6201").name_en == "Rent of the shop"
    assert CompanyAccounting.objects.get(company=company).income_account == account("4102")


def test_load_refuses_an_unknown_chart(company, accountant):
    with pytest.raises(UnknownChart, match="mars"):
        charts.load(only(company), "mars", by=accountant)


def test_load_refuses_another_chart_once_there_are_books(invoice, company, accountant):
    with pytest.raises(OtherChartLoaded, match="id_sak_ep"):
        charts.load(only(company), "generic", by=accountant)
    assert not Account.objects.of_company(company.pk).filter(code="4000").exists()


def test_load_needs_the_right(company, clerk):
    with pytest.raises(AccessDenied):
        charts.load(only(company), "id_sak_ep", by=clerk)


def test_the_hard_lock_refuses_while_drafts_are_left(draft, accountant, company):
    draft({"label": "Desk"})

    with pytest.raises(DraftsLeft, match="1 drafts"):
        periods.lock(
            CompanyAccounting.objects.filter(company=company),
            {"hard_lock_date": TODAY},
            by=accountant,
        )
    assert CompanyAccounting.objects.get(company=company).hard_lock_date is None


def test_lock_needs_the_right(company, clerk):
    with pytest.raises(AccessDenied):
        periods.lock(
            CompanyAccounting.objects.filter(company=company), {"lock_date": TODAY}, by=clerk
        )
    with pytest.raises(AccessDenied):
        periods.close(FiscalPeriod.objects.all(), by=clerk)


def test_a_closed_period_says_when(company, accountant):
    made = FiscalPeriod.objects.create(
        company=company, name="January", days=DateRange(date(2026, 1, 1), date(2026, 2, 1))
    )
    january = FiscalPeriod.objects.filter(pk=made.pk)

    periods.close(january, by=accountant)
    assert january.get().closed_at is not None
    assert list(FiscalPeriod.objects.closed().covering(date(2026, 1, 31))) == [made]
    periods.reopen(january, by=accountant)
    assert january.get().closed_at is None


@pytest.mark.parametrize(
    ("month", "day", "on", "start"),
    [
        (12, 31, date(2026, 5, 5), date(2026, 1, 1)),
        (12, 31, date(2026, 12, 31), date(2026, 1, 1)),
        (3, 31, date(2026, 3, 31), date(2025, 4, 1)),
        (3, 31, date(2026, 4, 1), date(2026, 4, 1)),
        (2, 29, date(2025, 3, 1), date(2025, 3, 1)),
        (2, 31, date(2024, 2, 29), date(2023, 3, 1)),
    ],
)
def test_the_fiscal_year_begins_the_day_after_it_ended(settings_of, month, day, on, start):
    settings_of.year_end_month, settings_of.year_end_day = month, day

    assert settings_of.fiscal_year_start(on) == start


def test_the_checks_find_a_chart_with_holes(monkeypatch):
    assert checks.every_chart_is_whole() == []

    monkeypatch.setattr(charts.Chart, "_named", lambda _chart: iter(["1201", "nowhere"]))

    found = checks.every_chart_is_whole()
    assert [error.id for error in found] == ["accounting.E001", "accounting.E001"]
    assert "nowhere" in found[0].msg


def test_the_checks_miss_the_font_of_papers(settings, tmp_path):
    assert checks.papers_have_their_font() == []

    settings.BASE_DIR = tmp_path

    assert [warning.id for warning in checks.papers_have_their_font()] == ["accounting.W001"]
