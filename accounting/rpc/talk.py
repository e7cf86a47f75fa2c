"""Talk, files and papers of accounting's nouns on the wire."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, Journal, JournalEntry, JournalItem, Payment, Tax
from accounting.services import invoices
from accounting.services.lines import LineChanges
from base.models import Attachment
from base.rpc.threads import about, kind_of, thread
from rpc import extend, record_method
from rpc.actions import rows as show
from rpc.actions import window
from rpc.context import Call
from rpc.faults import user_error
from rpc.methods.table import row_ids
from rpc.tables.actions import report
from rpc.writing.records import found_rows

Kind = JournalEntry.Kind
SWITCHED: dict[str, str] = {
    Kind.OUT_INVOICE: Kind.OUT_REFUND,
    Kind.OUT_REFUND: Kind.OUT_INVOICE,
    Kind.IN_INVOICE: Kind.IN_REFUND,
    Kind.IN_REFUND: Kind.IN_INVOICE,
}

for name, model in (
    ("account.move", JournalEntry),
    ("account.payment", Payment),
    ("account.account", Account),
    ("account.journal", Journal),
    ("account.tax", Tax),
):
    thread(name, model)

report("account.report_invoice", model="account.move", label=_("PDF"), file_name="name")


def set_moves_checked(call: Call, ids: Any, is_checked: Any = True) -> None:
    """Note that entries have been reviewed, or that they have not."""
    rows = found_rows(call, row_ids(ids), "write")
    invoices.edit(rows, {"is_checked": bool(is_checked)}, by=call.actor)


def action_duplicate(call: Call, ids: Any) -> dict[str, Any]:
    """Write the same documents again, as drafts, and open them."""
    rows = found_rows(call, row_ids(ids), "read")
    made = invoices.duplicate(rows, by=call.actor, on=call.today())
    return show("account.move", [entry.pk for entry in made], name=str(_("Duplicated Documents")))


def action_switch_move_type(call: Call, ids: Any) -> None:
    """Make drafts of invoices drafts of credit notes, and the other way; one that came to less than nothing then comes to
    more."""
    rows = list(found_rows(call, row_ids(ids), "write").order_by("pk"))
    if any(entry.kind not in SWITCHED for entry in rows):
        raise user_error(str(_("A plain journal entry has no type that can be switched.")))
    for entry in rows:
        values: dict[str, Any] = {"kind": SWITCHED[entry.kind]}
        if entry.total < 0:
            lines = entry.items.lines().values_list("pk", "quantity")
            turned = {pk: {"quantity": -quantity} for pk, quantity in lines}
            values["lines"] = LineChanges(change=turned)
        invoices.edit(JournalEntry.objects.filter(pk=entry.pk), values, by=call.actor)


def preview_invoice(call: Call, ids: Any) -> dict[str, Any]:
    """Where the document is shown to people."""
    [entry] = found_rows(call, row_ids(ids)[:1], "read")
    url = reverse("accounting:about", args=[entry.pk])
    return {"type": "ir.actions.act_url", "target": "self", "url": url}


def action_register_payment(call: Call, ids: Any) -> dict[str, Any]:
    """Open the payment wizard on what is due of some items."""
    dues = JournalItem.objects.filter(pk__in=found_rows(call, row_ids(ids), "read")).dues()
    context = {
        "active_model": "account.move.line",
        "active_ids": list(dues.order_by("pk").values_list("pk", flat=True)),
    }
    return window("account.payment.register", name=str(_("Pay")), context=context, target="new")


extend(
    "account.move",
    computed=(
        about(
            "attachment_ids",
            "ir.attachment",
            _("Attachments"),
            Attachment,
            kind_of(JournalEntry),
            only=" AND {field} = ''",
        ),
    ),
    methods={
        "set_moves_checked": record_method(set_moves_checked),
        "action_duplicate": record_method(action_duplicate),
        "action_switch_move_type": record_method(action_switch_move_type),
        "preview_invoice": record_method(preview_invoice, writes=False),
    },
)
extend(
    "account.move.line",
    methods={"action_register_payment": record_method(action_register_payment, writes=False)},
)
