"""What stands on a document, ready to print: every figure and date written in the partner's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounting.models import ItemTax, JournalEntry, JournalItem, Tax
from accounting.reports.letterhead import Content, Letterhead, plain, total
from accounting.reports.payment_widget import Settlement, settlements
from accounting.reports.tax_totals import TaxLine, tax_lines
from base.models import PartnerBankAccount
from base.money import round_half_up


@dataclass(frozen=True)
class Paper:
    """A document with all that is printed of it."""

    entry: JournalEntry
    items: list[JournalItem]
    item_taxes: dict[int, list[Tax]]
    taxes: list[TaxLine]
    tax_rows: dict[int, Tax]
    paid: list[Settlement]
    bank: PartnerBankAccount | None


def read(entries: Sequence[JournalEntry]) -> list[Paper]:
    """Read what is printed of documents. Six queries for any number."""
    ids = [entry.pk for entry in entries]
    rows = {entry.pk: entry for entry in _with_everything(ids)}
    items: dict[int, list[JournalItem]] = {pk: [] for pk in ids}
    for item in JournalItem.objects.of_entries(ids).select_related("unit"):
        items[item.entry_id].append(item)
    item_taxes: dict[int, list[Tax]] = {}
    for link in (
        ItemTax.objects.filter(item__entry__in=ids).select_related("tax").order_by("tax__sequence")
    ):
        item_taxes.setdefault(link.item_id, []).append(link.tax)
    lines, paid = tax_lines(rows.values()), settlements(ids)
    taxes = Tax.objects.in_bulk({line.tax_id for of_entry in lines.values() for line in of_entry})
    banks = _banks(rows.values())
    return [
        Paper(rows[pk], items[pk], item_taxes, lines[pk], taxes, _money(paid[pk]), banks.get(pk))
        for pk in ids
    ]


def _money(paid: list[Settlement]) -> list[Settlement]:
    """Without exchange differences: they pay nothing."""
    return [settlement for settlement in paid if not settlement.is_exchange]


class InvoiceText(Letterhead):
    """The texts of one document, in its partner's language unless another is said."""

    def __init__(self, paper: Paper, language: str = "") -> None:
        self.paper = paper
        self.entry = paper.entry
        super().__init__(self.entry.company, self.entry.partner, self.entry.currency, language)

    def content(self) -> Content:
        """What stands on it."""
        return {
            "title": self._title(),
            "number": self.entry.number or _("Draft"),
            "stamp": self._stamp(),
            "is_settled": self.entry.state == JournalEntry.State.POSTED,
            "facts": list(self._facts()),
            "lines": [
                self._line(item)
                for item in self.paper.items
                if item.display_type in JournalItem.LINES
            ],
            "totals": list(self._totals()),
            "words": self.words(self.entry.total),
            "terms": list(self._terms()),
            "bank": list(self._bank()),
            "narration": plain(self.entry.narration),
            "labels": self._labels(),
        }

    @cached_property
    def places(self) -> int:  # type: ignore[override]
        """The decimals of this document: none in rupiah unless some amount has sen."""
        shown = [item.subtotal for item in self.paper.items]
        return self.entry.currency.places_shown(
            self.entry.total, self.entry.tax, self.entry.residual, *shown
        )

    def _title(self) -> str:
        kind = JournalEntry.Kind
        titles = {
            kind.OUT_INVOICE: _("Invoice"),
            kind.OUT_REFUND: _("Credit note"),
            kind.IN_INVOICE: _("Vendor bill"),
            kind.IN_REFUND: _("Vendor credit note"),
        }
        return titles.get(kind(self.entry.kind), _("Journal entry"))

    def _stamp(self) -> str:
        entry, state, paid = self.entry, JournalEntry.State, JournalEntry.PaymentState
        if entry.state == state.DRAFT:
            return _("Draft")
        if entry.state == state.CANCEL:
            return _("Cancelled")
        stamps = {paid.PAID: _("Paid"), paid.REVERSED: _("Reversed")}
        return stamps.get(paid(entry.payment_state), "")

    def _facts(self) -> Iterable[tuple[str, str]]:
        entry = self.entry
        yield _("Date"), self.day(entry.invoice_date or entry.date)
        if entry.due_date and not entry.is_refund:
            yield _("Due date"), self.day(entry.due_date)
        if entry.reference:
            yield _("Reference"), entry.reference
        if entry.origin:
            yield _("Source"), entry.origin
        if entry.salesperson is not None and entry.is_sale and not entry.salesperson.is_superuser:
            yield _("Salesperson"), str(entry.salesperson.name)

    def _line(self, item: JournalItem) -> dict[str, str]:
        if item.display_type in JournalItem.TEXTS:
            return {"kind": item.display_type, "label": item.label}
        unit = f" {item.unit}" if item.unit else ""
        taxes = self.paper.item_taxes.get(item.pk, [])
        return {
            "kind": item.display_type,
            "label": item.label,
            "quantity": f"{self.number(item.quantity)}{unit}",
            "price": self._price(item.unit_price),
            "discount": f"{self.number(item.discount)}%" if item.discount else "",
            "taxes": ", ".join(tax.name for tax in taxes),
            "amount": self.money(item.subtotal),
        }

    def _price(self, price: Decimal) -> str:
        whole = price == round_half_up(price, self.places)
        return self.number(price, self.places if whole else None)

    def _totals(self) -> Iterable[dict[str, Any]]:
        entry = self.entry
        yield total(_("Untaxed amount"), self.money(entry.untaxed))
        for line in self.paper.taxes:
            tax = self.paper.tax_rows[line.tax_id]
            if tax.base_factor != 1:
                base = round_half_up(
                    line.base * tax.base_numerator / tax.base_denominator, self.places
                )
                part = f"{tax.base_numerator}/{tax.base_denominator}"
                yield total(
                    _("Tax base %(part)s of the price") % {"part": part},
                    self.money(base),
                    small=True,
                )
            yield total(tax.invoice_label or tax.name, self.money(line.amount))
        yield total(_("Total"), self.money(entry.total), strong=True)
        for settled in self.paper.paid:
            text = (
                _("Paid on %(day)s")
                if settled.kind == JournalEntry.Kind.ENTRY
                else _("Credited on %(day)s")
            )
            yield total(
                text % {"day": self.day(settled.date)}, self.money(-settled.amount), small=True
            )
        if self.paper.paid:
            yield total(_("Amount due"), self.money(entry.residual), strong=True)

    def _terms(self) -> Iterable[str]:
        term = self.entry.payment_term
        if term is not None and term.is_shown:
            yield plain(term.note) or term.name
        dues = [
            item
            for item in self.paper.items
            if item.display_type == JournalItem.DisplayType.PAYMENT_TERM
        ]
        if len(dues) > 1:
            for item in sorted(dues, key=lambda item: item.due_date or self.entry.date):
                yield f"{self.day(item.due_date)}: {self.money(abs(item.amount_currency))}"
        if self.entry.payment_reference and self.entry.is_sale:
            yield _("Payment reference: %(text)s") % {"text": self.entry.payment_reference}

    def _bank(self) -> Iterable[str]:
        bank = self.paper.bank
        if bank is None or not self.entry.is_sale or self.entry.is_refund:
            return
        yield " ".join(filter(None, (bank.bank.name if bank.bank else "", bank.number)))
        yield _("in the name of %(name)s") % {"name": bank.holder_name or self.entry.company.name}

    def _labels(self) -> dict[str, str]:
        return {
            "to": _("Bill to") if self.entry.is_sale else _("Vendor"),
            "description": _("Description"),
            "quantity": _("Quantity"),
            "price": _("Unit price"),
            "discount": _("Discount"),
            "taxes": _("Taxes"),
            "amount": _("Amount"),
            "words": _("In words"),
            "terms": _("Payment terms"),
            "bank": _("Pay to"),
        }


def _with_everything(ids: Sequence[int]) -> Iterable[JournalEntry]:
    return JournalEntry.objects.filter(pk__in=ids).select_related(
        "company__partner__state", "company__partner__country", "company__logo", "currency", "payment_term",
        "partner__state", "partner__country", "partner__commercial_partner__state",
        "partner__commercial_partner__country", "salesperson__partner", "bank_account__bank",
    )  # fmt: skip


def _banks(entries: Iterable[JournalEntry]) -> dict[int, PartnerBankAccount]:
    """The account to pay to: the document's own, else that of the company's first bank journal."""
    found = {entry.pk: entry.bank_account for entry in entries if entry.bank_account is not None}
    others = {entry.pk: entry.company.partner_id for entry in entries if entry.pk not in found}
    if others:
        own: dict[int, PartnerBankAccount] = {}
        accounts = PartnerBankAccount.objects.filter(
            partner__in=set(others.values())
        ).select_related("bank")
        for account in accounts.order_by("-pk"):
            own[account.partner_id] = account
        found |= {pk: own[partner] for pk, partner in others.items() if partner in own}
    return found
