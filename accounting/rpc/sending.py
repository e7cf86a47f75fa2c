"""Sending documents on the wire: the wizard that writes to customers with the paper attached, for one or for several."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry
from accounting.reports.invoice_pdf import file_name, invoice_pdf
from accounting.services import invoices
from base.actors import Actor
from base.errors import Missing
from base.external_ids import row as row_named
from base.html import cleaned
from base.models import MailTemplate
from base.rpc.templates import filled, language_of, prints
from base.services import templates
from rpc import extend, field, record_method, registry, wizard
from rpc.actions import window
from rpc.context import Call, locale_of
from rpc.faults import user_error
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows

INVOICE, CREDIT = "account.email_template_edi_invoice", "account.email_template_edi_credit_note"
ONE, MANY = "account.move.send.wizard", "account.move.send.batch.wizard"
CLOSE = {"type": "ir.actions.act_window_close"}


def paper_of(entry: JournalEntry, _by: Actor) -> tuple[str, bytes]:
    """The paper of a document: file name and PDF."""
    return file_name(entry), invoice_pdf(entry)


prints("account.report_invoice", paper_of)


def action_send_and_print(call: Call, ids: Any) -> dict[str, Any]:
    """Open the wizard that sends documents."""
    rows = found_rows(call, row_ids(ids), "read").order_by("pk")
    pks = list(rows.values_list("pk", flat=True))
    _check_posted(rows)
    context = {"active_model": "account.move", "active_ids": pks}
    name = str(_("Send"))
    return window(ONE if len(pks) == 1 else MANY, name=name, context=context, target="new")


def one_defaults(call: Call) -> dict[str, Any]:
    """What the wizard begins with: the template filled in from the document it was opened on."""
    entry = _entries(call, call.active_ids("account.move")[:1])
    return _letter_values(call, entry[0]) if entry else {}


def many_defaults(call: Call) -> dict[str, Any]:
    """The documents that the wizard was opened on."""
    return {"move_ids": call.active_ids("account.move")}


def send_one(call: Call, wizards: list[Any], allow_fallback_pdf: Any = False) -> dict[str, Any]:
    """Send the documents of wizards as they say."""
    del allow_fallback_pdf
    for wizard_row in wizards:
        values = wizard_row.values
        entry = next(iter(_entries(call, [values["move_id"] or 0])), None)
        if entry is None:
            raise user_error(str(_("Say which document is to be sent.")))
        chosen = MailTemplate.objects.filter(pk=values["mail_template_id"] or 0).first()
        ways = values["sending_methods"] if values["sending_methods"] is not None else ["email"]
        _send(call, entry, chosen, values if "email" in ways else None)
    return dict(CLOSE)


def send_many(
    call: Call, wizards: list[Any], force_synchronous: Any = False, allow_fallback_pdf: Any = False
) -> dict[str, Any]:
    """Send documents, each by its own template and in the language of whoever gets it."""
    del force_synchronous, allow_fallback_pdf
    for wizard_row in wizards:
        for entry in _entries(call, wizard_row.values["move_ids"]):
            _send(call, entry, None, {})
    return dict(CLOSE)


def template_of(entry: JournalEntry) -> MailTemplate | None:
    """The template that documents of this kind are sent by, if it is still there."""
    refund = entry.kind in (JournalEntry.Kind.OUT_REFUND, JournalEntry.Kind.IN_REFUND)
    try:
        found: MailTemplate = row_named(CREDIT if refund else INVOICE)
    except Missing:
        return None
    return found


def _entries(call: Call, ids: Any) -> list[JournalEntry]:
    moves = registry.find("account.move")
    if moves is None or not ids:
        return []
    rows = found_rows(call.on(moves), row_ids(ids), "read").order_by("pk")
    _check_posted(rows)
    return list(rows)


def _check_posted(rows: Any) -> None:
    if rows.exclude(state=JournalEntry.State.POSTED).exists():
        raise user_error(str(_("Only posted documents are sent.")))
    if rows.filter(kind=JournalEntry.Kind.ENTRY).exists():
        raise user_error(str(_("A plain journal entry is no paper that is sent.")))


def _on_moves(call: Call) -> Call:
    moves = registry.find("account.move")
    return call if moves is None else call.on(moves)


def _letter_values(call: Call, entry: JournalEntry) -> dict[str, Any]:
    on, template = _on_moves(call), template_of(entry)
    common = {
        "move_id": entry.pk,
        "company_id": entry.company_id,
        "sending_methods": ["email"] if entry.partner and entry.partner.email else ["manual"],
    }
    if template is None:
        return common
    letter = filled(template, on, entry)
    return common | {
        "mail_template_id": template.pk,
        "mail_lang": locale_of(language_of(template, on, entry.pk)),
        "mail_subject": letter.subject,
        "mail_body": letter.body,
        "mail_partner_ids": list(letter.partner_ids),
        "mail_attachments_widget": [
            {
                "id": f"placeholder_{name}",
                "name": name,
                "mimetype": "application/pdf",
                "placeholder": True,
            }
            for name, _content in letter.papers
        ],
    }


def _send(
    call: Call, entry: JournalEntry, template: MailTemplate | None, values: dict[str, Any] | None
) -> None:
    """Send one document by mail, unless `values` are none, and note that it has been sent."""
    chosen = template or template_of(entry)
    if values is not None and chosen is not None:
        letter = _said(filled(chosen, _on_moves(call), entry), values)
        templates.send(entry, letter, by=call.actor)
    mine = JournalEntry.objects.filter(pk=entry.pk)
    invoices.edit(mine, {"is_sent": True}, by=call.actor)


def _said(letter: templates.Letter, values: dict[str, Any]) -> templates.Letter:
    """The letter with what was changed in the wizard."""
    more: dict[str, Any] = {}
    if values.get("mail_subject"):
        more["subject"] = values["mail_subject"]
    if values.get("mail_body"):
        more["body"] = cleaned(values["mail_body"])
    if values.get("mail_partner_ids"):
        more["partner_ids"] = tuple(values["mail_partner_ids"])
    return templates.changed(letter, **more)


OF_MAIL = (
    field("mail_template_id", "many2one", _("Email template"), relation="mail.template"),
    field("mail_lang", "char", _("Lang")),
    field("mail_partner_ids", "many2many", _("To"), relation="res.partner"),
    field("mail_subject", "char", _("Subject")),
    field("mail_body", "html", _("Contents")),
    field("mail_attachments_widget", "json", _("Attachments")),
)

wizard(
    ONE,
    label=_("Account Move Send Wizard"),
    permission="accounting.change_journalentry",
    fields=(
        field("move_id", "many2one", _("Journal Entry"), relation="account.move", required=True),
        field("company_id", "many2one", _("Company"), relation="res.company"),
        field("sending_methods", "json", _("Sending methods")),
        *OF_MAIL,
    ),
    defaults=one_defaults,
    methods={"action_send_and_print": send_one},
)
wizard(
    MANY,
    label=_("Account Move Send Batch Wizard"),
    permission="accounting.change_journalentry",
    fields=(field("move_ids", "many2many", _("Journal Entries"), relation="account.move"),),
    defaults=many_defaults,
    methods={"action_send_and_print": send_many},
)
extend(
    "account.move",
    methods={
        "action_send_and_print": record_method(action_send_and_print, writes=False),
        "action_invoice_sent": record_method(action_send_and_print, writes=False),
    },
)
