"""Outgoing mail on the wire: what waits, what was sent, and what could not be."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.html import as_text
from base.models import Company, OutgoingMail
from base.rpc.abouts import of_record, record_of
from base.services import mail
from rpc import computed, does, expose

State = OutgoingMail.State
STATES = {
    State.WAITING: "outgoing",
    State.SENT: "sent",
    State.FAILED: "exception",
    State.CANCELLED: "cancel",
}


def create(rows: list[dict[str, Any]], *, by: Actor) -> list[OutgoingMail]:
    """Put mails into the outbox; they go out by themselves."""
    return [
        mail.write(
            to=row.get("recipients") or "",
            subject=row.get("subject") or "",
            body=row.get("body") or "",
            reply_to=row.get("reply_to") or "",
            row=record_of(row),
            company=Company.objects.filter(pk=row.get("company_id") or by.company_id or 0).first(),
            attachment_ids=row.get("attachments") or (),
            by=by,
        )
        for row in rows
    ]


def again(rows: Any, *, by: Actor) -> int:
    """Send mails that could not be delivered; those that wait go by themselves."""
    failed = rows.filter(state=State.FAILED)
    return mail.send_again(failed, by=by) if failed.exists() else 0


expose(
    "mail.mail",
    model=OutgoingMail,
    label=_("Outgoing Mails"),
    order="id desc",
    display="subject",
    writes="subject email_to=recipients reply_to company attachments",
    reads="email_from=sender message_id state failure_reason=error scheduled_date=send_after",
    values={"state": STATES},
    computed=(
        *of_record("model", _("Related Document Model")),
        computed(
            "body_html",
            "text",
            label=_("Text"),
            sql="{body}",
            write=lambda text: {"body": as_text(text or "")},
        ),
    ),
    create=create,
    permissions={"create": "base.add_outgoingmail", "write": None, "unlink": None},
    verbs={
        "send": does(again, answers=None),
        "action_retry": does(mail.send_again, answers=None),
        "cancel": does(mail.call_off, answers=None),
    },
)
