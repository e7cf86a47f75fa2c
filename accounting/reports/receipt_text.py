"""What stands on the receipt of a payment: from whom or to whom, how much, and what it paid."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from accounting.models import JournalEntry, PartialReconciliation, Payment
from accounting.reports.letterhead import Content, Letterhead, total


@dataclass
class Receipt:
    """A payment with what it paid: each document, and how much of it."""

    payment: Payment
    paid: list[tuple[JournalEntry, Decimal]] = field(default_factory=list)


class ReceiptText(Letterhead):
    """The texts of one payment, in its partner's language unless another is said."""

    def __init__(self, receipt: Receipt, language: str = "") -> None:
        self.receipt, self.payment = receipt, receipt.payment
        payment = receipt.payment
        super().__init__(payment.company, payment.partner, payment.currency, language)
        self.places = payment.currency.places_shown(
            payment.amount, *(amount for _entry, amount in receipt.paid)
        )

    @property
    def is_received(self) -> bool:
        """Whether the money came in."""
        return self.payment.kind == Payment.Kind.INBOUND

    def content(self) -> Content:
        """What stands on it."""
        payment = self.payment
        ours = [_("Received by")] if self.is_received else [_("Approved by"), _("Received by")]
        return {
            "layout": "receipt",
            "title": _("Payment receipt") if self.is_received else _("Payment voucher"),
            "number": payment.number or _("Draft"),
            "stamp": self._stamp(),
            "facts": self._facts(),
            "heads": [_("Document"), _("Date"), _("Document total"), _("Amount paid")],
            "lines": [
                [
                    entry.number,
                    self.day(entry.invoice_date or entry.date),
                    self.money(entry.total),
                    self.money(amount),
                ]
                for entry, amount in self.receipt.paid
            ],
            "totals": list(self._totals()),
            "words": self.words(payment.amount),
            "signatures": ours,
            "labels": {
                "to": _("Received from") if self.is_received else _("Paid to"),
                "words": _("In words"),
                "amount": _("Amount"),
            },
        }

    def _facts(self) -> list[list[str]]:
        payment = self.payment
        facts = [[_("Date"), self.day(payment.date)], [_("Paid through"), str(payment.journal)]]
        if payment.memo:
            facts.append([_("In payment of"), payment.memo])
        if payment.payment_reference and payment.payment_reference != payment.memo:
            facts.append([_("Reference"), payment.payment_reference])
        if payment.bank_account is not None and not self.is_received:
            facts.append([_("To account"), str(payment.bank_account)])
        return facts

    def _stamp(self) -> str:
        state = Payment.State
        return {state.DRAFT: _("Draft"), state.CANCELED: _("Cancelled")}.get(
            state(self.payment.state), ""
        )

    def _totals(self) -> list[Content]:
        amount = self.payment.amount
        open_yet = amount - sum((paid for _entry, paid in self.receipt.paid), Decimal(0))
        rest = [total(_("Not used yet"), self.money(open_yet), small=True)] if open_yet > 0 else []
        label = _("Amount received") if self.is_received else _("Amount paid")
        return [*rest, total(label, self.money(amount), strong=True)]


def read(payments: Sequence[Payment]) -> dict[int, Receipt]:
    """Payments with what they paid, by id. Two queries for any number."""
    ids = [payment.pk for payment in payments]
    rows = Payment.objects.filter(pk__in=ids).select_related(
        "company__partner__state", "company__partner__country", "company__logo", "currency",
        "journal", "bank_account__bank", "partner__state", "partner__country",
        "partner__commercial_partner__state", "partner__commercial_partner__country",
    )  # fmt: skip
    found = {row.pk: Receipt(row) for row in rows}
    by_entry = {one.payment.entry_id: one for one in found.values() if one.payment.entry_id}
    ours = Q(debit_item__entry__in=by_entry) | Q(credit_item__entry__in=by_entry)
    matches = PartialReconciliation.objects.filter(ours).select_related(
        "debit_item__entry", "credit_item__entry"
    )
    for match in matches.order_by("id"):
        for mine, other, amount in (
            (match.debit_item, match.credit_item, match.debit_amount_currency),
            (match.credit_item, match.debit_item, match.credit_amount_currency),
        ):
            if mine.entry_id in by_entry and other.entry.is_document:
                by_entry[mine.entry_id].paid.append((other.entry, amount))
    return found
