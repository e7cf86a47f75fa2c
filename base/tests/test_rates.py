"""Currency rates: from the ECB's XML and from a file, crossed to the company's currency, never over a person's."""

from datetime import date
from decimal import Decimal

import pytest

from base import jobs, rate_sources
from base.actors import Actor
from base.models import Company, Currency, CurrencyRate
from base.rate_sources import Quotes, SourceAway, SourceUnreadable, UnknownSource
from base.services import currencies, rates
from base.services.rates import CurrencyNotQuoted
from base.tasks import fetch_rates

pytestmark = pytest.mark.django_db

D = Decimal
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
ECB = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
                 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
  <Cube>
    <Cube time="2026-03-03"><Cube currency="USD" rate="1.0800"/><Cube currency="IDR" rate="17710.00"/></Cube>
    <Cube time="2026-03-02"><Cube currency="USD" rate="1.1000"/><Cube currency="IDR" rate="17600.00"/></Cube>
  </Cube>
</gesmes:Envelope>"""
CSV = """date,currency,base,rate
2026-03-02,USD,IDR,16400
2026-03-02,sgd,idr,12300.50
2026-03-03,USD,IDR,16500
"""


@pytest.fixture
def money(db):
    """Currencies by code, all in use."""
    Currency.objects.filter(code__in=["USD", "EUR", "SGD"]).update(is_active=True)
    return {currency.code: currency for currency in Currency.objects.all()}


@pytest.fixture
def system():
    return Actor.system(door="job")


@pytest.fixture
def by_file(settings, tmp_path, house):
    """The company takes its rates from a file; answers the function that writes it."""
    settings.RATES_FILE = tmp_path / "rates.csv"
    Company.objects.filter(pk=house.pk).update(rate_source="file")
    return settings.RATES_FILE.write_text


def written(house):
    rows = CurrencyRate.objects.filter(company=house).order_by("date", "currency__code")
    return [(row.date, row.currency.code, row.source) for row in rows.select_related("currency")]


def test_the_ecbs_daily_and_its_history_are_read():
    newest, oldest = rate_sources.read_ecb(ECB.encode())
    assert newest == Quotes(TUESDAY, "EUR", {"USD": D("1.0800"), "IDR": D("17710.00")})
    assert oldest.units("USD") == D("1.1")
    assert oldest.units("EUR") == 1


def test_rates_are_crossed_over_the_euro(house, money, system):
    quotes = rate_sources.read_ecb(ECB.encode())
    assert rates.write(house, quotes, source="ecb", by=system, on=TUESDAY) == 4
    worth = {
        code: currencies.rate(money[code], money["IDR"], company=house, on=MONDAY)
        for code in ("USD", "EUR")
    }
    assert {code: round(value, 6) for code, value in worth.items()} == {
        "USD": D(16000),
        "EUR": D(17600),
    }


def test_a_file_says_what_a_unit_costs(house, money, system):
    quotes = rate_sources.read_csv(CSV)
    rates.write(house, quotes, source="file", by=system, on=TUESDAY)
    assert written(house) == [
        (MONDAY, "SGD", "file"),
        (MONDAY, "USD", "file"),
        (TUESDAY, "USD", "file"),
    ]
    cost = currencies.convert(D(100), money["SGD"], money["IDR"], company=house, on=MONDAY)
    assert cost == D("1230050")


def test_a_file_may_have_semicolons_and_a_byte_order_mark(by_file, house, money, system):
    by_file("\ufeffdate;currency;base;rate\n2026-03-02;USD;IDR;16400\n")
    assert fetch_rates(by=system) == {"rates": 1, "refused": []}


def test_rates_of_a_day_are_written_once(by_file, house, money, system):
    by_file(CSV)
    assert [fetch_rates(by=system)["rates"] for _time in range(3)] == [3, 0, 0]


def test_what_a_person_entered_stays(house, money, system):
    ours = CurrencyRate.objects.create(
        currency=money["USD"], date=MONDAY, company=house, rate=D("0.0001")
    )
    for_all = CurrencyRate.objects.create(currency=money["SGD"], date=MONDAY, rate=D("0.0002"))
    rates.write(house, rate_sources.read_csv(CSV), source="file", by=system, on=TUESDAY)
    for row, rate in ((ours, "0.0001"), (for_all, "0.0002")):
        row.refresh_from_db()
        assert row.rate == D(rate)
    assert written(house) == [(MONDAY, "USD", ""), (TUESDAY, "USD", "file")]


def test_what_a_person_changed_stays(by_file, house, money, system):
    by_file(CSV)
    fetch_rates(by=system)
    CurrencyRate.objects.filter(currency=money["USD"], date=MONDAY).update(rate=D("0.5"))
    fetch_rates(by=system)
    assert CurrencyRate.objects.get(currency=money["USD"], date=MONDAY).rate == D("0.5")


def test_tomorrow_is_not_written_today(house, money, system):
    quotes = rate_sources.read_csv(CSV)
    assert rates.write(house, quotes, source="file", by=system, on=MONDAY) == 2


def test_currencies_that_are_not_in_use_are_left_out(house, money, system):
    Currency.objects.filter(code="SGD").update(is_active=False)
    rates.write(house, rate_sources.read_csv(CSV), source="file", by=system, on=MONDAY)
    assert written(house) == [(MONDAY, "USD", "file")]


def test_write_refuses_a_source_without_the_companys_currency(house, money, system):
    quotes = [Quotes(MONDAY, "EUR", {"USD": D("1.1")})]
    with pytest.raises(CurrencyNotQuoted) as caught:
        rates.write(house, quotes, source="ecb", by=system, on=MONDAY)
    assert str(caught.value) == f"ecb does not quote IDR, the currency of {house.name}."
    assert written(house) == []


def test_only_companies_that_chose_a_source_get_rates(by_file, house, other_company, money, system):
    by_file(CSV)
    fetch_rates(by=system)
    assert written(other_company) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Bad gateway</html>",
        ECB.replace("1.0800", "-1").encode(),
        ECB.replace("1.0800", "NaN").encode(),
        ECB.replace("2026-03-03", "today").encode(),
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
    ],
)
def test_read_ecb_refuses_what_is_not_its_format(content):
    with pytest.raises(SourceUnreadable):
        rate_sources.read_ecb(content)


@pytest.mark.parametrize(
    "row", ["2026-13-01,USD,IDR,1", "2026-03-02,USD,IDR,0", "2026-03-02,USD,IDR,", "2026-03-02,USD"]
)
def test_read_csv_refuses_a_line_and_says_which(row):
    with pytest.raises(SourceUnreadable) as caught:
        rate_sources.read_csv(f"date,currency,base,rate\n{row}\n", "rates.csv")
    assert "rates.csv cannot be read: line 2" in str(caught.value)


def test_a_file_that_is_not_there_has_the_job_tried_again(by_file, system):
    run = jobs.start("base.fetch_rates", by=system)
    jobs.run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.failures) == ("queued", 1)
    assert "rates.csv cannot be fetched" in run.error


def test_one_source_that_is_away_does_not_keep_the_others_from_theirs(
    by_file, house, other_company, money, system, settings, tmp_path
):
    settings.RATES_ECB = str(tmp_path / "nowhere.xml")
    Company.objects.filter(pk=house.pk).update(rate_source="ecb")
    Company.objects.filter(pk=other_company.pk).update(rate_source="file")
    by_file(CSV)
    with pytest.raises(SourceAway):
        fetch_rates(by=system)
    assert len(written(other_company)) == 3


def test_a_source_that_is_gone_is_told(house, system):
    Company.objects.filter(pk=house.pk).update(rate_source="bi")
    told = f"{house.name}: There is no source of currency rates “bi”."
    assert fetch_rates(by=system) == {"rates": 0, "refused": [told]}
    with pytest.raises(UnknownSource):
        rate_sources.named("bi")


def test_a_module_adds_a_source(house, money, system, monkeypatch):
    monkeypatch.setattr(rate_sources, "_sources", dict(rate_sources._sources))
    rate_sources.source("bi", label="Bank Indonesia")(
        lambda: [Quotes(MONDAY, "IDR", {"USD": D("0.00006")})]
    )
    Company.objects.filter(pk=house.pk).update(rate_source="bi")
    assert fetch_rates(by=system)["rates"] == 1
    assert written(house) == [(MONDAY, "USD", "bi")]
