"""Sending letters that were filled in from a template: into the outbox, and into the talk about the record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from base import mailboxes
from base.actors import Actor
from base.errors import Refused
from base.models import Attachment, Company, Message, OutgoingMail, Partner
from base.scopes import check_all_visible, check_visible
from base.services import attachments, letters, mail, messages
from base.verbs import verb

PURPOSE = "template"


class NobodyToWriteTo(Refused):
    """A letter without anybody who gets it."""

    code = "nobody_to_write_to"
    message = _("Nobody with an e-mail address gets this letter: %(subject)s")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it was filled in: rich text, addresses, partners and papers."""

    subject: str
    body: str
    addresses: tuple[str, ...] = ()
    partner_ids: tuple[int, ...] = ()
    reply_to: str = ""
    papers: tuple[tuple[str, bytes], ...] = ()
    attachment_ids: tuple[int, ...] = ()


@verb("base.add_message")
def send(
    row: Model, letter: Letter, *, by: Actor, subtype: str = messages.COMMENT
) -> list[OutgoingMail]:
    """Send a letter about a record: one mail to each who gets it, and a message in the talk about the record.

    Papers are kept as attachments of the record. Refuses with `NobodyToWriteTo`, `NoAddress`, and with `AccessDenied`
    or `Missing` for records, partners and files that the actor may not see.
    """
    check_visible(row, by=by)
    check_all_visible(Partner, letter.partner_ids, by=by)
    check_all_visible(Attachment, letter.attachment_ids, by=by)
    readers = _addresses(letter)
    if not readers:
        raise NobodyToWriteTo(subject=letter.subject)
    files = [
        attachments.store(name, content, row=row, by=Actor.system(company_ids=by.company_ids)).pk
        for name, content in letter.papers
    ]
    company = _company(row, by)
    own_files = [*files, *letter.attachment_ids]
    sent = [
        mail.write(
            to=address,
            subject=letter.subject,
            body=letters.as_lines(letter.body),
            row=row,
            company=company,
            purpose=PURPOSE,
            reply_to=mail.first_address(letter.reply_to),
            attachment_ids=own_files,
            by=Actor.system(company_ids=by.company_ids, door=by.door),
        )
        for address in readers
    ]
    messages.post(
        row,
        SafeString(letter.body),
        subject=letter.subject,
        kind=Message.Kind.EMAIL_OUTGOING,
        subtype=subtype,
        recipient_ids=letter.partner_ids,
        attachment_ids=files,
        email_from=sent[0].sender or settings.DEFAULT_FROM_EMAIL,
        by=by,
    )
    return sent


def _addresses(letter: Letter) -> list[str]:
    """Everybody who gets it, once."""
    of_partners = Partner.objects.filter(pk__in=letter.partner_ids).exclude(email="")
    known = [mail.first_address(email) for email in of_partners.values_list("email", flat=True)]
    found = dict.fromkeys([*letter.addresses, *known])
    return [address for address in found if _is_address(address)]


def _is_address(text: str) -> bool:
    try:
        mailboxes.check(text)
    except ValidationError:
        return False
    return True


def _company(row: Model, by: Actor) -> Company | None:
    own: int | None = getattr(row, "company_id", None) or by.company_id
    return Company.objects.filter(pk=own).first() if own else None


def split(text: str) -> Sequence[str]:
    """Addresses that stand in one line."""
    return [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]


def changed(letter: Letter, **values: Any) -> Letter:
    """A letter with other addresses, words or files."""
    return replace(letter, **values)
