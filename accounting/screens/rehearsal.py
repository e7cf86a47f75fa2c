"""What a document would come to while it is typed: worked out by the verbs' own code, and not written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounting.models import JournalEntry, JournalItem
from accounting.screens.feet import Part
from accounting.services import invoices
from accounting.services.documents import WrittenItem
from base.actors import Actor
from web.screens.rehearsed import Rehearsed


def rehearse(pk: int | None, values: Mapping[str, Any], *, by: Actor, on: date) -> Rehearsed:
    """Work out a new document, or a draft with what was changed. Refuses as its verbs do."""
    named = dict(values)
    parts = named.pop("items", None)
    rows = JournalEntry.objects.select_related("payment", "currency", "journal", "payment_term")
    entry = rows.get(pk=pk) if pk else None
    if entry is not None:
        named |= {"lines": parts} if parts is not None else {}
    else:
        named["lines"] = parts.add if parts is not None else []
    made, written = invoices.rehearse(entry, named, by=by, on=on)
    lines = [row for row in written if row.item.display_type in JournalItem.LINES]
    return Rehearsed(
        record=_of_record(made),
        lines={"items": [_of_line(row) for row in lines]},
        currency=made.currency,
        row=made,
        more={"parts": [Part.of_item(row.item) for row in written]},
    )


def _of_record(made: JournalEntry) -> dict[str, Any]:
    return {
        "journal": (made.journal_id, made.journal.name),
        "currency": (made.currency_id, made.currency.code),
        "payment_term": made.payment_term_id,
        "salesperson": made.salesperson_id,
        "date": made.date,
        "invoice_date": made.invoice_date,
        "due_date": made.due_date,
        "rate": made.rate,
    }


def _of_line(row: WrittenItem) -> dict[str, Any]:
    item = row.item
    return {
        "id": item.pk,
        "label": item.label,
        "quantity": item.quantity,
        "unit_price": item.unit_price,
        "discount": item.discount,
        "taxes": list(row.tax_ids),
        "price_subtotal": item.subtotal,
    }
