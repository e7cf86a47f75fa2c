"""How what is said about a record reaches people by mail."""

import re
from collections.abc import Iterable

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from base.actors import Actor
from base.html import as_text
from base.models import Company, Message, OutgoingMail, Partner
from base.services import mail

PURPOSE = "message"
ENDS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^>]*>", re.IGNORECASE)


def write(message: Message, partner_ids: Iterable[int], *, by: Actor) -> list[OutgoingMail]:
    """Write what was said to partners: one mail each, so that nobody learns who else gets it.

    Colleagues who read their messages here, and whoever has no address, get none. Each is written in its reader's
    language. Written again, it is not sent twice.
    """
    readers = _readers(partner_ids)
    if not readers:
        return []
    company = _company(message, by)
    author = str(message.author.name) if message.author else message.email_from
    answers_to = mail.first_address(message.author.email) if message.author else ""
    attached = list(message.attachments.values_list("pk", flat=True))
    words = as_lines(message.body)
    written = []
    for reader, address, language in readers:
        with translation.override(language or "en"):
            subject = message.subject or _("%(author)s about %(record)s") % {
                "author": author,
                "record": message.record_name,
            }
        letter = mail.write(
            to=address,
            subject=subject,
            body="\n".join(
                filter(None, [words, "", "--", author, company.name if company else ""])
            ),
            row=message.row,
            company=company,
            purpose=PURPOSE,
            key=f"message {message.pk} {reader}",
            reply_to=answers_to,
            attachment_ids=attached,
            by=Actor.system(company_ids=by.company_ids, door=by.door),
        )
        written.append(letter)
    return written


def as_lines(markup: str) -> str:
    """Rich text as plain text that keeps its lines."""
    lines = [as_text(line) for line in ENDS.split(markup.replace("\n", " "))]
    return "\n".join(lines).strip()


def _readers(partner_ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Who is written to: id, first address, language. One query."""
    reads_here = Q(user__is_active=True, user__notified_by="inbox")
    rows = (
        Partner.objects.filter(pk__in=list(partner_ids))
        .exclude(email="")
        .exclude(reads_here)
        .order_by("pk")
        .values_list("pk", "email", "user__language", "language")
    )
    return [(pk, mail.first_address(email), own or other) for pk, email, own, other in rows]


def _company(message: Message, by: Actor) -> Company | None:
    own = getattr(message.row, "company_id", None) or by.company_id
    return Company.objects.filter(pk=own).first() if own else None
