"""The totals of documents as they are shown: untaxed, each tax group, total."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounting.models import JournalEntry, JournalItem
from base.money import ZERO, round_half_up


@dataclass(frozen=True, slots=True)
class TaxLine:
    """What a tax comes to on a document, in the document's currency, with the sign of the document."""

    tax_id: int
    group_id: int
    group: str
    label: str
    base: Decimal
    amount: Decimal


def tax_lines(entries: Iterable[JournalEntry]) -> dict[int, list[TaxLine]]:
    """The tax lines of documents, those of one tax added up. One query."""
    by_id = {entry.pk: entry for entry in entries}
    found: dict[int, dict[int, TaxLine]] = {pk: {} for pk in by_id}
    items = (
        JournalItem.objects.of_entries(list(by_id))
        .filter(tax__isnull=False)
        .select_related("tax__group")
    )
    for item in items:
        entry, tax = by_id[item.entry_id], item.tax
        if tax is None:
            continue
        before = found[entry.pk].get(tax.pk)
        found[entry.pk][tax.pk] = TaxLine(
            tax_id=tax.pk,
            group_id=tax.group_id,
            group=str(tax.group),
            label=item.label,
            base=max(_in_its_currency(item.tax_base, entry), before.base if before else ZERO),
            amount=(before.amount if before else ZERO) - entry.sign * item.amount_currency,
        )
    return {pk: list(lines.values()) for pk, lines in found.items()}


def _in_its_currency(amount: Decimal, entry: JournalEntry) -> Decimal:
    """An amount of the books in the document's currency."""
    return amount if entry.rate == 1 else round_half_up(amount / entry.rate, 2)


def for_wire(_call: Any, ids: list[int]) -> dict[int, Any]:
    """The totals in the shape that other programs read."""
    entries = list(JournalEntry.objects.filter(pk__in=ids))
    lines = tax_lines(entries)
    return {entry.pk: _totals(entry, lines[entry.pk]) for entry in entries}


def _totals(entry: JournalEntry, lines: list[TaxLine]) -> dict[str, Any]:
    groups: dict[int, dict[str, Any]] = {}
    for line in lines:
        group = groups.setdefault(
            line.group_id,
            {
                "id": line.group_id,
                "group_name": line.group,
                "tax_amount_currency": 0.0,
                "base_amount_currency": float(line.base),
                "involved_tax_ids": [],
            },
        )
        group["tax_amount_currency"] += float(line.amount)
        group["involved_tax_ids"].append(line.tax_id)
    return {
        "currency_id": entry.currency_id,
        "base_amount_currency": float(entry.untaxed),
        "tax_amount_currency": float(entry.tax),
        "total_amount_currency": float(entry.total),
        "same_tax_base": len({line.base for line in lines}) <= 1,
        "subtotals": [
            {
                "name": "Untaxed Amount",
                "base_amount_currency": float(entry.untaxed),
                "tax_amount_currency": float(entry.tax),
                "tax_groups": list(groups.values()),
            }
        ],
    }
