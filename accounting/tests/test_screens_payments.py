"""Payments on the web: listed, found, shown with what they paid, written down, and taken back."""

from decimal import Decimal

import pytest

from accounting.models import JournalEntry, Payment
from accounting.services import payments
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_documents import accountant_at_work, at_work, clerk_at_work
from web.tests.sending import sent

__all__ = ["accountant_at_work", "clerk_at_work"]
D = Decimal
CANCEL = {"_do": "action_cancel"}


@pytest.fixture
def payment(invoice, accountant):
    """Half of the invoice, received by bank."""
    rows = JournalEntry.objects.filter(pk=invoice.pk)
    [made] = payments.register(rows, by=accountant, on=TODAY, amount=D(50000), memo="Half")
    return made


def test_the_list_shows_payments_and_narrows_them(clerk_at_work, payment):
    pages = {
        key: clerk_at_work.get("/payments/", {"f": key} if key else {}).content.decode()
        for key in ("", "received", "sent")
    }
    found = {key: payment.number in page for key, page in pages.items()}
    assert found == {"": True, "received": True, "sent": False}
    assert "Rp\u00a050,000" in pages[""]


@pytest.mark.parametrize(("text", "found"), [("half", True), ("TOKO maju", True), ("no", False)])
def test_search_finds_a_payment_by_memo_and_partner(clerk_at_work, payment, text, found):
    answers = [
        clerk_at_work.get("/payments/", {"s": f"{field}:{text}"}).content.decode()
        for field in ("memo", "partner_id")
    ]
    assert any(f">{payment.number}<" in page for page in answers) == found


def test_the_page_shows_what_was_paid_and_how_it_is_booked(clerk_at_work, payment, invoice):
    page = clerk_at_work.get(f"/payments/{payment.pk}/").content.decode()
    assert f"/accounting/about/{invoice.pk}/" in page
    assert ("Rp\u00a050,000" in page, "1111" in page) == (True, True)
    assert ("Documents" in page, "Journal entry" in page) == (True, True)


def test_cancel_opens_the_invoice_again(accountant_at_work, payment, invoice):
    assert (
        "Cancel the payment" in accountant_at_work.get(f"/payments/{payment.pk}/").content.decode()
    )
    answer = accountant_at_work.post(f"/payments/{payment.pk}/", CANCEL)
    payment.refresh_from_db()
    invoice.refresh_from_db()
    assert answer["Location"] == f"/payments/{payment.pk}/"
    assert (payment.state, invoice.residual) == ("canceled", D(111000))


def test_cancel_in_a_closed_period_is_refused_and_changes_nothing(
    accountant_at_work, payment, settings_of
):
    type(settings_of).objects.filter(pk=settings_of.pk).update(lock_date="2026-03-31")
    answer = accountant_at_work.post(f"/payments/{payment.pk}/", CANCEL)
    payment.refresh_from_db()
    assert (answer.status_code, payment.state) == (422, "paid")
    assert "The books are closed on" in answer.content.decode()


def test_another_company_s_payment_does_not_exist(other_accountant, payment):
    eve = at_work(other_accountant)
    assert eve.get(f"/payments/{payment.pk}/").status_code == 404
    assert eve.post(f"/payments/{payment.pk}/", CANCEL).status_code == 404
    assert payment.number not in eve.get("/payments/").content.decode()
    assert eve.get(f"/accounting/payments/{payment.pk}/").status_code == 404


def test_the_auditor_sees_payments_and_takes_none_back(auditor, payment):
    citra = at_work(auditor)
    page = citra.get(f"/payments/{payment.pk}/").content.decode()
    assert "Cancel the payment" not in page
    assert citra.post(f"/payments/{payment.pk}/", CANCEL).status_code == 403
    assert Payment.objects.get().state == "paid"


def test_a_payment_is_written_down_before_there_is_an_invoice(clerk_at_work, customer):
    how = {"payment_type": "inbound", "partner_type": "customer", "amount": "250,000"}
    sent(clerk_at_work, "/payments/new/", partner_id=str(customer), memo="Advance", **how)
    payment = Payment.objects.get()
    assert (payment.state, payment.amount, payment.partner) == ("draft", D(250000), customer)
    sent(clerk_at_work, f"/payments/{payment.pk}/", _do="action_post")
    payment.refresh_from_db()
    assert payment.state in {"in_process", "paid"}
    page = clerk_at_work.get(f"/payments/{payment.pk}/").content.decode()
    assert "it is open as a credit" in page


def test_list_and_page_cost_few_queries(
    clerk_at_work, payment, invoice, accountant, django_assert_max_num_queries
):
    rows = JournalEntry.objects.filter(pk=invoice.pk)
    payments.register(rows, by=accountant, on=TODAY, amount=D(500))
    for address, most in (("/payments/", 8), (f"/payments/{payment.pk}/", 15)):
        clerk_at_work.get(address)
        with django_assert_max_num_queries(most):
            clerk_at_work.get(address)
