"""Settling debits with credits."""

from decimal import Decimal

import pytest

from accounting.errors import AccountsDiffer, NothingToReconcile, NotPosted, NotReconcilable
from accounting.models import FullReconciliation, JournalItem, PartialReconciliation
from accounting.services import reconciliation
from accounting.signals import documents_paid
from base.errors import AccessDenied

D = Decimal
DESK = {"label": "Desk", "unit_price": D(1000)}


def items(*rows):
    return JournalItem.objects.filter(pk__in=[row.pk for row in rows])


def due(entry):
    return entry.items.dues().get()


@pytest.fixture
def receipt(draft, post, account):
    """Money on the customer's account without a document."""

    def write(amount):
        entry = draft(
            {"account_id": account("1111").pk, "debit": D(amount)},
            {"account_id": account("1201").pk, "credit": D(amount)},
            kind="entry",
        )
        return post(entry).items.get(account__code="1201")

    return write


def test_reconcile_settles_two_items_entirely(invoice, receipt, clerk):
    paid = receipt(111000)

    [match] = reconciliation.reconcile(items(due(invoice), paid), by=clerk)

    assert (match.amount, match.debit_item_id, match.credit_item_id) == (
        111000,
        due(invoice).pk,
        paid.pk,
    )
    invoice.refresh_from_db()
    paid.refresh_from_db()
    assert (invoice.payment_state, invoice.residual) == ("paid", 0)
    assert (paid.residual, paid.is_reconciled) == (0, True)
    full = FullReconciliation.objects.get()
    assert paid.matching == due(invoice).matching == str(full.pk)
    assert PartialReconciliation.objects.get().full_reconciliation == full


def test_reconcile_in_steps_joins_everything_in_one_whole(invoice, receipt, clerk):
    first, second = receipt(60000), receipt(51000)

    reconciliation.reconcile(items(due(invoice), first), by=clerk)
    invoice.refresh_from_db()
    assert (invoice.payment_state, invoice.residual) == ("partial", 51000)
    assert due(invoice).matching == f"P{PartialReconciliation.objects.get().pk}"

    reconciliation.reconcile(items(due(invoice), second), by=clerk)
    full = FullReconciliation.objects.get()
    assert set(full.items.all()) == {due(invoice), first, second}
    assert full.partials.count() == 2


def test_unreconcile_opens_everything_again(invoice, receipt, clerk):
    first, second = receipt(60000), receipt(51000)
    reconciliation.reconcile(items(due(invoice), first, second), by=clerk)

    assert reconciliation.unreconcile(items(first), by=clerk) == 1

    invoice.refresh_from_db()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (invoice.payment_state, invoice.residual) == ("partial", 60000)
    assert (first.residual, first.matching, first.is_reconciled) == (-60000, "", False)
    assert second.matching == f"P{PartialReconciliation.objects.get().pk}"
    assert not FullReconciliation.objects.exists()


def test_documents_paid_is_told(invoice, receipt, clerk):
    told = []

    def hear(entries, **_):
        told.extend(entries)

    documents_paid.connect(hear)
    try:
        reconciliation.reconcile(items(due(invoice), receipt(111000)), by=clerk)
    finally:
        documents_paid.disconnect(hear)
    assert told == [invoice]


def test_reconcile_refuses_items_of_two_accounts(invoice, draft, post, clerk):
    bill = post(draft(DESK, kind="in_invoice"))

    with pytest.raises(AccountsDiffer):
        reconciliation.reconcile(items(due(invoice), due(bill)), by=clerk)


def test_reconcile_refuses_an_account_that_is_not_reconciled(invoice, clerk):
    with pytest.raises(NotReconcilable, match="4101"):
        reconciliation.reconcile(invoice.items.lines(), by=clerk)


def test_reconcile_refuses_drafts(invoice, draft, clerk):
    entry = draft(DESK)

    with pytest.raises(NotPosted):
        reconciliation.reconcile(items(due(invoice), due(entry)), by=clerk)


def test_reconcile_refuses_when_there_is_nothing_to_settle(invoice, draft, post, clerk):
    other = post(draft(DESK))

    with pytest.raises(NothingToReconcile):
        reconciliation.reconcile(items(due(invoice), due(other)), by=clerk)
    assert not PartialReconciliation.objects.exists()


def test_reconcile_needs_the_right(invoice, receipt, auditor):
    with pytest.raises(AccessDenied):
        reconciliation.reconcile(items(due(invoice), receipt(5)), by=auditor)
