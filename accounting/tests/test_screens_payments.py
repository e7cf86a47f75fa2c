"""Payments on the web: listed, found, shown with what they paid, and taken back."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounting.models import JournalEntry, Payment
from accounting.services import payments
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_documents import accountant_at_work, at_work, clerk_at_work

__all__ = ["accountant_at_work", "clerk_at_work"]
D = Decimal


@pytest.fixture
def payment(invoice, accountant):
    """Half of the invoice, received by bank."""
    rows = JournalEntry.objects.filter(pk=invoice.pk)
    [made] = payments.register(rows, by=accountant, on=TODAY, amount=D(50000), memo="Half")
    return made


def test_the_list_shows_payments_and_narrows_them(clerk_at_work, payment):
    url = reverse("accounting:payments")
    pages = {
        show: clerk_at_work.get(url, {"show": show}).content.decode()
        for show in ("all", "received", "sent", "cancelled")
    }
    assert {show: payment.number in page for show, page in pages.items()} == {
        "all": True,
        "received": True,
        "sent": False,
        "cancelled": False,
    }
    assert "Rp\u00a050,000" in pages["all"]


@pytest.mark.parametrize(("text", "found"), [("half", True), ("TOKO maju", True), ("no", False)])
def test_search_finds_a_payment_by_memo_and_partner(clerk_at_work, payment, text, found):
    page = clerk_at_work.get(reverse("accounting:payments"), {"q": text}).content.decode()
    assert (f">{payment.number}<" in page) == found


def test_the_page_shows_what_was_paid(clerk_at_work, payment, invoice):
    page = clerk_at_work.get(reverse("accounting:payment", args=[payment.pk])).content.decode()
    assert reverse("accounting:about", args=[invoice.pk]) in page
    assert "Rp\u00a050,000" in page
    assert "Cancel the payment" in page


def test_cancel_opens_the_invoice_again(accountant_at_work, payment, invoice):
    answer = accountant_at_work.post(reverse("accounting:payment_cancel", args=[payment.pk]))
    payment.refresh_from_db()
    invoice.refresh_from_db()
    assert answer["Location"] == reverse("accounting:payment", args=[payment.pk])
    assert (payment.state, invoice.residual) == ("canceled", D(111000))


def test_cancel_in_a_closed_period_is_refused_and_changes_nothing(
    accountant_at_work, payment, invoice, settings_of
):
    type(settings_of).objects.filter(pk=settings_of.pk).update(lock_date="2026-03-31")
    answer = accountant_at_work.post(reverse("accounting:payment_cancel", args=[payment.pk]))
    payment.refresh_from_db()
    assert (answer.status_code, payment.state) == (422, "paid")
    assert "The books are closed on" in answer.content.decode()


def test_another_company_s_payment_does_not_exist(other_accountant, payment):
    eve = at_work(other_accountant)
    assert eve.get(reverse("accounting:payment", args=[payment.pk])).status_code == 404
    assert eve.post(reverse("accounting:payment_cancel", args=[payment.pk])).status_code == 404
    assert payment.number not in eve.get(reverse("accounting:payments")).content.decode()


def test_the_auditor_sees_payments_and_takes_none_back(auditor, payment):
    citra = at_work(auditor)
    page = citra.get(reverse("accounting:payment", args=[payment.pk])).content.decode()
    assert "Cancel the payment" not in page
    assert citra.post(reverse("accounting:payment_cancel", args=[payment.pk])).status_code == 403
    assert Payment.objects.get().state == "paid"


def test_list_and_page_cost_few_queries(
    clerk_at_work, payment, invoice, accountant, django_assert_max_num_queries
):
    clerk_at_work.get(reverse("accounting:payments"))
    rows = JournalEntry.objects.filter(pk=invoice.pk)
    payments.register(rows, by=accountant, on=TODAY, amount=D(500))
    with django_assert_max_num_queries(8):
        clerk_at_work.get(reverse("accounting:payments"))
    with django_assert_max_num_queries(15):
        clerk_at_work.get(reverse("accounting:payment", args=[payment.pk]))
