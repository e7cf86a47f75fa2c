"""What can be done with mail: write it into the outbox, send what waits there, send again, call off.

A mail is written in the transaction of whatever it tells of, and handed to the mail server afterwards, by a job. While
it is handed over its row is locked, so nobody else sends it; that it was sent is written as soon as the server has
taken it. Only a crash in that moment has it sent again, under the same Message-ID, as mail servers do it themselves.
"""

import logging
import re
from collections.abc import Iterable
from datetime import timedelta
from email.utils import formataddr, make_msgid, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Model, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base import jobs, mailboxes
from base.actors import Actor
from base.errors import ERPError, Refused
from base.models import Company, OutgoingMail
from base.services import attachments
from base.verbs import verb

log = logging.getLogger(__name__)

JOB = "base.send_mail"
TRIES = 8
FIRST_PAUSE = timedelta(minutes=2)
GATHERING = timedelta(seconds=5)  # what is written together is sent together
LONGEST_PAUSE = timedelta(hours=4)
State = OutgoingMail.State


class NoAddress(Refused):
    """The mail goes to nobody, or to what is no address."""

    code = "no_address"
    message = _("“%(address)s” is not an e-mail address.")


class NotFailed(Refused):
    """Somebody wants to send again what is on its way or has been sent."""

    code = "mail_not_failed"
    message = _("“%(mail)s” has been sent or is on its way.")


class NotWaiting(Refused):
    """Somebody wants to call off what has been sent."""

    code = "mail_not_waiting"
    message = _("“%(mail)s” does not wait any more.")


class MailServerAway(jobs.NotNow):
    """The mail server cannot be reached, or does not let us in."""

    code = "mail_server_away"
    message = _("The mail server %(host)s cannot be used: %(error)s")


@verb("base.add_outgoingmail")
def write(
    *,
    to: str,
    subject: str,
    body: str,
    row: Model | None = None,
    company: Company | None = None,
    purpose: str = "",
    key: str = "",
    reply_to: str = "",
    attachment_ids: Iterable[int] = (),
    by: Actor,
) -> OutgoingMail:
    """Put a mail into the outbox; it is sent once this transaction is committed. Answers it.

    A mail of the same key is answered instead, whatever has become of it. It comes from the house's own address under
    the company's name. Refuses with `NoAddress`.
    """
    known: OutgoingMail | None = OutgoingMail.objects.filter(key=key).first() if key else None
    if known is not None:
        return known
    _check(to)
    mail: OutgoingMail = OutgoingMail.objects.create(
        row=row,
        company=company,
        purpose=purpose,
        key=key,
        sender=sender(company),
        recipients=to,
        reply_to=reply_to,
        subject=" ".join(subject.split())[:400],
        body=body,
        message_id=make_msgid(domain=_domain()),
    )
    mail.attachments.set(attachment_ids)
    jobs.enqueue(JOB, by=Actor.system(), key=JOB, run_after=timezone.now() + GATHERING)
    return mail


@verb("base.send_outgoingmail")
def send_again(mails: QuerySet[OutgoingMail], *, by: Actor) -> int:
    """Send mails that failed or were called off; answers how many. Refuses with `NotFailed`."""
    rows = _locked(mails)
    for mail in rows:
        if mail.state not in (State.FAILED, State.CANCELLED):
            raise NotFailed(mail=mail)
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in rows]).update(
        state=State.WAITING, send_after=Now(), attempts=0, error=""
    )
    jobs.enqueue(JOB, by=Actor.system(), key=JOB)
    return len(rows)


@verb("base.send_outgoingmail")
def call_off(mails: QuerySet[OutgoingMail], *, by: Actor) -> int:
    """Do not send mails that wait or have failed; answers how many. Refuses with `NotWaiting`."""
    rows = _locked(mails)
    for mail in rows:
        if mail.state not in (State.WAITING, State.FAILED):
            raise NotWaiting(mail=mail)
    ours = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in rows])
    return ours.update(state=State.CANCELLED)


def send_due() -> dict[str, int]:
    """Hand over all that waits, each in a step of its own; answers how many were sent and how many were not.

    For a job that works in steps. Refuses with `MailServerAway`; what waits then stays as it is.
    """
    counts = {"sent": 0, "not_sent": 0}
    total = OutgoingMail.objects.due().count()
    if not total:
        return counts
    line = get_connection()
    try:
        for number in range(1, total + 1):
            jobs.progress(number, total)
            _open(line)
            with jobs.step():
                waiting = OutgoingMail.objects.due().select_for_update(
                    of=("self",), skip_locked=True
                )
                mail = waiting.first()
                if mail is None:
                    break
                counts["sent" if _sent(mail, line) else "not_sent"] += 1
    finally:
        line.close()
    return counts


def sender(company: Company | None) -> str:
    """Whom mail comes from: the house's own address, under the company's name."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((company.name if company else name, address))


def first_address(text: str) -> str:
    """The first of the addresses in a field, for headers that hold one; nothing where there is none."""
    return re.split(r"[,;]", text)[0].strip()


def _sent(mail: OutgoingMail, line: Any) -> bool:
    """Hand one mail over, and write down what became of it."""
    try:
        line.send_messages([_message(mail, line)])
    except (OSError, SMTPException, ERPError, ValueError) as error:
        log.warning("Mail #%s was not sent: %s", mail.pk, error)
        _put_off(mail, error)
        line.close()  # nobody knows where the conversation stands
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=State.SENT, sent_at=Now(), attempts=F("attempts") + 1, error=""
    )
    return True


def _message(mail: OutgoingMail, line: Any) -> EmailMessage:
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=mail.sender,
        to=[part.strip() for part in mail.recipients.replace(";", ",").split(",")],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=line,
    )
    for attachment in mail.attachments.order_by("pk"):
        content = attachments.existing(attachment).read_bytes()
        message.attach(attachment.name, content, attachment.mimetype)
    return message


def _put_off(mail: OutgoingMail, error: Exception) -> None:
    """Try a mail again later, unless the server will never take it or it has been tried often enough."""
    attempts = mail.attempts + 1
    gives_up = _is_final(error) or attempts >= TRIES
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=State.FAILED if gives_up else State.WAITING,
        send_after=Now() + pause,
        attempts=attempts,
        error=_said(error)[:4000],
    )


def _is_final(error: Exception) -> bool:
    """Whether trying again is no use: the server said so (5xx), or the mail itself is at fault."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, ERPError | ValueError)


def _said(error: Exception) -> str:
    """What the server said, as text."""
    if isinstance(error, SMTPRecipientsRefused):
        refused = error.recipients.items()
        return "\n".join(f"{to}: {code} {_text(words)}" for to, (code, words) in refused)
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _open(line: Any) -> None:
    """Begin to talk to the mail server, unless we do already."""
    try:
        line.open()
    except (OSError, SMTPException) as error:
        raise MailServerAway(host=settings.EMAIL_HOST, error=_said(error)) from error


def _locked(mails: QuerySet[OutgoingMail]) -> list[OutgoingMail]:
    return list(mails.order_by("pk").select_for_update(of=("self",)))


def _check(to: str) -> None:
    try:
        mailboxes.check(to)
    except ValidationError:
        raise NoAddress(address=to) from None


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
