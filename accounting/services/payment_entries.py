"""The journal entries of payments: the bank on one side, what is settled on the other, differences between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from accounting.errors import CurrenciesDiffer, NoAccount
from accounting.models import Journal, JournalEntry, JournalItem, Payment
from accounting.services import documents
from accounting.services.discounts import Difference
from accounting.services.documents import WrittenItem, set_balance
from accounting.services.periods import Locks
from accounting.services.posting import mark_posted
from accounting.services.rates import Rates
from base import bulk
from base.models import Currency
from base.money import ZERO


@dataclass(slots=True)
class Booking:
    """A payment and what its entry says besides the bank.

    What it settles is in `currency`, which may be another than the payment's: `settled` is what the bank's amount comes
    to in it, always positive; `differences` are what goes elsewhere than to the bank.
    """

    payment: Payment
    journal: Journal
    account_id: int
    currency_id: int
    settled: Decimal
    differences: Sequence[Difference] = ()
    entry: JournalEntry | None = None
    item: JournalItem | None = None


def post(bookings: Sequence[Booking], rates: Rates) -> None:
    """Write and post the entries of payments, and the payments themselves. Nine queries for any number.

    Refuses with `PeriodClosed`, `NoAccount`, `NoRate`, `CurrenciesDiffer`.
    """
    for booking in bookings:
        _check_currency(booking)
        booking.entry = _entry(booking, rates)
    made = [booking.entry for booking in bookings if booking.entry is not None]
    Locks.of(made).check(made)
    again = [entry for entry in made if entry.pk]
    if again:
        JournalItem.objects.filter(entry__in=again).delete()
        JournalEntry.objects.bulk_update(
            again, ["journal", "date", "partner", "currency", "rate", "reference", "total"]
        )
    fresh = [entry for entry in made if not entry.pk]
    documents.write(fresh, [item for booking in bookings for item in _Items(booking, rates).all()])
    mark_posted(made)
    _store(bookings)


def _check_currency(booking: Booking) -> None:
    wanted = booking.journal.currency_id
    if wanted is not None and wanted != booking.payment.currency_id:
        raise CurrenciesDiffer(journal=booking.journal, currency=booking.journal.currency)


def _entry(booking: Booking, rates: Rates) -> JournalEntry:
    payment = booking.payment
    own = payment.entry if payment.entry_id else None
    entry = own or JournalEntry(company_id=payment.company_id, kind=JournalEntry.Kind.ENTRY)
    entry.journal, entry.date, entry.partner_id = booking.journal, payment.date, payment.partner_id
    entry.currency_id, entry.reference, entry.total = (
        payment.currency_id,
        payment.memo,
        payment.amount,
    )
    entry.rate = rates.worth(payment.currency_id, payment.company_id, payment.date)
    return entry


@dataclass
class _Items:
    """The items of one payment. In the company's currency, what is settled takes what the others leave."""

    booking: Booking
    rates: Rates
    written: list[WrittenItem] = field(default_factory=list)

    def all(self) -> list[WrittenItem]:
        """The bank, the differences, and what is settled."""
        payment, booking = self.booking.payment, self.booking
        sign = 1 if payment.kind == Payment.Kind.INBOUND else -1
        settled = sign * booking.settled
        own = self.rates.settings[payment.company_id].company.currency_id
        # Claims in the company's own currency say what the bank's amount is worth, to the last cent.
        worth = settled if booking.currency_id == own else None
        account_id = _liquid_account(booking)
        self._add(account_id, payment.currency_id, sign * payment.amount, payment.memo, worth)
        for difference in booking.differences:
            settled += difference.amount
            self._add_difference(difference)
        balance = -sum((row.item.debit - row.item.credit for row in self.written), ZERO)
        booking.item = self._add(
            booking.account_id, booking.currency_id, -settled, payment.memo, balance
        )
        return self.written

    def _add(
        self,
        account_id: int,
        currency_id: int,
        amount: Decimal,
        label: str,
        balance: Decimal | None = None,
    ) -> JournalItem:
        payment = self.booking.payment
        item = JournalItem(
            entry=self.booking.entry,
            account_id=account_id,
            partner_id=payment.partner_id,
            label=label,
            currency_id=currency_id,
            amount_currency=amount,
            due_date=payment.date,
        )
        set_balance(item, self._worth(currency_id, amount) if balance is None else balance)
        self.written.append(WrittenItem(item))
        return item

    def _add_difference(self, difference: Difference) -> None:
        booking = self.booking
        item = self._add(
            difference.account_id, booking.currency_id, difference.amount, difference.label
        )
        item.tax_id, item.repartition_id = difference.tax_id, difference.repartition_id
        item.tax_base = self.rates.settings[booking.payment.company_id].company.currency.round(
            difference.tax_base
        )
        self.written[-1] = WrittenItem(item, difference.tax_ids, difference.tag_ids)

    def _worth(self, currency_id: int, amount: Decimal) -> Decimal:
        payment = self.booking.payment
        own: Currency = self.rates.settings[payment.company_id].company.currency
        if currency_id == own.pk:
            return amount
        rate = self.rates.worth(currency_id, payment.company_id, payment.date)
        return own.round(Fraction(amount) * Fraction(rate))


def _liquid_account(booking: Booking) -> int:
    journal, payment = booking.journal, booking.payment
    inbound = payment.kind == Payment.Kind.INBOUND
    waiting = (
        journal.outstanding_receipts_account_id
        if inbound
        else journal.outstanding_payments_account_id
    )
    payment.outstanding_account_id = (
        payment.outstanding_account_id or waiting or journal.default_account_id
    )
    if payment.outstanding_account_id is None:
        raise NoAccount(
            purpose=_("journal %(journal)s") % {"journal": journal}, company=journal.company
        )
    return payment.outstanding_account_id


def _store(bookings: Sequence[Booking]) -> None:
    for booking in bookings:
        payment, entry = booking.payment, booking.entry
        assert entry is not None
        waits = payment.outstanding_account_id != booking.journal.default_account_id
        payment.entry, payment.number = entry, entry.number
        payment.destination_account_id = booking.account_id
        payment.state = Payment.State.IN_PROCESS if waits else Payment.State.PAID
    fresh = [booking.payment for booking in bookings if booking.payment.pk is None]
    known = [booking.payment for booking in bookings if booking.payment.pk is not None]
    bulk.insert(fresh)
    if known:
        Payment.objects.bulk_update(
            known, ["entry", "number", "state", "outstanding_account", "destination_account"]
        )
