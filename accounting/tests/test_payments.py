"""Paying documents, and taking payments back."""

from datetime import date
from decimal import Decimal

import pytest

from accounting.errors import (
    NotAPayment,
    NotDraft,
    NothingToPay,
    NotPosted,
    PeriodClosed,
    TooMuchPaid,
    WrongJournal,
)
from accounting.models import CompanyAccounting, Journal, JournalEntry, Payment
from accounting.services import entries, invoices, payments, periods
from accounting.tests.conftest import TODAY
from base.errors import AccessDenied
from base.models import Partner

D = Decimal
DESK = {"label": "Desk", "unit_price": D(1000)}


def named(*rows):
    return JournalEntry.objects.filter(pk__in=[row.pk for row in rows])


def state(entry):
    entry.refresh_from_db()
    return entry.payment_state, entry.residual


def test_register_pays_an_invoice_through_the_bank(invoice, clerk, books):
    [payment] = payments.register(named(invoice), by=clerk, on=TODAY)

    assert (payment.number, payment.state, payment.kind, payment.amount) == (
        "BNK1/2026/00001",
        "paid",
        "inbound",
        111000,
    )
    assert (payment.memo, list(payment.invoices.all())) == ("INV/2026/00001", [invoice])
    assert books(payment.entry) == [("1111", 111000, 0), ("1201", 0, 111000)]
    assert state(invoice) == ("paid", 0)
    items = invoice.items.dues() | payment.entry.items.filter(account__code="1201")
    assert set(items.values_list("is_reconciled", flat=True)) == {True}
    assert len(set(items.values_list("full_reconciliation", "matching"))) == 1


def test_register_pays_a_bill(draft, post, clerk, books):
    bill = post(draft(DESK, kind="in_invoice"))

    [payment] = payments.register(named(bill), by=clerk, on=TODAY)

    assert (payment.kind, payment.partner_kind) == ("outbound", "supplier")
    assert books(payment.entry) == [("1111", 0, 1110), ("2101", 1110, 0)]
    assert state(bill) == ("paid", 0)


def test_register_part_of_an_invoice_then_the_rest(invoice, clerk):
    payments.register(named(invoice), by=clerk, on=TODAY, amount=D(11000))
    assert state(invoice) == ("partial", 100000)
    assert invoice.items.dues().get().matching.startswith("P")

    payments.register(named(invoice), by=clerk, on=TODAY)
    assert state(invoice) == ("paid", 0)
    assert Payment.objects.get(amount=100000).state == "paid"


def test_register_too_much_leaves_the_rest_to_the_partner(invoice, clerk):
    [payment] = payments.register(named(invoice), by=clerk, on=TODAY, amount=D(120000))

    assert state(invoice) == ("paid", 0)
    rest = payment.entry.items.get(account__code="1201")
    assert (rest.residual, rest.is_reconciled) == (-9000, False)


def test_register_books_a_difference_away(invoice, clerk, account, books):
    fees = account("7204").pk
    [payment] = payments.register(
        named(invoice), by=clerk, on=TODAY, amount=D(110000), difference_account_id=fees
    )

    assert books(payment.entry) == [("1111", 110000, 0), ("7204", 1000, 0), ("1201", 0, 111000)]
    assert state(invoice) == ("paid", 0)


def test_register_several_documents_of_a_partner_at_once(draft, post, clerk):
    first, second = post(draft(DESK)), post(draft(DESK))
    refund = post(draft({"label": "Back", "unit_price": D(100)}, kind="out_refund"))

    [payment] = payments.register(named(first, second, refund), by=clerk, on=TODAY, is_grouped=True)

    assert (payment.amount, payment.kind) == (2109, "inbound")
    assert state(first) == state(second) == state(refund) == ("paid", 0)


def test_register_groups_by_partner_only(draft, post, clerk):
    other = Partner.objects.create(name="Toko Lain", is_company=True)
    rows = [post(draft(DESK)), post(draft(DESK)), post(draft(DESK, partner_id=other.pk))]

    made = payments.register(named(*rows), by=clerk, on=TODAY, is_grouped=True)

    assert sorted(payment.amount for payment in made) == [1110, 2220]


def test_register_pays_the_earliest_due_first(draft, post, clerk):
    late = post(draft(DESK, due_date=date(2026, 6, 1)))
    early = post(draft(DESK, due_date=date(2026, 4, 1)))

    payments.register(named(late, early), by=clerk, on=TODAY, is_grouped=True, amount=D(1500))

    assert state(early) == ("paid", 0)
    assert state(late) == ("partial", 720)


