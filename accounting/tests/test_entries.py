"""Posting, reversing, taking back and cancelling."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounting.errors import (
    DateMissing,
    EmptyEntry,
    NegativeDocument,
    NotDraft,
    NotPosted,
    PartnerMissing,
    PeriodClosed,
    Reconciled,
    StillDraft,
    Unbalanced,
)
from accounting.models import AccountBalanceDelta, CompanyAccounting, FiscalPeriod, JournalEntry
from accounting.services import entries, invoices, payments, periods
from accounting.signals import entries_posted, entries_posting
from accounting.tests.conftest import TODAY
from base.errors import AccessDenied, Refused
from base.models import Counter

D = Decimal
DESK = {"label": "Desk", "unit_price": D(1000)}


def named(*rows):
    return JournalEntry.objects.filter(pk__in=[row.pk for row in rows])


def nothing_happened(entry):
    entry.refresh_from_db()
    counters = Counter.objects.filter(key__startswith="accounting.")
    return (
        (entry.state, entry.number) == ("draft", "")
        and not AccountBalanceDelta.objects.exists()
        and not counters.exists()
    )


def test_post_numbers_the_invoice_and_makes_it_part_of_the_books(draft, post):
    posted = post(draft(DESK))

    assert (posted.number, posted.state, posted.payment_state) == (
        "INV/2026/00001",
        "posted",
        "not_paid",
    )
    again = JournalEntry.objects.get(pk=posted.pk)
    assert (again.number, again.payment_reference) == ("INV/2026/00001", "INV/2026/00001")
    assert set(again.items.values_list("state", flat=True)) == {"posted"}
    deltas = AccountBalanceDelta.objects.order_by("account__code")
    assert list(deltas.values_list("account__code", "period", "debit", "credit")) == [
        ("1201", 202603, 1110, 0),
        ("2121", 202603, 0, 110),
        ("4101", 202603, 0, 1000),
    ]


def test_post_numbers_in_the_order_of_dates_within_journal_and_year(draft, accountant):
    late, early = (
        draft(DESK, invoice_date=date(2026, 3, 5)),
        draft(DESK, invoice_date=date(2026, 2, 1)),
    )
    last_year = draft(DESK, invoice_date=date(2025, 12, 31))
    refund = draft(DESK, kind="out_refund")

    entries.post(named(late, early, last_year, refund), by=accountant, on=TODAY)

    numbers = JournalEntry.objects.values_list("pk", "number")
    assert dict(numbers) == {
        early.pk: "INV/2026/00001",
        late.pk: "INV/2026/00002",
        last_year.pk: "INV/2025/00001",
        refund.pk: "RINV/2026/00001",
    }


def test_post_dates_an_invoice_that_has_no_date(draft, post):
    entry = draft(DESK, invoice_date=None)

    posted = post(entry, on=date(2026, 3, 20))

    assert (posted.date, posted.invoice_date, posted.due_date) == (date(2026, 3, 20),) * 3
    assert list(entry.items.dues().values_list("due_date", "date")) == [(date(2026, 3, 20),) * 2]


def test_post_makes_a_customer_of_the_partner(draft, post, customer):
    post(draft(DESK))

    customer.refresh_from_db()
    assert (customer.customer_rank, customer.supplier_rank) == (1, 0)


def test_post_marks_a_document_that_comes_to_nothing_as_paid(draft, post):
    assert post(draft({"label": "Gift", "unit_price": D(0)})).payment_state == "paid"


def test_post_takes_a_constant_number_of_queries(
    draft, accountant, customer, django_assert_num_queries
):
    def drafted(count):
        row = {"kind": "out_invoice", "partner_id": customer.pk, "invoice_date": TODAY}
        made = invoices.draft([{**row, "lines": [DESK] * 3}] * count, by=accountant, on=TODAY)
        return named(*made)

    one, many = drafted(1), drafted(50)
    entries.post(drafted(1), by=accountant, on=TODAY)  # the partner is a customer from now on
    with django_assert_num_queries(9):
        entries.post(one, by=accountant, on=TODAY)
    with django_assert_num_queries(9):
        entries.post(many, by=accountant, on=TODAY)


def test_post_refuses_an_entry_without_lines_and_writes_nothing(draft, post):
    entry = draft()
    with pytest.raises(EmptyEntry):
        post(entry)
    assert nothing_happened(entry)


def test_post_refuses_a_document_without_a_partner_and_writes_nothing(draft, post):
    entry = draft(DESK, partner_id=None)
    with pytest.raises(PartnerMissing):
        post(entry)
    assert nothing_happened(entry)


def test_post_refuses_a_bill_without_a_date_and_writes_nothing(draft, post):
    entry = draft(DESK, kind="in_invoice", invoice_date=None)
    with pytest.raises(DateMissing):
        post(entry)
    assert nothing_happened(entry)


def test_post_refuses_a_negative_document_and_writes_nothing(draft, post):
    entry = draft({"label": "Discount", "unit_price": D(-5)})
    with pytest.raises(NegativeDocument):
        post(entry)
    assert nothing_happened(entry)


def test_post_refuses_an_unbalanced_entry_and_writes_nothing(draft, post, account):
    entry = draft(
        {"account_id": account("6201").pk, "debit": D(500)},
        {"account_id": account("1111").pk, "credit": D("499.4")},
        kind="entry",
    )
    with pytest.raises(Unbalanced, match=r"Rp\s500, credits to Rp\s499\."):
        post(entry)
    assert nothing_happened(entry)


def test_post_refuses_a_closed_period_and_writes_nothing(draft, post, company, accountant):
    march = FiscalPeriod.objects.create(
        company=company, name="March", days=DateRange(date(2026, 3, 1), date(2026, 4, 1))
    )
    periods.close(FiscalPeriod.objects.filter(pk=march.pk), by=accountant)
    entry = draft(DESK)

    with pytest.raises(PeriodClosed, match=r"10 March 2026|10 Mar 2026|03/10/2026"):
        post(entry)
    assert nothing_happened(entry)

    periods.reopen(FiscalPeriod.objects.filter(pk=march.pk), by=accountant)
    assert post(entry).number == "INV/2026/00001"


@pytest.mark.parametrize(
    ("lock", "kind", "refused"),
    [
        ("lock_date", "out_invoice", True),
        ("hard_lock_date", "in_invoice", True),
        ("sale_lock_date", "out_invoice", True),
        ("sale_lock_date", "in_invoice", False),
        ("purchase_lock_date", "in_invoice", True),
        ("purchase_lock_date", "out_invoice", False),
        ("tax_lock_date", "out_invoice", True),
    ],
)
def test_post_refuses_up_to_the_lock_date(draft, post, accountant, company, lock, kind, refused):
    locked, free = draft(DESK, kind=kind), draft(DESK, kind=kind, invoice_date=date(2026, 3, 11))
    settings = CompanyAccounting.objects.filter(company=company)
    entries.cancel(named(*([locked] if lock == "hard_lock_date" else [])), by=accountant)
    periods.lock(settings, {lock: TODAY}, by=accountant)
    if lock == "hard_lock_date":
        locked = draft(DESK, kind=kind)

    if refused:
        with pytest.raises(PeriodClosed):
            post(locked)
        assert nothing_happened(locked)
    else:
        assert post(locked).state == "posted"
    assert post(free).state == "posted"


def test_tax_lock_lets_entries_without_tax_pass(draft, post, accountant, company, tax):
    periods.lock(
        CompanyAccounting.objects.filter(company=company), {"tax_lock_date": TODAY}, by=accountant
    )

    assert post(draft({**DESK, "taxes": []})).state == "posted"


def test_post_refuses_what_is_already_posted(invoice, post):
    with pytest.raises(NotDraft, match="INV/2026/00001 is no longer a draft"):
        post(invoice)


def test_post_is_all_or_nothing(draft, accountant):
    good, bad = draft(DESK), draft(DESK, partner_id=None)

    with pytest.raises(PartnerMissing):
        entries.post(named(good, bad), by=accountant, on=TODAY)
    assert nothing_happened(good)


def test_post_needs_the_right(draft, post, auditor):
    entry = draft(DESK)
    with pytest.raises(AccessDenied):
        post(entry, by=auditor)
    assert nothing_happened(entry)


def test_a_listener_may_refuse(draft, post):
    class CreditLimitReached(Refused):
        message = "No more credit."

    def refuse(**_):
        raise CreditLimitReached

    told = []
    entries_posting.connect(refuse)
    entries_posted.connect(lambda entries, **_: told.extend(entries), weak=False, dispatch_uid="t")
    try:
        entry = draft(DESK)
        with pytest.raises(CreditLimitReached):
            post(entry)
        assert nothing_happened(entry)
    finally:
        entries_posting.disconnect(refuse)
    post(entry)
    entries_posted.disconnect(dispatch_uid="t")
    assert [row.number for row in told] == ["INV/2026/00001"]


def test_reverse_writes_a_credit_note_of_the_same_lines(invoice, accountant, books):
    [refund] = entries.reverse(named(invoice), by=accountant, on=date(2026, 3, 25), reason="Broken")

    assert (refund.kind, refund.state, refund.total) == ("out_refund", "draft", 111000)
    assert (refund.reference, refund.reversed_entry_id) == ("INV/2026/00001: Broken", invoice.pk)
    assert (refund.date, refund.due_date) == (date(2026, 3, 25), date(2026, 3, 25))
    assert books(refund) == [("4101", 100000, 0), ("2121", 11000, 0), ("1201", 0, 111000)]


def test_reverse_may_settle_the_invoice_at_once(invoice, accountant):
    [refund] = entries.reverse(named(invoice), by=accountant, on=TODAY, settles=True)

    invoice.refresh_from_db()
    refund.refresh_from_db()
    assert (invoice.residual, invoice.payment_state) == (0, "reversed")
    assert (refund.number, refund.residual, refund.payment_state) == ("RINV/2026/00001", 0, "paid")


def test_reverse_of_a_plain_entry_swaps_the_sides(draft, post, accountant, account, books):
    entry = post(
        draft(
            {"account_id": account("6201").pk, "debit": D(500)},
            {"account_id": account("1111").pk, "credit": D(500)},
            kind="entry",
        )
    )

    [reversal] = entries.reverse(named(entry), by=accountant, on=TODAY)

    assert books(reversal) == [("6201", 0, 500), ("1111", 500, 0)]


def test_reverse_refuses_a_draft(draft, accountant):
    with pytest.raises(NotPosted):
        entries.reverse(named(draft(DESK)), by=accountant, on=TODAY)


def test_reset_to_draft_keeps_the_number_and_empties_the_books(invoice, accountant, post):
    [entry] = entries.reset_to_draft(named(invoice), by=accountant)

    entry.refresh_from_db()
    assert (entry.state, entry.number, entry.was_posted) == ("draft", "INV/2026/00001", True)
    assert sum(AccountBalanceDelta.objects.values_list("debit", flat=True)) == 0
    assert post(entry).number == "INV/2026/00001"


def test_reset_refuses_a_draft(draft, accountant):
    with pytest.raises(StillDraft):
        entries.reset_to_draft(named(draft(DESK)), by=accountant)


def test_reset_refuses_in_locked_books(invoice, accountant, company):
    periods.lock(
        CompanyAccounting.objects.filter(company=company), {"lock_date": TODAY}, by=accountant
    )

    with pytest.raises(PeriodClosed):
        entries.reset_to_draft(named(invoice), by=accountant)
    invoice.refresh_from_db()
    assert invoice.state == "posted"


def test_reset_and_cancel_refuse_what_is_reconciled(invoice, accountant):
    payments.register(named(invoice), by=accountant, on=TODAY)

    with pytest.raises(Reconciled):
        entries.reset_to_draft(named(invoice), by=accountant)
    with pytest.raises(Reconciled):
        entries.cancel(named(invoice), by=accountant)


def test_cancel_keeps_the_number_so_that_there_is_no_gap(invoice, draft, post, accountant):
    entries.cancel(named(invoice), by=accountant)

    invoice.refresh_from_db()
    assert (invoice.state, invoice.number) == ("cancel", "INV/2026/00001")
    assert set(invoice.items.values_list("state", flat=True)) == {"cancel"}
    assert post(draft(DESK)).number == "INV/2026/00002"


def test_cancelled_entries_can_be_taken_up_again(invoice, post, accountant):
    entries.cancel(named(invoice), by=accountant)
    entries.reset_to_draft(named(invoice), by=accountant)

    assert post(invoice).number == "INV/2026/00001"


def test_clerk_may_post_but_not_take_back(draft, post, clerk):
    posted = post(draft(DESK, by=clerk), by=clerk)

    with pytest.raises(AccessDenied):
        entries.reset_to_draft(named(posted), by=clerk)
