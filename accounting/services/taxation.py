"""Taxes as they are used on documents: read once for a whole batch, with their repartition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db import connection

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
    """Read taxes and the children of groups by id, in two queries (four with groups).

    `settings` are those of the companies at work, by company; taxes of other companies are left out.
    """
    taxes = _taxes(set(tax_ids), settings)
    children = _children([tax.pk for tax in taxes.values() if tax.kind == Tax.Kind.GROUP])
    taxes |= _taxes({pk for pks in children.values() for pk in pks}, settings)
    rows = _repartition(taxes)
    loaded: dict[int, LoadedTax] = {}
    for tax in sorted(taxes.values(), key=lambda tax: tax.kind == Tax.Kind.GROUP):
        parts = tuple(loaded[pk].rule for pk in children.get(tax.pk, ()) if pk in loaded)
        loaded[tax.pk] = _loaded(tax, rows.get(tax.pk, []), parts, settings[tax.company_id])
    return loaded


def _taxes(tax_ids: set[int], settings: Mapping[int, CompanyAccounting]) -> dict[int, Tax]:
    if not tax_ids:
        return {}
    return {
        tax.pk: tax
        for tax in Tax.objects.filter(pk__in=tax_ids, company__in=list(settings)).order_by()
    }


class _Row(NamedTuple):
    """A row of a tax's repartition."""

    id: int
    tax_id: int
    document: str
    kind: str
    factor_percent: Decimal
    account_id: int | None
    tag_ids: list[int]


REPARTITION = """
SELECT r.id, r.tax_id, r.document, r.kind, r.factor_percent, r.account_id,
       ARRAY(SELECT t.accounttag_id FROM accounting_taxrepartition_tags t WHERE t.taxrepartition_id = r.id)
  FROM accounting_taxrepartition r WHERE r.tax_id = ANY (%s) ORDER BY r.sequence, r.id
"""


def _repartition(tax_ids: Iterable[int]) -> dict[int, list[_Row]]:
    rows: dict[int, list[_Row]] = {}
    wanted = list(tax_ids)
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(REPARTITION, [wanted])
            for row in map(_Row._make, cursor.fetchall()):
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
    tax: Tax, rows: list[_Row], children: tuple[TaxRule, ...], settings: CompanyAccounting
) -> LoadedTax:
    bookings: dict[str, tuple[Booking, ...]] = {}
    base_tags: dict[str, tuple[int, ...]] = {}
    for document in TaxRepartition.Document.values:
        of_document = [row for row in rows if row.document == document]
        bookings[document] = tuple(
            Booking(row.id, Fraction(row.factor_percent) / 100, row.account_id, tuple(row.tag_ids))
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
