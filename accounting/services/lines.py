"""The lines of a document or entry while it is being written, before they become journal items."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from accounting.errors import UnknownLine
from accounting.models import ItemTax, JournalEntry, JournalItem
from base.money import ZERO

PRODUCT = JournalItem.DisplayType.PRODUCT


@dataclass(slots=True)
class Line:
    """What someone asks of a line. `None` means: as the product, partner or company says.

    On documents the price counts, on plain entries the amounts.
    """

    id: int | None = None
    display_type: str = PRODUCT
    sequence: int = 100
    product_id: int | None = None
    label: str | None = None
    quantity: Decimal = Decimal(1)
    unit_id: int | None = None
    unit_price: Decimal | None = None
    discount: Decimal = ZERO
    tax_ids: list[int] | None = None
    account_id: int | None = None
    partner_id: int | None = None
    currency_id: int | None = None
    amount_currency: Decimal | None = None
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    due_date: date | None = None

    @property
    def is_text(self) -> bool:
        """Whether it only says something."""
        return self.display_type in JournalItem.TEXTS


@dataclass(frozen=True, slots=True)
class LineChanges:
    """What someone asks of the lines of an entry that exists: the shape in which programs ask for parts."""

    add: list[dict[str, Any]] = field(default_factory=list)
    change: dict[int, dict[str, Any]] = field(default_factory=dict)
    link: list[int] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    replace: bool = False


def line(values: Mapping[str, Any]) -> Line:
    """A line from values by name; `taxes` and `balance` are understood too."""
    return replace(Line(), **_named(values))


def line_values(row: Line) -> dict[str, Any]:
    """A line as values by name, to write it again elsewhere."""
    return {name: getattr(row, name) for name in Line.__slots__ if name != "id"}


def lines_of(entries: Iterable[JournalEntry]) -> dict[int, list[Line]]:
    """The lines of entries as they stand: products and texts of documents, everything of plain entries. Two queries."""
    kinds = {entry.pk: entry.kind for entry in entries}
    rows = [
        row
        for row in JournalItem.objects.of_entries(list(kinds))
        if kinds[row.entry_id] == JournalEntry.Kind.ENTRY or row.display_type in JournalItem.LINES
    ]
    taxes: dict[int, list[int]] = {}
    for item_id, tax_id in ItemTax.objects.filter(item__in=[row.pk for row in rows]).values_list(
        "item_id", "tax_id"
    ):
        taxes.setdefault(item_id, []).append(tax_id)
    found: dict[int, list[Line]] = {pk: [] for pk in kinds}
    for row in rows:
        found[row.entry_id].append(_of_item(row, taxes.get(row.pk, [])))
    return found


def changed(entry: JournalEntry, lines: list[Line], wanted: LineChanges) -> list[Line]:
    """The lines as they shall be. Refuses with `UnknownLine`."""
    known = {row.id: row for row in lines}
    named = {*wanted.change, *wanted.remove, *wanted.link}
    if strange := sorted(named - known.keys()):
        raise UnknownLine(line=strange[0], record=entry)
    kept = []
    for row in lines:
        if row.id in wanted.remove or (
            wanted.replace and row.id not in {*wanted.change, *wanted.link}
        ):
            continue
        kept.append(_with(row, wanted.change.get(row.id or 0, {})))
    return kept + [line(values) for values in wanted.add]


def _with(row: Line, values: Mapping[str, Any]) -> Line:
    """A line with some values changed; a new product brings its own label, price, account and taxes."""
    named = _named(values)
    if not named:
        return row
    if named.get("product_id", row.product_id) != row.product_id:
        row = replace(row, label=None, unit_price=None, unit_id=None, account_id=None, tax_ids=None)
    if {"debit", "credit"} & named.keys():
        row = replace(row, amount_currency=None, debit=ZERO if named.get("credit") else row.debit)
        row = replace(row, credit=ZERO if named.get("debit") else row.credit)
    elif "amount_currency" in named:
        row = replace(row, debit=ZERO, credit=ZERO)
    return replace(row, **named)


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    named = {("tax_ids" if name == "taxes" else name): value for name, value in values.items()}
    if "balance" in named:
        balance = named.pop("balance")
        if not named.get("debit") and not named.get("credit"):
            named |= {"debit": max(balance, ZERO), "credit": max(-balance, ZERO)}
    for amount in ("debit", "credit", "quantity", "discount"):
        if named.get(amount, ZERO) is None:
            named[amount] = ZERO
    if "display_type" in named:
        named["display_type"] = named["display_type"] or PRODUCT
    return named


def _of_item(item: JournalItem, tax_ids: list[int]) -> Line:
    return Line(
        id=item.pk,
        display_type=item.display_type,
        sequence=item.sequence,
        product_id=item.product_id,
        label=item.label,
        quantity=item.quantity,
        unit_id=item.unit_id,
        unit_price=item.unit_price,
        discount=item.discount,
        tax_ids=tax_ids,
        account_id=item.account_id,
        partner_id=item.partner_id,
        currency_id=item.currency_id,
        amount_currency=item.amount_currency,
        debit=item.debit,
        credit=item.credit,
        due_date=item.due_date,
    )
