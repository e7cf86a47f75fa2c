"""What early payment saves: where the discount is booked, and which tax it gives back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from accounting.errors import NoAccount
from accounting.models import (
    CompanyAccounting,
    ItemTax,
    JournalEntry,
    JournalItem,
    PaymentTerm,
    TaxRepartition,
)
from accounting.rules.spreading import rounded_to_sum
from accounting.rules.terms import TAX_REDUCED
from base.money import round_half_up

Taxes = frozenset[int]


@dataclass(frozen=True, slots=True)
class Difference:
    """What goes elsewhere than to the bank: a signed amount in the currency of what is settled.

    A discount that gives tax back says so to the tax return: which taxes the base is subject to, which tax it is.
    """

    account_id: int
    amount: Decimal
    label: str
    tax_ids: tuple[int, ...] = ()
    tag_ids: tuple[int, ...] = ()
    tax_id: int | None = None
    repartition_id: int | None = None
    tax_base: Fraction = Fraction(0)


def deadline(entry: JournalEntry, term: PaymentTerm | None) -> date | None:
    """The last day on which a document can be paid with its early payment discount."""
    if term is None or not term.has_early_discount or entry.invoice_date is None or entry.is_refund:
        return None
    return entry.invoice_date + timedelta(days=term.discount_days)


def discounts(
    entries: Iterable[JournalEntry], *, on: date, settings: Mapping[int, CompanyAccounting]
) -> dict[int, list[Difference]]:
    """What paying documents in full on a day saves, by document; those that save nothing are left out.

    One query, five where something is saved. Refuses with `NoAccount`.
    """
    rows = list(entries)
    terms = PaymentTerm.objects.in_bulk({entry.payment_term_id for entry in rows} - {None})
    due = [
        (entry, term)
        for entry in rows
        if (term := terms.get(entry.payment_term_id))
        and (last := deadline(entry, term))
        and on <= last
        and entry.residual == entry.total
    ]
    if not due:
        return {}
    papers = _read([entry for entry, _term in due])
    back = _GivenBack.of({pk for paper in papers.values() for pk in paper.tax_ids})
    return {
        entry.pk: _of_document(entry, term, papers[entry.pk], back, settings[entry.company_id])
        for entry, term in due
    }


@dataclass(frozen=True, slots=True)
class Offer:
    """What a document costs whoever pays it early, what that saves, and until when."""

    amount: Decimal
    saved: Decimal
    until: date


def offer(
    entry: JournalEntry, *, on: date, settings: Mapping[int, CompanyAccounting]
) -> Offer | None:
    """What paying a document in full on a day saves; nothing where it saves nothing. Refuses with `NoAccount`."""
    saved = sum(
        (row.amount for row in discounts([entry], on=on, settings=settings).get(entry.pk, ())),
        Decimal(0),
    )
    until = deadline(entry, entry.payment_term)
    if not saved or until is None:
        return None
    return Offer(amount=entry.residual - abs(saved), saved=abs(saved), until=until)


@dataclass
class _Paper:
    """The items of a document that a discount is taken off: prices by the taxes they are subject to, and taxes."""

    prices: dict[Taxes, Decimal] = field(default_factory=dict)
    taxes: list[JournalItem] = field(default_factory=list)

    @property
    def tax_ids(self) -> set[int]:
        """All taxes of the document."""
        booked = {item.tax_id for item in self.taxes if item.tax_id is not None}
        return booked.union(*self.prices)


def _read(entries: Sequence[JournalEntry]) -> dict[int, _Paper]:
    papers = {entry.pk: _Paper() for entry in entries}
    kinds = (JournalItem.DisplayType.PRODUCT, JournalItem.DisplayType.TAX)
    items = JournalItem.objects.filter(entry__in=entries, display_type__in=kinds).order_by("pk")
    subject: dict[int, set[int]] = {}
    for item_id, tax_id in ItemTax.objects.filter(item__entry__in=entries).values_list(
        "item_id", "tax_id"
    ):
        subject.setdefault(item_id, set()).add(tax_id)
    for item in items:
        paper = papers[item.entry_id]
        if item.tax_id is not None:
            paper.taxes.append(item)
        else:
            taxes = frozenset(subject.get(item.pk, ()))
            paper.prices[taxes] = paper.prices.get(taxes, Decimal(0)) + item.amount_currency
    return papers


def _of_document(
    entry: JournalEntry,
    term: PaymentTerm,
    paper: _Paper,
    back: "_GivenBack",
    settings: CompanyAccounting,
) -> list[Difference]:
    account = (
        settings.discount_loss_account_id if entry.is_sale else settings.discount_gain_account_id
    )
    if account is None:
        raise NoAccount(purpose=_("early payment discounts"), company=settings.company)
    places, part = entry.currency.decimal_places, Fraction(term.discount_percent) / 100
    label = _("Early payment discount on %(number)s") % {"number": entry.number}
    if term.discount_tax != TAX_REDUCED:
        off = entry.sign * round_half_up(Fraction(entry.untaxed) * part, places)
        return [Difference(account, off, label)] if off else []
    shares = rounded_to_sum([-Fraction(price) * part for price in paper.prices.values()], places)
    found = [
        Difference(account, off, label, tax_ids=tuple(sorted(taxes)), tag_ids=back.base_tags(taxes))
        for taxes, off in zip(paper.prices, shares, strict=True)
        if off
    ]
    for item in paper.taxes:
        share = round_half_up(Fraction(-item.amount_currency) * part, places)
        if share and item.account_id is not None:
            found.append(back.of_tax(item, share, label, part))
    return found


@dataclass(frozen=True)
class _GivenBack:
    """How taxes are booked on refunds, which is what a discount does to them."""

    rows: Mapping[int, list[TaxRepartition]]

    @classmethod
    def of(cls, tax_ids: Iterable[int]) -> "_GivenBack":
        """Read the refund side of some taxes. Two queries."""
        found: dict[int, list[TaxRepartition]] = {}
        of_refunds = TaxRepartition.objects.filter(
            tax__in=set(tax_ids), document=TaxRepartition.Document.REFUND
        )
        for row in of_refunds.prefetch_related("tags").order_by("sequence", "pk"):
            found.setdefault(row.tax_id, []).append(row)
        return cls(found)

    def base_tags(self, taxes: Taxes) -> tuple[int, ...]:
        """The tags of the bases of some taxes."""
        rows = [row for pk in sorted(taxes) for row in self.rows.get(pk, ())]
        return _tags([row for row in rows if row.kind == TaxRepartition.Kind.BASE])

    def of_tax(self, item: JournalItem, amount: Decimal, label: str, part: Fraction) -> Difference:
        """A part of a tax given back, on the account it was booked to."""
        rows = [
            row
            for row in self.rows.get(item.tax_id or 0, ())
            if row.kind == TaxRepartition.Kind.TAX and row.account_id in {None, item.account_id}
        ][:1]
        return Difference(
            item.account_id or 0,
            amount,
            label,
            tag_ids=_tags(rows),
            tax_id=item.tax_id,
            repartition_id=rows[0].pk if rows else None,
            tax_base=Fraction(item.tax_base) * part,
        )


def _tags(rows: Sequence[TaxRepartition]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(tag.pk for row in rows for tag in row.tags.all()))
