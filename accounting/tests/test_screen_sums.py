"""What lists of documents come to: an amount for each currency, at the foot and in every group."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from base.models import Currency, CurrencyRate, User

D = Decimal
pytestmark = pytest.mark.django_db


@pytest.fixture
def books_at_work(db):
    client = Client()
    admin = User.objects.get(pk=2)
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def documents(draft):
    dollar = Currency.objects.get(code="USD")
    CurrencyRate.objects.create(currency=dollar, date=date(2026, 3, 1), rate=D(1) / D(15500))
    line = {"label": "Goods", "quantity": D(1), "taxes": []}
    draft(line | {"unit_price": D(100_000)}, on=date(2026, 3, 5))
    draft(line | {"unit_price": D(250_000)}, on=date(2026, 3, 6))
    draft(line | {"unit_price": D(1_000)}, on=date(2026, 3, 7), currency_id=dollar.pk)
    draft(line | {"unit_price": D(50)}, on=date(2026, 4, 7), currency_id=dollar.pk)


def sums(answer, part):
    """The figures in a part of the page, as people read them."""
    page = answer.content.decode()
    found = re.findall(part, page, re.DOTALL)
    return [
        [
            html.unescape(one).replace("\u00a0", " ")
            for one in re.findall(r'<div class="figure">(.*?)</div>', row)
        ]
        for row in found
    ]


def test_the_foot_of_a_list_has_an_amount_for_each_currency(books_at_work, documents):
    answer = books_at_work.get("/invoices/", {"all": "1", "c": "name amount_total"})
    assert sorted(sums(answer, r"<tfoot>(.*?)</tfoot>")[0]) == ["$ 1,050.00", "Rp 350,000"]


def test_each_group_has_an_amount_for_each_currency_in_it(books_at_work, documents):
    query = {"g": "invoice_date:month", "c": "name amount_total"}
    answer = books_at_work.get("/invoices/", query)
    groups = sums(answer, r'<tr class="group-head(.*?)</tr>')
    assert [sorted(one) for one in groups] == [["$ 1,000.00", "Rp 350,000"], ["$ 50.00"]]


def test_a_list_of_invoices_with_sums_and_tones_costs_few_queries(books_at_work, documents):
    books_at_work.get("/invoices/?all=1")
    with CaptureQueriesContext(connection) as asked:
        books_at_work.get("/invoices/?all=1")
    assert len(asked) <= 8
