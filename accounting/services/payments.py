"""What can be done with payments: register them against documents, post, take back, cancel."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from accounting.errors import (
    NoJournal,
    NotAPayment,
    NotDraft,
    NothingToPay,
    NotPosted,
    TooMuchPaid,
    WrongJournal,
)
from accounting.models import Journal, JournalEntry, JournalItem, Payment
from accounting.models.entry import JournalEntryQuerySet
from accounting.models.payment import PaymentQuerySet
from accounting.services import payment_entries, reconciliation
from accounting.services.defaults import Books, Defaults
from accounting.services.parties import given, read_partners
from accounting.services.payment_entries import Booking
from accounting.services.periods import Locks
from accounting.services.posting import set_state
from accounting.services.rates import Rates
from accounting.services.settlement import Batch, batches, rates_of
from base.actors import Actor
from base.models import Currency, PartnerBankAccount
from base.money import ZERO
from base.policies import require_all_visible
from base.services import records
from base.verbs import verb


@verb("accounting.register_payment")
def register(
    documents_to_pay: JournalEntryQuerySet,
    *,
    by: Actor,
    on: date,
    journal_id: int | None = None,
    amount: Decimal | None = None,
    currency_id: int | None = None,
    is_grouped: bool = False,
    takes_discount: bool = True,
    memo: str = "",
    bank_account_id: int | None = None,
    difference_account_id: int | None = None,
    difference_label: str = "",
) -> list[Payment]:
    """Pay posted documents and reconcile them: one payment a document, or one a partner (and currency) when grouped.

    Without an amount all that is open is paid, less an early payment discount that is still in time and not declined. A smaller amount
    pays the earliest due first, and what is left stays open or goes to the difference account; what is paid over stays
    open for the partner. The money is in the currency named, else the journal's, else the documents'; what the rates
    have won or lost since is booked as an exchange difference. The same number of queries for any number of documents.

    **Refuses with** `NotPosted`, `NothingToPay`, `TooMuchPaid`, `NoJournal`, `WrongJournal`, `CurrenciesDiffer`,
    `NoRate`, `PeriodClosed`.
    """
    rows, books = _posted(documents_to_pay), Books.of(by)
    open_batches = batches(
        rows, is_grouped=is_grouped, on=on, books=books, takes_discount=takes_discount
    )
    if not open_batches:
        raise NothingToPay
    if amount is not None and len(open_batches) > 1:
        raise TooMuchPaid
    if bank_account_id is not None:
        require_all_visible(PartnerBankAccount.objects.all(), [bank_account_id], by)
    journals = [_journal(books, batch.company_id, journal_id) for batch in open_batches]
    for batch, journal in zip(open_batches, journals, strict=True):
        batch.paid_in = currency_id or journal.currency_id or batch.currency.pk
    rates = rates_of(open_batches, on=on, books=books)
    bookings = []
    for batch, journal in zip(open_batches, journals, strict=True):
        batch.pay(amount, rates, on, difference_account_id, difference_label)
        bookings.append(_of_batch(batch, journal, on, memo, bank_account_id))
    payment_entries.post(bookings, rates)
    _link(bookings, open_batches)
    reconciliation.settle(_pairs(bookings, open_batches), by=by)
    return [booking.payment for booking in bookings]


def _posted(documents_to_pay: JournalEntryQuerySet) -> list[JournalEntry]:
    rows = list(documents_to_pay.locked().with_parties())
    for entry in rows:
        if entry.state != JournalEntry.State.POSTED:
            raise NotPosted(record=entry)
    return rows


@verb("accounting.add_payment")
def draft(rows: Sequence[Mapping[str, Any]], *, by: Actor, on: date) -> list[Payment]:
    """Write draft payments. Journal, currency and day come from the company unless given. Refuses as `records.create`."""
    books = Books.of(by)
    filled = []
    for row in rows:
        company_id = row.get("company_id")
        if company_id is None:
            given = row.get("journal_id")
            company_id = books.journal_by_id(given).company_id if given else by.company_id
        settings = books.of_company(company_id)
        journal = _journal(books, settings.company_id, row.get("journal_id"))
        own = {"currency_id": journal.currency_id or settings.company.currency_id, "date": on}
        wanted = {name: value for name, value in row.items() if value is not None}
        filled.append(
            {**own, **wanted, "company_id": settings.company_id, "journal_id": journal.pk}
        )
    _round(filled)
    return records.create(Payment, filled, by=by)


@verb("accounting.change_payment")
def edit(payments: PaymentQuerySet, values: Mapping[str, Any], *, by: Actor) -> None:
    """Change payments; an amount is rounded as the currency of its payment is. Refuses as `records.change`."""
    of_currency: dict[int | None, list[int]] = {}
    for pk, currency_id in payments.order_by("pk").values_list("pk", "currency_id"):
        of_currency.setdefault(values.get("currency_id") or currency_id, []).append(pk)
    for known_id, ids in of_currency.items():
        row = {**values, "currency_id": known_id}
        _round([row])
        changed = {name: row[name] for name in values}
        records.change(records.named(Payment, ids), changed, by=by)


def _round(rows: list[dict[str, Any]]) -> None:
    """Round amounts as their currencies are. One query."""
    known = Currency.objects.in_bulk({row["currency_id"] for row in rows if "amount" in row})
    for row in rows:
        if row.get("amount") is not None and row["currency_id"] in known:
            row["amount"] = known[row["currency_id"]].round(Decimal(row["amount"]))


@verb("accounting.post_payment")
def confirm(payments: PaymentQuerySet, *, by: Actor) -> list[Payment]:
    """Say that payments in process have reached the bank; what they pay becomes paid."""
    rows = list(payments.locked())
    waiting = [row.pk for row in rows if row.state == Payment.State.IN_PROCESS]
    Payment.objects.filter(pk__in=waiting).update(state=Payment.State.PAID)
    for row in rows:
        if row.pk in waiting:
            row.state = Payment.State.PAID
    return rows


@verb("accounting.post_payment")
def post(payments: PaymentQuerySet, *, by: Actor) -> list[Payment]:
    """Post draft payments: write their entries, on the payments' own days. What they pay is reconciled apart.

    **Refuses with** `NotDraft`, `NotAPayment`, `NoAccount`, `WrongJournal`, `CurrenciesDiffer`, `NoRate`, `PeriodClosed`.
    """
    rows = list(payments.locked().select_related("entry"))
    books = Books.of(by)
    partners = read_partners(given(row.partner_id for row in rows), by=by)
    defaults = Defaults(books, partners=partners)
    rates = Rates.of(((row.currency_id, row.company_id, row.date) for row in rows), books.settings)
    bookings = []
    for row in rows:
        if row.state != Payment.State.DRAFT:
            raise NotDraft(record=row)
        if row.amount <= ZERO:
            raise NotAPayment(record=row)
        side = "receivable" if row.partner_kind == Payment.PartnerKind.CUSTOMER else "payable"
        account = row.destination_account_id or defaults.trade_account(
            row.company_id, row.partner_id, side
        )
        journal = _journal(books, row.company_id, row.journal_id)
        bookings.append(Booking(row, journal, account, row.currency_id, settled=row.amount))
    payment_entries.post(bookings, rates)
    return rows


@verb("accounting.cancel_payment")
def cancel(payments: PaymentQuerySet, *, by: Actor) -> list[Payment]:
    """Cancel payments: what they paid is open again, their entries are cancelled and keep their numbers.

    **Refuses with** `PeriodClosed`.
    """
    return _take_back(payments, Payment.State.CANCELED, JournalEntry.State.CANCEL, by=by)


@verb("accounting.cancel_payment")
def reset_to_draft(payments: PaymentQuerySet, *, by: Actor) -> list[Payment]:
    """Take payments back to draft: what they paid is open again. **Refuses with** `PeriodClosed`."""
    return _take_back(payments, Payment.State.DRAFT, JournalEntry.State.DRAFT, by=by)


def _take_back(
    payments: PaymentQuerySet, state: str, entry_state: str, *, by: Actor
) -> list[Payment]:
    rows = list(payments.locked())
    ids = [row.entry_id for row in rows if row.entry_id]
    if ids:
        booked = list(JournalEntry.objects.filter(pk__in=ids).locked().with_parties())
        Locks.of(booked).check(booked)
        matched = JournalItem.objects.filter(entry__in=ids).exclude(matching="")
        if matched.exists():
            reconciliation.unreconcile(matched, by=by)
        set_state(ids, entry_state)
    Payment.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
    for row in rows:
        row.state = state
    return rows


def _journal(books: Books, company_id: int, journal_id: int | None) -> Journal:
    if journal_id is None:
        for journal in books.journals:
            if journal.company_id == company_id and journal.is_liquid:
                return journal
        raise NoJournal(company=books.of_company(company_id).company)
    journal = books.journal_by_id(journal_id)
    if not journal.is_liquid:
        raise WrongJournal(journal=journal)
    return journal


def _of_batch(
    batch: Batch, journal: Journal, on: date, memo: str, bank_account_id: int | None
) -> Booking:
    first = batch.entries[0]
    inbound = batch.is_inbound
    payment = Payment(
        company_id=batch.company_id,
        journal=journal,
        kind=Payment.Kind.INBOUND if inbound else Payment.Kind.OUTBOUND,
        partner_kind=Payment.PartnerKind.CUSTOMER
        if first.is_sale
        else Payment.PartnerKind.SUPPLIER,
        partner_id=first.partner_id,
        amount=batch.paid,
        currency_id=batch.paid_in,
        date=on,
        memo=(
            memo or ", ".join(entry.payment_reference or entry.number for entry in batch.entries)
        )[:240],
        bank_account_id=bank_account_id or (None if inbound else first.bank_account_id),
        destination_account_id=batch.account_id,
    )
    return Booking(
        payment,
        journal,
        batch.account_id,
        batch.currency.pk,
        settled=batch.amount,
        differences=batch.differences,
    )


def _pairs(bookings: Sequence[Booking], paid: Sequence[Batch]) -> list[list[JournalItem]]:
    """What each payment settles, beside its own item as the database wrote it."""
    ids = [booking.item.pk for booking in bookings if booking.item is not None]
    own = {
        item.entry_id: item
        for item in JournalItem.objects.filter(pk__in=ids).select_related("account", "entry")
    }
    return [
        [*batch.items, own[booking.payment.entry_id]]
        for booking, batch in zip(bookings, paid, strict=True)
        if booking.payment.entry_id in own
    ]


def _link(bookings: Sequence[Booking], paid: Sequence[Batch]) -> None:
    through = Payment.invoices.through
    through._default_manager.bulk_create(
        [
            through(payment_id=booking.payment.pk, journalentry_id=entry.pk)
            for booking, batch in zip(bookings, paid, strict=True)
            for entry in batch.entries
        ]
    )
