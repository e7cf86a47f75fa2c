"""The coloured word that says at a glance how a document stands."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry

State = JournalEntry.State
PaymentState = JournalEntry.PaymentState


@dataclass(frozen=True)
class Badge:
    """A word and its colour: good, care, bad, note or none."""

    label: str | Promise
    tone: str = ""


DRAFT = Badge(_("Draft"))
CANCELLED = Badge(_("Cancelled"))
POSTED = Badge(_("Posted"), "good")
OVERDUE = Badge(_("Overdue"), "bad")
BY_PAYMENT = {
    PaymentState.NOT_PAID: Badge(_("Not paid"), "care"),
    PaymentState.PARTIAL: Badge(_("Partly paid"), "note"),
    PaymentState.IN_PAYMENT: Badge(_("In payment"), "note"),
    PaymentState.PAID: Badge(_("Paid"), "good"),
    PaymentState.REVERSED: Badge(_("Reversed")),
}


def badge(entry: JournalEntry, today: date) -> Badge:
    """How an entry stands on a day."""
    if entry.state == State.DRAFT:
        return DRAFT
    if entry.state == State.CANCEL:
        return CANCELLED
    if not entry.is_document:
        return POSTED
    unpaid = not entry.is_refund and entry.payment_state in {
        PaymentState.NOT_PAID,
        PaymentState.PARTIAL,
    }
    if unpaid and entry.residual and entry.due_date and entry.due_date < today:
        return OVERDUE
    return BY_PAYMENT[PaymentState(entry.payment_state)]
