"""Currencies: rounding, writing, converting at the rate of a day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from base.models import Currency, CurrencyRate
from base.services import currencies
from base.services.currencies import CurrencyInUse, MissingRate

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


@pytest.fixture
def money(db):
    """Currencies by code."""
    return {currency.code: currency for currency in Currency.objects.all()}


@pytest.fixture
def rates(money):
    """Rupiah for a dollar: 16,000 from January, 16,400 from March. A euro was 17,600 in January."""
    for code, day, rupiah in (
        ("USD", date(2026, 1, 1), 16000),
        ("USD", date(2026, 3, 1), 16400),
        ("EUR", date(2026, 1, 1), 17600),
    ):
        CurrencyRate.objects.create(
            currency=money[code], date=day, rate=(1 / Decimal(rupiah)).quantize(Decimal("1e-20"))
        )


@pytest.mark.parametrize(
    ("code", "amount", "rounded"),
    [
        ("IDR", "1234.565", "1235"),
        ("IDR", "1234.5", "1235"),
        ("IDR", "-1234.5", "-1235"),
        ("JPY", "0.5", "1"),
        ("JPY", "-2.5", "-3"),
        ("USD", "1.005", "1.01"),
        ("USD", "2.675", "2.68"),
        ("JPY", "99.5", "100"),
        ("KWD", "1.0005", "1.001"),
    ],
)
def test_round_is_half_up_at_the_currencys_places(money, code, amount, rounded):
    assert money[code].round(Decimal(amount)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("code", "amount", "language", "written"),
    [
        ("IDR", "1234567", "id", "Rp\xa01.234.567"),
        ("IDR", "1234567.5", "en", "Rp\xa01,234,568"),
        ("IDR", "1234567.004", "id", "Rp\xa01.234.567"),
        ("IDR", "-500", "id", "-Rp\xa0500"),
        ("USD", "1234.5", "en", "$1,234.50"),
        ("USD", "1234.5", "id", "$1.234,50"),
        ("USD", "-0.004", "en", "$0.00"),
        ("KWD", "1.5", "en", "KWD\xa01.500"),
    ],
)
def test_format_writes_as_the_reader_expects(money, code, amount, language, written):
    assert money[code].format(Decimal(amount), language) == written


@pytest.mark.parametrize(
    ("amount", "from_code", "to_code", "day", "expected"),
    [
        ("100", "USD", "IDR", MONDAY, "1640000"),
        ("100", "USD", "IDR", date(2026, 2, 28), "1600000"),
        ("1640000", "IDR", "USD", MONDAY, "100.00"),
        ("1", "IDR", "USD", MONDAY, "0.00"),
        ("100", "EUR", "USD", date(2026, 1, 15), "110.00"),
        ("100", "IDR", "IDR", MONDAY, "100"),
    ],
)
def test_convert_takes_the_latest_rate_of_the_day(
    house, money, rates, amount, from_code, to_code, day, expected
):
    answer = currencies.convert(
        Decimal(amount), money[from_code], money[to_code], company=house, on=day
    )
    assert answer == Decimal(expected)


def test_convert_asks_the_database_once(house, money, rates, django_assert_num_queries):
    with django_assert_num_queries(1):
        currencies.convert(Decimal(1), money["USD"], money["EUR"], company=house, on=MONDAY)


def test_convert_prefers_the_companys_own_rate(house, other_company, money, rates):
    CurrencyRate.objects.create(
        currency=money["USD"], date=date(2026, 3, 1), company=house, rate=1 / Decimal(20000)
    )
    ours = currencies.convert(Decimal(1), money["USD"], money["IDR"], company=house, on=MONDAY)
    theirs = currencies.convert(
        Decimal(1), money["USD"], money["IDR"], company=other_company, on=MONDAY
    )
    assert (ours, theirs) == (20000, 16400)


def test_convert_refuses_a_missing_rate_and_never_takes_one_for_one(house, money, rates):
    with pytest.raises(MissingRate) as caught:
        currencies.convert(Decimal(1), money["SGD"], money["IDR"], company=house, on=MONDAY)
    assert str(caught.value) == "There is no rate for SGD on 2 Mar 2026. Enter one first."
    with pytest.raises(MissingRate):
        currencies.convert(
            Decimal(1), money["USD"], money["IDR"], company=house, on=date(2025, 12, 31)
        )


@pytest.mark.parametrize("rate", [0, -1])
def test_a_rate_is_greater_than_zero(money, rate):
    with pytest.raises(IntegrityError):
        CurrencyRate.objects.create(currency=money["USD"], date=MONDAY, rate=rate)


def test_there_is_one_shared_rate_a_day(money, rates):
    with pytest.raises(IntegrityError):
        CurrencyRate.objects.create(currency=money["USD"], date=date(2026, 3, 1), rate=1)


def test_archive_refuses_the_currency_of_a_company(admin, house):
    with pytest.raises(CurrencyInUse):
        currencies.archive(Currency.objects.filter(pk=house.currency_id), by=admin)
    assert Currency.objects.get(pk=house.currency_id).is_active