def test_register_takes_a_constant_number_of_queries(
    draft, post, accountant, django_assert_num_queries
):
    row = {"kind": "out_invoice", "partner_id": post(draft(DESK)).partner_id, "invoice_date": TODAY}
    made = invoices.draft([{**row, "lines": [DESK]}] * 21, by=accountant, on=TODAY)
    entries.post(named(*made), by=accountant, on=TODAY)

    with django_assert_num_queries(24):
        payments.register(named(made[0]), by=accountant, on=TODAY)
    with django_assert_num_queries(24):
        payments.register(named(*made[1:]), by=accountant, on=TODAY)


def test_payment_waits_for_the_bank_where_the_journal_says_so(
    invoice, clerk, journal, account, books
):
    Journal.objects.filter(code="BNK1").update(outstanding_receipts_account=account("1121"))

    [payment] = payments.register(named(invoice), by=clerk, on=TODAY)

    assert payment.state == "in_process"
    assert books(payment.entry) == [("1121", 111000, 0), ("1201", 0, 111000)]
    assert state(invoice) == ("in_payment", 0)

    Payment.objects.filter(pk=payment.pk).update(state="paid")
    assert state(invoice) == ("paid", 0)


def test_register_refuses_what_is_not_posted(draft, clerk):
    with pytest.raises(NotPosted):
        payments.register(named(draft(DESK)), by=clerk, on=TODAY)


def test_register_refuses_what_is_paid(invoice, clerk):
    payments.register(named(invoice), by=clerk, on=TODAY)

    with pytest.raises(NothingToPay):
        payments.register(named(invoice), by=clerk, on=TODAY)


def test_register_refuses_one_amount_for_several_payments(draft, post, clerk):
    rows = [post(draft(DESK)), post(draft(DESK))]

    with pytest.raises(TooMuchPaid):
        payments.register(named(*rows), by=clerk, on=TODAY, amount=D(5))


def test_register_refuses_an_amount_of_nothing(invoice, clerk):
    with pytest.raises(NotAPayment):
        payments.register(named(invoice), by=clerk, on=TODAY, amount=D(0))


def test_register_refuses_a_journal_without_money(invoice, clerk, journal):
    with pytest.raises(WrongJournal):
        payments.register(named(invoice), by=clerk, on=TODAY, journal_id=journal("MISC").pk)


def test_register_refuses_a_locked_day_and_writes_nothing(invoice, accountant, company):
    periods.lock(
        CompanyAccounting.objects.filter(company=company), {"lock_date": TODAY}, by=accountant
    )

    with pytest.raises(PeriodClosed):
        payments.register(named(invoice), by=accountant, on=TODAY)
    assert not Payment.objects.exists()
    assert state(invoice) == ("not_paid", 111000)


def test_register_needs_the_right(invoice, auditor):
    with pytest.raises(AccessDenied):
        payments.register(named(invoice), by=auditor, on=TODAY)


@pytest.fixture
def advance(company, customer, journal):
    return Payment.objects.create(
        company=company,
        journal=journal("CSH1"),
        partner=customer,
        amount=D(500),
        currency=company.currency,
        date=TODAY,
        memo="Advance",
    )


def only(payment):
    return Payment.objects.filter(pk=payment.pk)


def test_post_books_a_payment_on_account(advance, clerk, books):
    [payment] = payments.post(only(advance), by=clerk)

    assert (payment.number, payment.state) == ("CSH1/2026/00001", "paid")
    assert books(payment.entry) == [("1101", 500, 0), ("1201", 0, 500)]


def test_post_refuses_a_payment_that_was_made(advance, clerk):
    payments.post(only(advance), by=clerk)

    with pytest.raises(NotDraft):
        payments.post(only(advance), by=clerk)


def test_post_refuses_a_payment_of_nothing(advance, clerk):
    only(advance).update(amount=0)

    with pytest.raises(NotAPayment):
        payments.post(only(advance), by=clerk)


def test_cancel_opens_the_invoice_again_and_keeps_the_number(invoice, clerk):
    [payment] = payments.register(named(invoice), by=clerk, on=TODAY)

    payments.cancel(only(payment), by=clerk)

    assert state(invoice) == ("not_paid", 111000)
    payment.refresh_from_db()
    assert (payment.state, payment.entry.state, payment.entry.number) == (
        "canceled",
        "cancel",
        "BNK1/2026/00001",
    )
    assert set(invoice.items.values_list("matching", "full_reconciliation")) == {("", None)}


def test_a_payment_can_be_taken_back_changed_and_made_again(advance, clerk, books):
    payments.post(only(advance), by=clerk)
    payments.reset_to_draft(only(advance), by=clerk)
    only(advance).update(amount=D(700))

    [payment] = payments.post(only(advance), by=clerk)

    assert payment.number == "CSH1/2026/00001"
    assert books(payment.entry) == [("1101", 700, 0), ("1201", 0, 700)]
