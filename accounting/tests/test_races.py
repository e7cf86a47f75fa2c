"""Many people at the books at once: threads on connections of their own, committing for real."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from accounting.errors import NotDraft, NothingToPay, PeriodClosed, Unbalanced
from accounting.models import (
    Account,
    CompanyAccounting,
    JournalEntry,
    JournalItem,
    PartialReconciliation,
    Payment,
)
from accounting.services import books, entries, invoices, numbers, payments, periods, reconciliation
from base.actors import Actor
from base.models import Company, Currency, CurrencyRate, Partner

TODAY = date(2026, 3, 10)
CROWD = 24
DESK = {"label": "Desk", "unit_price": Decimal(1000)}
D1110 = Decimal(1110)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by():
    return Actor.system(door="job", company_ids=[1])


@pytest.fixture
def drafts(by):
    """Draft invoices of one customer."""

    def write(count):
        partner = Partner.objects.create(name="Toko Ramai", is_company=True, customer_rank=1)
        row = {
            "kind": "out_invoice",
            "partner_id": partner.pk,
            "invoice_date": TODAY,
            "lines": [DESK],
        }
        return [entry.pk for entry in invoices.draft([row] * count, by=by, on=TODAY)]

    return write


def at_once(work: Callable[[int], object], count: int = CROWD) -> list[object]:
    """Do the work in so many threads that all start together; answers results and errors alike."""
    start = Barrier(count)

    def one(place):
        try:
            connection.ensure_connection()
            start.wait()
            return work(place)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def errors(results):
    return [result for result in results if isinstance(result, Exception)]


def named(*ids):
    return JournalEntry.objects.filter(pk__in=ids)


def posted_numbers():
    return sorted(
        JournalEntry.objects.posted().filter(journal__code="INV").values_list("number", flat=True)
    )


def test_a_crowd_posts_in_one_journal_without_error_or_gap(by, drafts):
    ids = drafts(CROWD)

    results = at_once(lambda place: entries.post(named(ids[place]), by=by, on=TODAY))

    assert errors(results) == []
    assert posted_numbers() == [f"INV/2026/{n:05}" for n in range(1, CROWD + 1)]
    [audit] = books.audit(Company.objects.filter(pk=1), by=by, on=TODAY)
    assert audit.is_sound


def test_without_the_counters_lock_the_same_crowd_fails(by, drafts, monkeypatch):
    """Proves that the test above can fail: a number read without a lock is given twice."""

    def naive(rows):
        count = JournalEntry.objects.exclude(number="").count()
        time.sleep(0.05)
        return {
            row.pk: f"{numbers.prefix(row)}{count + place:05}" for place, row in enumerate(rows, 1)
        }

    monkeypatch.setattr(numbers, "take", naive)
    ids = drafts(CROWD)

    results = at_once(lambda place: entries.post(named(ids[place]), by=by, on=TODAY))

    assert {type(error) for error in errors(results)} == {IntegrityError}


def test_a_number_that_is_not_used_is_given_to_the_next(by, drafts):
    first, second = drafts(2)

    with transaction.atomic():
        entries.post(named(first), by=by, on=TODAY)
        transaction.set_rollback(True)
    entries.post(named(second), by=by, on=TODAY)

    assert posted_numbers() == ["INV/2026/00001"]


def test_one_invoice_is_posted_once_however_many_try(by, drafts):
    [invoice] = drafts(1)

    results = at_once(lambda _place: entries.post(named(invoice), by=by, on=TODAY), 8)

    assert [type(error) for error in errors(results)] == [NotDraft] * 7
    assert posted_numbers() == ["INV/2026/00001"]


def test_one_invoice_is_paid_once_however_many_try(by, drafts):
    [invoice] = drafts(1)
    entries.post(named(invoice), by=by, on=TODAY)

    results = at_once(lambda _place: payments.register(named(invoice), by=by, on=TODAY), 8)

    assert [type(error) for error in errors(results)] == [NothingToPay] * 7
    assert Payment.objects.count() == 1
    assert JournalEntry.objects.get(pk=invoice).payment_state == "paid"


def test_reconcilers_of_the_same_items_never_settle_too_much(by, drafts):
    invoice, other = drafts(2)
    entries.post(named(invoice, other), by=by, on=TODAY)
    [payment] = payments.register(named(other), by=by, on=TODAY)
    reconciliation.unreconcile(payment.entry.items.filter(account__is_reconcilable=True), by=by)
    receipt = payment.entry.items.get(account__is_reconcilable=True).pk
    dues = list(JournalItem.objects.dues().order_by("pk").values_list("pk", flat=True))

    def settle(place):
        chosen = [receipt, dues[place % 2]]
        return reconciliation.reconcile(JournalItem.objects.filter(pk__in=chosen), by=by)

    results = at_once(settle, 8)

    assert len(errors(results)) == 7
    assert PartialReconciliation.objects.count() == 1
    assert JournalItem.objects.get(pk=receipt).residual == 0


def test_nothing_slips_behind_a_lock_that_is_being_set(by, drafts):
    ids = drafts(CROWD - 1)

    def work(place):
        if place == 0:
            return periods.lock(
                CompanyAccounting.objects.filter(company=1), {"lock_date": TODAY}, by=by
            )
        return entries.post(named(ids[place - 1]), by=by, on=TODAY)

    results = at_once(work)

    refused = [
        error for error in errors(results) if isinstance(error, PeriodClosed | IntegrityError)
    ]
    assert refused == errors(results)
    assert len(posted_numbers()) + len(refused) == CROWD - 1
    assert posted_numbers() == [f"INV/2026/{n:05}" for n in range(1, len(posted_numbers()) + 1)]


def unbalanced():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id FROM accounting_journalitem i JOIN accounting_journalentry e ON e.id = i.entry_id"
            " WHERE e.state = 'posted' GROUP BY entry_id HAVING sum(debit) <> sum(credit)"
        )
        return cursor.fetchall()


def test_no_item_is_slipped_into_an_entry_that_is_being_posted(by, drafts):
    [invoice] = drafts(1)
    inserted = Barrier(2)

    def work(place):
        if place == 0:
            with transaction.atomic():
                item = JournalItem.objects.filter(entry=invoice).dues().get()
                item.pk, item._state.adding = None, True
                item.save(force_insert=True)
                inserted.wait()
                time.sleep(0.3)
            return None
        inserted.wait()
        return entries.post(named(invoice), by=by, on=TODAY)

    results = at_once(work, 2)

    assert [type(error) for error in errors(results)] == [Unbalanced]
    assert unbalanced() == []


def test_an_entry_is_not_taken_back_while_somebody_settles_it(by, drafts):
    """Raw SQL on both sides: the verbs hold the entries anyway."""
    [invoice] = drafts(1)
    bank, trade = (Account.objects.get(company=1, code=code).pk for code in ("1111", "1201"))
    amounts = {"account_id": bank, "debit": D1110}, {"account_id": trade, "credit": D1110}
    [advance] = invoices.draft([{"lines": list(amounts)}], by=by, on=TODAY)
    entries.post(named(invoice, advance.pk), by=by, on=TODAY)
    receipt = advance.items.get(account__is_reconcilable=True)
    due = JournalItem.objects.filter(entry=invoice).dues().get()
    matched = Barrier(2)

    def work(place):
        with transaction.atomic(), connection.cursor() as cursor:
            if place == 0:
                PartialReconciliation.objects.create(
                    company_id=1,
                    debit_item=due,
                    credit_item=receipt,
                    amount=due.debit,
                    debit_amount_currency=due.debit,
                    credit_amount_currency=due.debit,
                    date=TODAY,
                )
                matched.wait()
                time.sleep(0.3)
                return
            matched.wait()
            cursor.execute("SELECT set_config('niaga.reset', 'on', true)")
            named(advance.pk).update(state="draft")

    results = at_once(work, 2)

    assert [type(error) for error in errors(results)] == [IntegrityError]
    assert JournalEntry.objects.get(pk=advance.pk).state == "posted"
    [audit] = books.audit(Company.objects.filter(pk=1), by=by, on=TODAY)
    assert audit.is_sound


def test_foreign_documents_paid_at_once_leave_no_dust(by, drafts):
    dollar = Currency.objects.get(code="USD")
    for day, rupiah in ((date(2026, 1, 1), 15500), (TODAY, 15812)):
        CurrencyRate.objects.create(currency=dollar, date=day, rate=1 / Decimal(rupiah))
    partner = Partner.objects.create(name="Overseas", is_company=True, customer_rank=1)
    row = {"kind": "out_invoice", "partner_id": partner.pk, "currency_id": dollar.pk}
    desk = {"label": "Desk", "unit_price": Decimal("33.33")}
    row |= {"invoice_date": date(2026, 2, 1), "lines": [desk]}
    [invoice] = [entry.pk for entry in invoices.draft([row], by=by, on=TODAY)]
    entries.post(named(invoice), by=by, on=TODAY)

    results = at_once(
        lambda _place: payments.register(named(invoice), by=by, on=TODAY, amount=Decimal("4.11")),
        12,
    )

    # Nine parts settle it, the last one with something over; whoever comes later finds it paid.
    assert {type(error) for error in errors(results)} == {NothingToPay}
    assert JournalEntry.objects.get(pk=invoice).payment_state == "paid"
    due = JournalItem.objects.filter(entry=invoice).dues().get()
    assert (due.residual, due.residual_currency) == (0, 0)
    [audit] = books.audit(Company.objects.filter(pk=1), by=by, on=TODAY)
    assert audit.is_sound
