"""Pivots of documents: amounts stay apart by currency, exact, and those of hidden companies do not count."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from accounting.models import JournalEntry
from accounting.services import entries
from accounting.tests.conftest import TODAY
from base.models import Currency, CurrencyRate, Partner
from rpc.context import Call
from rpc.registry import find
from web.screens.cubes import Axis, Cube
from web.screens.measures import measure

D = Decimal
DOCUMENTS = [["move_type", "=", "out_invoice"]]


@pytest.fixture
def sold(draft, accountant, company):
    """Thirty invoices in two currencies, of three customers and months, some of them drafts."""
    dollar = Currency.objects.get(code="USD")
    Currency.objects.filter(pk=dollar.pk).update(is_active=True)
    CurrencyRate.objects.create(currency=dollar, date=date(2025, 1, 1), rate=D(1) / D(15500))
    chance = random.Random(4)
    customers = [Partner.objects.create(name=f"Customer {letter}") for letter in "ABC"]
    for _number in range(30):
        day = TODAY - timedelta(days=chance.randrange(60))
        price = D(chance.randrange(1, 10_000_000)) / 100
        line = {"label": "Work", "unit_price": price, "taxes": []}
        currency = chance.choice((dollar, company.currency))
        values = {"partner_id": chance.choice(customers).pk, "currency_id": currency.pk}
        made = draft(line, on=day, invoice_date=day, **values)
        if chance.random() < 0.7:
            entries.post(JournalEntry.objects.filter(pk=made.pk), by=accountant, on=day)
    return customers


def figures(actor, specs, rows=("partner_id", "invoice_date:month"), columns=("state",)):
    call = Call(find("account.move"), actor, {"lang": "en_US"})
    cube = Cube(call, DOCUMENTS, Axis(rows), Axis(columns), [measure(call, s) for s in specs])
    return cube.figures


def test_amounts_are_added_by_currency_at_every_level_as_plain_sql_does(sold, accountant):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT partner_id, date_trunc('month', invoice_date)::date, state, currency_id, total"
            " FROM accounting_journalentry WHERE kind = 'out_invoice'"
        )
        found = cursor.fetchall()
    expected = defaultdict(lambda: defaultdict(D))
    for partner, month, state, currency, total in found:
        keys = (partner, month.isoformat())
        for depth in range(3):
            for column in ((), (state,)):
                expected[keys[:depth], column][currency] += total
    shown = figures(accountant, ["amount_total"])
    assert {at: cell["amount_total:sum"] for at, cell in shown.items()} == expected
    assert len(shown[(), ()]["amount_total:sum"]) == 2


def test_amounts_in_the_company_s_currency_are_one_figure(sold, accountant, company):
    [(currency, total)] = figures(accountant, ["amount_total_signed"])[(), ()][
        "amount_total_signed:sum"
    ].items()
    rows = JournalEntry.objects.filter(kind="out_invoice")
    exact = sum((one.total * one.rate for one in rows), D(0))
    assert currency == company.currency_id
    assert abs(total - exact) < 1


def test_two_measures_of_two_currencies_stand_beside_each_other(sold, accountant):
    total = figures(accountant, ["amount_total", "amount_total_signed", "__count"])[(), ()]
    assert {spec: len(sums) for spec, sums in total.items()} == {
        "amount_total:sum": 2,
        "amount_total_signed:sum": 1,
        "__count": 1,
    }
    assert total["__count"][None] == 30


def test_another_company_s_documents_do_not_count(sold, other_accountant):
    assert figures(other_accountant, ["amount_total"], columns=()) == {((), ()): {}}
