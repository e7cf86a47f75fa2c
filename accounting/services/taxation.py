"""Taxes as they are used on documents: read once for a whole batch, with their repartition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from accounting.models import CompanyAccounting, Tax, TaxRepartition
from accounting.rules.taxes import TaxRule


@dataclass(frozen=True, slots=True)
class Booking:
    """Where a part of a tax is booked; without an account, where its line is."""

    repartition_id: int
    factor: Fraction
    account_id: int | None
    tag_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LoadedTax:
    """A tax with everything that a document needs of it. `bookings` and `base_tags` are keyed by document type."""

    tax: Tax
    rule: TaxRule
    bookings: Mapping[str, tuple[Booking, ...]]
    base_tags: Mapping[str, tuple[int, ...]]


def load(tax_ids: Iterable[int], settings: Mapping[int, CompanyAccounting]) -> dict[int, LoadedTax]:
    """Read taxes and the children of groups by id, in two queries (three with groups).

    `settings` are those of the companies at work, by company; taxes of other companies are left out.
    """
    wanted = set(tax_ids)
    if not wanted:
        return {}
    taxes = {
        tax.pk: tax
        for tax in Tax.objects.filter(
            Q(pk__in=wanted) | Q(groups__in=wanted), company__in=list(settings)
        ).distinct()
    }
    rows = _repartition(taxes)
    children = _children([tax.pk for tax in taxes.values() if tax.kind == Tax.Kind.GROUP])
    loaded: dict[int, LoadedTax] = {}
    for tax in sorted(taxes.values(), key=lambda tax: tax.kind == Tax.Kind.GROUP):
        parts = tuple(loaded[pk].rule for pk in children.get(tax.pk, ()) if pk in loaded)
        loaded[tax.pk] = _loaded(tax, rows.get(tax.pk, []), parts, settings[tax.company_id])
    return loaded


def _repartition(tax_ids: Iterable[int]) -> dict[int, list[TaxRepartition]]:
    rows: dict[int, list[TaxRepartition]] = {}
    found = TaxRepartition.objects.filter(tax__in=list(tax_ids)).annotate(
        tag_ids=ArrayAgg("tags", filter=Q(tags__isnull=False), default=[])
    )
    for row in found.order_by("sequence", "pk"):
        rows.setdefault(row.tax_id, []).append(row)
    return rows


def _children(group_ids: list[int]) -> dict[int, list[int]]:
    pairs: dict[int, list[int]] = {}
    if group_ids:
        links = Tax.children.through._default_manager.filter(from_tax__in=group_ids)
        for parent, child in links.values_list("from_tax_id", "to_tax_id"):
            pairs.setdefault(parent, []).append(child)
    return pairs


def _loaded(
    tax: Tax, rows: list[TaxRepartition], children: tuple[TaxRule, ...], settings: CompanyAccounting
) -> LoadedTax:
    bookings: dict[str, tuple[Booking, ...]] = {}
    base_tags: dict[str, tuple[int, ...]] = {}
    for document in TaxRepartition.Document.values:
        of_document = [row for row in rows if row.document == document]
        bookings[document] = tuple(
            Booking(row.pk, row.factor, row.account_id, tuple(row.tag_ids))
            for row in of_document
            if row.kind == TaxRepartition.Kind.TAX
        ) or (Booking(0, Fraction(1), None, ()),)
        base_tags[document] = tuple(
            tag
            for row in of_document
            if row.kind == TaxRepartition.Kind.BASE
            for tag in row.tag_ids
        )
    factors = [booking.factor for booking in bookings[TaxRepartition.Document.INVOICE]]
    rule = TaxRule(
        key=tax.pk,
        kind=tax.kind,
        rate=Fraction(tax.rate) * tax.base_factor,
        sequence=tax.sequence,
        is_included=(tax.inclusion or settings.price_inclusion) == Tax.Inclusion.INCLUDED,
        raises_base=tax.affects_base,
        is_base_raised=tax.is_base_affected,
        is_reverse_charge=any(factor < 0 for factor in factors),
        net=sum(factors, Fraction(0)),
        children=children,
    )
    return LoadedTax(tax, rule, bookings, base_tags)
