"""Reminding customers of invoices that are overdue: who is to be reminded, and the mail itself."""

from collections.abc import Callable
from datetime import date, timedelta

from babel.dates import format_date
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import CompanyAccounting, JournalEntry
from accounting.models.entry import JournalEntryQuerySet
from base.actors import Actor
from base.dates import start_of
from base.models import Company, Message, OutgoingMail, Partner
from base.services import attachments, mail, messages
from base.verbs import verb

PURPOSE = "accounting.reminder"

Papers = Callable[[JournalEntry], tuple[str, bytes]]


def every_days(company: Company) -> int:
    """How many days lie between two reminders of one invoice of a company; 0 where nobody is reminded."""
    kept = CompanyAccounting.objects.filter(company=company)
    return kept.values_list("reminder_days", flat=True).first() or 0


def overdue(company: Company, *, on: date) -> JournalEntryQuerySet:
    """Invoices of a company to remind of on a day: overdue, and not reminded of within the days between."""
    days = every_days(company)
    invoices = JournalEntry.objects.due_before(on).of_kind(JournalEntry.Kind.OUT_INVOICE)
    if not days:
        return invoices.none()
    since = start_of(on - timedelta(days=days - 1), company.timezone)
    lately = OutgoingMail.objects.for_purpose(PURPOSE).filter(
        content_type=ContentType.objects.get_for_model(JournalEntry),
        row_id=OuterRef("pk"),
        created_at__gte=since,
    )
    return invoices.filter(company=company).exclude(Exists(lately)).order_by("due_date", "pk")


@verb("accounting.change_journalentry")
def remind(
    entries: JournalEntryQuerySet, papers: Papers, *, by: Actor, on: date
) -> list[OutgoingMail]:
    """Remind the customers of overdue invoices by mail, in their language, with the invoice attached.

    Each mail stands in the invoice's conversation. What has been paid or reminded of meanwhile, and customers without
    an address, are passed over. `papers` answers the file name and the PDF of an invoice.
    """
    rows = list(entries.locked().select_related("partner", "company__partner", "currency"))
    return [
        _remind(row, row.partner, papers, by=by, on=on)
        for row in rows
        if row.partner
        and row.partner.email
        and overdue(row.company, on=on).filter(pk=row.pk).exists()
    ]


def _remind(
    entry: JournalEntry, partner: Partner, papers: Papers, *, by: Actor, on: date
) -> OutgoingMail:
    language = (partner.language or entry.company.language)[:2]
    with translation.override(language):
        subject, body = _subject(entry), _body(entry, partner, on, language)
    name, pdf = papers(entry)
    paper = attachments.store(name, pdf, mimetype="application/pdf", by=by)
    letter = mail.write(
        to=partner.email,
        subject=subject,
        body=body,
        row=entry,
        company=entry.company,
        purpose=PURPOSE,
        key=f"{PURPOSE}.{entry.pk}.{on}",
        reply_to=mail.first_address(entry.company.partner.email),
        attachment_ids=[paper.pk],
        by=by,
    )
    messages.post(
        entry,
        body,
        subject=subject,
        kind=Message.Kind.EMAIL_OUTGOING,
        subtype=messages.COMMENT,
        recipient_ids=[partner.pk],
        attachment_ids=[paper.pk],
        author_id=entry.company.partner_id,
        email_from=letter.sender,
        by=by,
    )
    return letter


def _subject(entry: JournalEntry) -> str:
    return _("Reminder: invoice %(number)s of %(company)s") % {
        "number": entry.number,
        "company": entry.company.name,
    }


def _body(entry: JournalEntry, partner: Partner, on: date, language: str) -> str:
    due = entry.due_date or on
    days = (on - due).days
    known = {
        "partner": partner.name,
        "number": entry.number,
        "amount": entry.currency.format(entry.residual, language),
        "due": format_date(due, "long", locale={"en": "en_GB"}.get(language, language)),
        "days": ngettext("%(n)d day", "%(n)d days", days) % {"n": days},
        "reference": entry.payment_reference or entry.number,
        "company": entry.company.name,
    }
    text = _(
        "Dear %(partner)s,\n\n"
        "invoice %(number)s was due on %(due)s, %(days)s ago. %(amount)s of it is still open; "
        "the invoice is attached once more.\n\n"
        "Please name %(reference)s when you pay. If you have paid in the meantime, thank you: "
        "then you can ignore this reminder.\n\n"
        "%(company)s"
    )
    return text % known
