"""What is open on documents, gathered into what one payment settles."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from accounting.errors import CurrenciesDiffer, NoAccount, NotAPayment
from accounting.models import JournalEntry, JournalItem, PaymentTerm
from accounting.rules.terms import TAX_REDUCED
from accounting.services.defaults import Books
from base.money import ZERO, round_half_up


@dataclass
class Batch:
    """Open items of one partner on one account that a payment settles, and what goes elsewhere than to the bank.

    `differences` are (account, signed amount, label); `amount` is what the bank sees, always positive.
    """

    company_id: int
    account_id: int
    entries: list[JournalEntry] = field(default_factory=list)
    items: list[JournalItem] = field(default_factory=list)
    differences: list[tuple[int, Decimal, str]] = field(default_factory=list)
    amount: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """What is open: positive is to be received."""
        return sum((item.residual_currency for item in self.items), ZERO)

    @property
    def is_inbound(self) -> bool:
        """Whether the money comes to us."""
        return self.net > ZERO

    def pay(self, amount: Decimal, difference_account_id: int | None, label: str) -> None:
        """Pay another amount than what is open; the difference stays open unless it is given an account."""
        if amount <= ZERO:
            raise NotAPayment(record=_("the payment"))
        if amount == self.amount:
            return
        self.amount, self.differences = amount, []
        missing = abs(self.net) - amount
        if difference_account_id and missing:
            signed = missing if self.is_inbound else -missing
            self.differences = [(difference_account_id, signed, label or _("Write-off"))]


def batches(
    entries: Sequence[JournalEntry], *, is_grouped: bool, on: date, books: Books
) -> list[Batch]:
    """Gather what is open on documents: by document, or by partner. Three queries. Refuses with `CurrenciesDiffer`."""
    by_id = {entry.pk: entry for entry in entries}
    items = (
        JournalItem.objects.filter(entry__in=list(by_id))
        .dues()
        .open()
        .select_related("account")
        .locked()
    )
    found: dict[tuple[object, ...], Batch] = {}
    for item in sorted(items, key=lambda item: (item.due_date or item.date, item.pk)):
        entry = by_id[item.entry_id]
        if entry.currency_id != books.of_company(entry.company_id).company.currency_id:
            raise CurrenciesDiffer
        own = (entry.partner_id, entry.is_sale) if is_grouped else (entry.pk,)
        assert item.account_id is not None
        key = (entry.company_id, item.account_id, *own)
        batch = found.setdefault(key, Batch(entry.company_id, item.account_id))
        batch.items.append(item)
        if entry not in batch.entries:
            batch.entries.append(entry)
    settled = [batch for batch in found.values() if batch.net]
    _discount(settled, on=on, books=books)
    return settled


def discount_deadline(entry: JournalEntry, term: PaymentTerm | None) -> date | None:
    """The last day on which a document can be paid with its early payment discount."""
    if term is None or not term.has_early_discount or entry.invoice_date is None or entry.is_refund:
        return None
    return entry.invoice_date + timedelta(days=term.discount_days)


def _discount(found: Sequence[Batch], *, on: date, books: Books) -> None:
    terms = PaymentTerm.objects.in_bulk(
        {entry.payment_term_id for batch in found for entry in batch.entries} - {None}
    )
    due: list[tuple[Batch, JournalEntry, PaymentTerm]] = []
    for batch in found:
        batch.amount = abs(batch.net)
        for entry in batch.entries:
            term = terms.get(entry.payment_term_id)
            deadline = discount_deadline(entry, term)
            if term and deadline and on <= deadline and entry.residual == entry.total:
                due.append((batch, entry, term))
    if not due:
        return
    taxes: dict[int, list[JournalItem]] = {}
    for item in JournalItem.objects.filter(
        entry__in=[entry for _b, entry, _t in due], tax__isnull=False
    ):
        taxes.setdefault(item.entry_id, []).append(item)
    for batch, entry, term in due:
        _take_discount(batch, entry, term, taxes.get(entry.pk, []), books)


def _take_discount(
    batch: Batch, entry: JournalEntry, term: PaymentTerm, taxes: Sequence[JournalItem], books: Books
) -> None:
    settings = books.of_company(entry.company_id)
    account = (
        settings.discount_loss_account_id if entry.is_sale else settings.discount_gain_account_id
    )
    if account is None:
        raise NoAccount(purpose=_("early payment discounts"), company=settings.company)
    places, part = entry.currency.decimal_places, Fraction(term.discount_percent) / 100
    label = _("Early payment discount on %(number)s") % {"number": entry.number}
    off = round_half_up(Fraction(entry.untaxed) * part, places)
    batch.differences.append((account, entry.sign * off, label))
    if term.discount_tax == TAX_REDUCED:
        for item in taxes:
            share = round_half_up(Fraction(-item.amount_currency) * part, places)
            if share and item.account_id:
                batch.differences.append((item.account_id, share, label))
                off += entry.sign * share
    batch.amount -= off
