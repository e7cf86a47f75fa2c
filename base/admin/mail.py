"""The outbox: what waits, what was sent, and what could not be."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from base.admin.audit import SHELF
from base.admin.deeds import Deed
from base.admin.filters import CHOICE, MOMENTS, LinkFilter
from base.admin.office import SeenOffice
from base.models import OutgoingMail
from base.services import mail

State = OutgoingMail.State


@admin.register(OutgoingMail)
class OutgoingMailOffice(SeenOffice):
    """Mail on its way out."""

    icon = "outgoing_mail"
    shelf = SHELF
    list_display = (
        "subject",
        "recipients",
        "shown_state",
        "sent_at",
        "send_after",
        "attempts",
        "error",
    )
    list_filter = (("state", CHOICE), ("company", LinkFilter), ("sent_at", MOMENTS))
    search_fields = ("subject", "recipients", "error")
    date_hierarchy = "sent_at"
    fieldsets = (
        (None, {"fields": ("subject", "sender", "recipients", "reply_to", "body", "attachments")}),
        (_("Sending"), {"fields": ("state", "sent_at", "send_after", "attempts", "error")}),
        (_("What it is about"), {"fields": ("company", "purpose", "content_type", "row_id")}),
        (_("How it is known"), {"fields": ("message_id", "key")}),
    )
    deeds = (
        Deed(
            name="send",
            label=_("Send again"),
            permission="base.send_outgoingmail",
            run=mail.send_again,
            fits=lambda row: row.state in (State.FAILED, State.CANCELLED),
            icon="send",
        ),
        Deed(
            name="call_off",
            label=_("Call off"),
            permission="base.send_outgoingmail",
            run=mail.call_off,
            fits=lambda row: row.state in (State.WAITING, State.FAILED),
            icon="cancel_schedule_send",
        ),
    )

    @display(
        description=_("state"),
        ordering="state",
        label={
            State.SENT.value: "success",
            State.FAILED.value: "danger",
            State.WAITING.value: "warning",
        },
    )
    def shown_state(self, row: OutgoingMail) -> tuple[str, str]:
        """The state, in its color."""
        return row.state, row.get_state_display()
