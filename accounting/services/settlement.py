"""What is open on documents, gathered into what one payment settles."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from accounting.errors import NotAPayment
from accounting.models import JournalEntry, JournalItem
from accounting.services.defaults import Books
from accounting.services.discounts import Difference, discounts
from accounting.services.rates import Rates
from base.models import Currency
from base.money import ZERO, round_half_up


@dataclass
class Batch:
    """Open items of one partner, account and currency that a payment settles.

    `amount` is what the bank's money comes to in their currency, always positive; `differences` go elsewhere. The bank
    sees `paid`, in the currency `paid_in`; without an early payment discount it would see `whole`.
    """

    company_id: int
    account_id: int
    currency: Currency
    entries: list[JournalEntry] = field(default_factory=list)
    items: list[JournalItem] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    amount: Decimal = ZERO
    paid: Decimal = ZERO
    whole: Decimal = ZERO
    paid_in: int = 0

    @property
    def net(self) -> Decimal:
        """What is open: positive is to be received."""
        return sum((item.residual_currency for item in self.items), ZERO)

    @property
    def is_inbound(self) -> bool:
        """Whether the money comes to us."""
        return self.net > ZERO

    def pay(
        self,
        paid: Decimal | None,
        rates: Rates,
        on: date,
        difference_account_id: int | None = None,
        label: str = "",
    ) -> None:
        """Say what the bank sees: all that is open, or another amount.

        What is missing then stays open unless it is given an account. Refuses with `NotAPayment`, `NoRate`.
        """
        if paid is not None and paid <= ZERO:
            raise NotAPayment(record=_("the payment"))
        # How many units of the payment's currency one unit of ours is worth.
        price = Fraction(rates.worth(self.currency.pk, self.company_id, on)) / Fraction(
            rates.worth(self.paid_in, self.company_id, on)
        )
        places = rates.currency(self.paid_in, self.company_id).decimal_places
        asked = round_half_up(Fraction(self.amount) * price, places)
        self.whole = round_half_up(Fraction(abs(self.net)) * price, places)
        self.paid = asked if paid is None else round_half_up(paid, places)
        if self.paid == asked:
            return
        self.amount, self.differences = self.currency.round(Fraction(self.paid) / price), []
        missing = abs(self.net) - self.amount
        if difference_account_id and missing:
            signed = missing if self.is_inbound else -missing
            self.differences = [Difference(difference_account_id, signed, label or _("Write-off"))]


def batches(
    entries: Sequence[JournalEntry],
    *,
    is_grouped: bool,
    on: date,
    books: Books,
    takes_discount: bool = True,
    is_locked: bool = True,
) -> list[Batch]:
    """Gather what is open on documents: by document, or by partner and currency. Three queries.

    Whoever only proposes what could be paid locks nothing.
    """
    by_id = {entry.pk: entry for entry in entries}
    items = (
        JournalItem.objects.filter(entry__in=list(by_id))
        .dues()
        .open()
        .select_related("account", "entry")
    )
    found: dict[tuple[object, ...], Batch] = {}
    for item in sorted(
        items.locked() if is_locked else items,
        key=lambda item: (item.due_date or item.date, item.pk),
    ):
        entry = by_id[item.entry_id]
        books.of_company(entry.company_id)
        own = (entry.partner_id, entry.is_sale) if is_grouped else (entry.pk,)
        assert item.account_id is not None
        key = (entry.company_id, item.account_id, entry.currency_id, *own)
        batch = found.setdefault(key, Batch(entry.company_id, item.account_id, entry.currency))
        batch.items.append(item)
        if entry not in batch.entries:
            batch.entries.append(entry)
    settled = [batch for batch in found.values() if batch.net]
    _discount(settled, on=on, books=books, takes=takes_discount)
    return settled


def rates_of(found: Sequence[Batch], *, on: date, books: Books) -> Rates:
    """The rates of what is open and of what is paid, on a day. Two queries, none when nothing is foreign."""
    wanted = {
        (currency_id, batch.company_id, on)
        for batch in found
        for currency_id in (batch.currency.pk, batch.paid_in)
    }
    return Rates.of(wanted, books.settings)


def _discount(found: Sequence[Batch], *, on: date, books: Books, takes: bool) -> None:
    rows = (entry for batch in found for entry in batch.entries)
    saved = discounts(rows, on=on, settings=books.settings) if takes else {}
    for batch in found:
        batch.differences = [row for entry in batch.entries for row in saved.get(entry.pk, ())]
        off = sum((difference.amount for difference in batch.differences), ZERO)
        batch.amount = abs(batch.net - off)
