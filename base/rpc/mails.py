"""Outgoing mail on the wire: what waits, what was sent, and what could not be."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.html import as_text
from base.models import Company, OutgoingMail, Partner
from base.rpc.abouts import of_record, record_of
from base.rpc.commands import named_ids
from base.scopes import check_all_visible
from base.services import mail
from rpc import computed, does, expose
from rpc.fields import Link

State = OutgoingMail.State
STATES = {
    State.WAITING: "outgoing",
    State.SENT: "sent",
    State.FAILED: "exception",
    State.CANCELLED: "cancel",
}
TO = Link(
    "{pk}",
    """(SELECT m.id AS mail_id, p.id AS partner_id FROM base_outgoingmail m JOIN base_partner p
         ON p.email <> '' AND m.recipients = p.email)""",
    "mail_id",
    "partner_id",
    many=True,
)


def create(rows: list[dict[str, Any]], *, by: Actor) -> list[OutgoingMail]:
    """Put mails into the outbox; they go out by themselves."""
    return [
        mail.write(
            to=_recipients(row, by),
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


def _recipients(row: dict[str, Any], by: Actor) -> str:
    """Whom a mail goes to: the addresses named, and those of the partners."""
    ids = row.get("partner_ids") or []
    check_all_visible(Partner, ids, by=by)
    of_partners = Partner.objects.filter(pk__in=ids).exclude(email="").order_by("pk")
    known = [mail.first_address(one) for one in of_partners.values_list("email", flat=True)]
    return ", ".join(filter(None, [row.get("recipients") or "", *known]))


def addresses_of(commands: Any) -> dict[str, Any]:
    """The addresses of partners that a mail is to go to; whether the actor sees them is asked when it is written."""
    ids = [pk for one in commands or () for pk in named_ids(one)]
    return {"partner_ids": ids} if ids else {}


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
    optional="subject email_to",
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
        computed(
            "recipient_ids",
            "many2many",
            label=_("To (Partners)"),
            relation="res.partner",
            link=TO,
            write=addresses_of,
        ),
        computed("email_cc", "char", label=_("Cc"), sql="NULL"),
        computed("auto_delete", "boolean", label=_("Auto Delete"), sql="false"),
    ),
    create=create,
    permissions={"create": "base.add_outgoingmail", "write": None, "unlink": None},
    verbs={
        "send": does(again, answers=None),
        "action_retry": does(mail.send_again, answers=None),
        "cancel": does(mail.call_off, answers=None),
        "mark_outgoing": does(again, answers=True),
    },
)
