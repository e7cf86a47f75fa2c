"""Payments on the web: listed, found, shown with what they paid, and taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounting.models import Journal, JournalEntry, Payment, PaymentTerm
from accounting.services import payments
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_documents import accountant_at_work, at_work, clerk_at_work
from base.dates import today_in
from base.models import Currency, CurrencyRate, User

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


@pytest.fixture
def today(company):
    return today_in(company.timezone)


@pytest.fixture
def discounted(draft, post, today):
    """An invoice or bill of 1,110, 2 % off within ten days, as many days ago."""
    term = PaymentTerm.objects.get(name_en="2% within 10 days, net 30 days")

    def write(days, **values):
        line = {"label": "Desk", "unit_price": D(1000)}
        return post(draft(line, payment_term_id=term.pk, on=today - timedelta(days=days), **values))

    return write


def paid_by(entry, journal, day, **values):
    return {"amount": "1,110", "date": str(day), "journal": journal("BNK1").pk, **values}


def pay_page(entry):
    return reverse("accounting:document_pay", args=[entry.pk])


def left(entry):
    entry.refresh_from_db()
    return entry.payment_state, entry.residual, [row.amount for row in Payment.objects.all()]


@pytest.mark.parametrize("kind", ["out_invoice", "in_invoice"])
def test_the_discount_is_offered_in_time_and_taken_when_chosen(
    accountant_at_work, discounted, journal, today, kind
):
    entry = discounted(10, kind=kind)
    page = accountant_at_work.get(pay_page(entry)).content.decode()
    assert "Rp\u00a01,087.80: Rp\u00a022.20 off when paid by" in page
    sent = paid_by(entry, journal, today, pays="discounted")
    assert accountant_at_work.post(pay_page(entry), sent).status_code == 302
    assert left(entry) == ("paid", 0, [D("1087.80")])


def test_the_discount_is_offered_in_indonesian(discounted, accountant):
    User.objects.filter(pk=accountant.user_id).update(language="id")
    page = at_work(accountant).get(pay_page(discounted(1)))
    assert "Rp\u00a01.087,80: potongan Rp\u00a022,20 bila dibayar paling lambat" in (
        page.content.decode()
    )


def test_an_offered_discount_can_be_left(accountant_at_work, discounted, journal, today):
    entry = discounted(0)
    sent = paid_by(entry, journal, today, pays="whole")
    assert accountant_at_work.post(pay_page(entry), sent).status_code == 302
    assert left(entry) == ("paid", 0, [D(1110)])


def test_a_day_too_late_there_is_no_discount(accountant_at_work, discounted, journal, today):
    entry = discounted(11)
    assert 'name="pays"' not in accountant_at_work.get(pay_page(entry)).content.decode()
    sent = paid_by(entry, journal, today, pays="discounted")
    answer = accountant_at_work.post(pay_page(entry), sent)
    assert answer.status_code == 422
    assert "There is no early payment discount on this day." in answer.content.decode()
    assert left(entry) == ("not_paid", 1110, [])
    accountant_at_work.post(pay_page(entry), paid_by(entry, journal, today))
    assert left(entry) == ("paid", 0, [D(1110)])


def test_the_day_of_the_payment_decides_not_the_day_it_is_typed(
    accountant_at_work, discounted, journal, today
):
    entry = discounted(11)
    sent = paid_by(entry, journal, today - timedelta(days=1))
    answer = accountant_at_work.post(pay_page(entry), sent)
    page = answer.content.decode()
    assert (answer.status_code, 'name="pays"' in page) == (422, True)
    assert "On this day there is a discount. Say whether it was taken." in page
    accountant_at_work.post(pay_page(entry), {**sent, "pays": "discounted"})
    assert left(entry) == ("paid", 0, [D("1087.80")])


def test_what_is_paid_in_part_has_no_discount(accountant_at_work, discounted, journal, today):
    entry = discounted(0)
    sent = paid_by(entry, journal, today, pays="whole")
    accountant_at_work.post(pay_page(entry), {**sent, "amount": "10"})
    assert 'name="pays"' not in accountant_at_work.get(pay_page(entry)).content.decode()
    answer = accountant_at_work.post(pay_page(entry), {**sent, "pays": "discounted"})
    assert (answer.status_code, left(entry)) == (422, ("partial", D(1100), [D(10)]))


def test_a_journal_in_another_currency_pays_the_whole_document_or_nothing(
    accountant_at_work, invoice, journal, today
):
    dollar = Currency.objects.get(code="USD")
    CurrencyRate.objects.create(currency=dollar, date=TODAY, rate=D("0.0001"))
    Journal.objects.filter(pk=journal("BNK1").pk).update(currency=dollar)
    url = reverse("accounting:document_pay", args=[invoice.pk])
    typed = {"date": today.isoformat(), "journal": journal("BNK1").pk}
    answer = accountant_at_work.post(url, {**typed, "amount": "50000"})
    assert answer.status_code == 422
    assert "is kept in USD" in answer.content.decode()
    assert Payment.objects.count() == 0

    assert accountant_at_work.post(url, {**typed, "amount": "111000"}).status_code == 302
    paid = Payment.objects.get()
    invoice.refresh_from_db()
    assert (paid.currency, paid.amount, invoice.residual) == (dollar, D("11.1"), D(0))
