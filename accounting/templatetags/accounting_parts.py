"""Pieces of accounting that pages of the engine show: what stands below a document, a payment, and in windows."""

from typing import Any

from django import template

from accounting.models import JournalEntry, JournalItem, Payment
from accounting.reports.invoice_pdf import file_name
from accounting.screens.feet import Foot, Part, PaymentFoot, documents_of
from base.actors import Actor

register = template.Library()


@register.simple_tag(takes_context=True)
def foot_of(context: Any, row: JournalEntry) -> Foot:
    """What a document comes to, and how it was paid."""
    actor: Actor = context["record"].call.actor
    if (parts := context.get("parts")) is not None:  # worked out, and not written anywhere
        return Foot(row, parts, actor)
    read = None if context.get("is_preview") else context["record"].lines.get("line_ids")
    if read is not None:
        return Foot(row, map(Part.of_wire, read.rows), actor)
    return Foot(row, map(Part.of_item, JournalItem.objects.of_entries([row.pk])), actor)


@register.simple_tag
def payment_foot_of(row: Payment) -> PaymentFoot:
    """What a payment paid, and how it is booked."""
    return PaymentFoot(row)


@register.simple_tag
def to_be_paid(record: Any) -> list[JournalEntry]:
    """The documents that a window is about to pay, as far as the actor sees them."""
    lines = record.call.active_ids("account.move.line")
    return documents_of(record.call.actor, record.call.active_ids("account.move"), lines)


@register.simple_tag
def to_be_reversed(record: Any) -> list[JournalEntry]:
    """The entries that a window is about to take back, as far as the actor sees them."""
    return _chosen(record)


@register.simple_tag
def to_be_sent(record: Any) -> list[tuple[JournalEntry, str]]:
    """The documents that a window is about to send, each with the name of its paper, as far as the actor sees them."""
    return [(entry, file_name(entry)) for entry in _chosen(record)]


def _chosen(record: Any) -> list[JournalEntry]:
    """The entries that a window was opened on."""
    return documents_of(record.call.actor, record.call.active_ids("account.move"), [])
