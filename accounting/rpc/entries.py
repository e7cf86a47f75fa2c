"""Journal entries on the wire: invoices, bills, refunds and plain entries are all `account.move`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry, JournalItem, PartialReconciliation
from accounting.models.entry import JournalEntryQuerySet
from accounting.reports import payment_widget, tax_totals
from accounting.services import entries, invoices, reconciliation
from base.actors import Actor
from rpc import Parts, computed, does, expose, record_method, subset
from rpc.actions import window

SIGN = "CASE WHEN {kind} IN ('out_invoice', 'in_refund', 'entry') THEN 1 ELSE -1 END"
BOOKED = """CASE WHEN {{rate}} = 1 OR {{kind}} = 'entry' THEN {plain} ELSE coalesce((
    SELECT sum({booked}) FROM accounting_journalitem i WHERE i.entry_id = {{pk}} AND i.display_type = '{kind}'
), 0) END"""


def in_books(amount: str, kind: str, booked: str) -> str:
    """The SQL of an amount in the company's currency, as its items of a kind have it: they are rounded, and add up."""
    plain = f"{SIGN} * round({{{amount}}} * {{rate}}, {{company.currency.decimal_places}})"
    return BOOKED.format(plain=plain, booked=booked, kind=kind)


DISPLAY = """CASE
    WHEN {number} <> '' AND {reference} <> '' THEN {number} || ' (' || {reference} || ')'
    WHEN {number} <> '' THEN {number}
    ELSE {'Draft'} || ' (* ' || {pk} || ')' END"""


def draft(rows: Sequence[Mapping[str, Any]], *, by: Actor, on: date) -> list[JournalEntry]:
    """Write drafts from values of the wire."""
    return invoices.draft([_with_lines(row) for row in rows], by=by, on=on)


def edit(rows: JournalEntryQuerySet, values: Mapping[str, Any], *, by: Actor) -> list[JournalEntry]:
    """Change entries by values of the wire."""
    named = dict(values)
    if "items" in named:
        named["lines"] = named.pop("items")
    return invoices.edit(rows, named, by=by)


def post(rows: JournalEntryQuerySet, *, by: Actor, on: date) -> list[JournalEntry]:
    """Post; what is posted already stays as it is, because clients try again."""
    return entries.post(rows.exclude(state=JournalEntry.State.POSTED), by=by, on=on)


def _with_lines(row: Mapping[str, Any]) -> dict[str, Any]:
    named = dict(row)
    parts: Parts | None = named.pop("items", None)
    return {**named, "lines": parts.add if parts else []}


def action_reverse(_call: Any, ids: list[int]) -> dict[str, Any]:
    """Open the reversal wizard."""
    context = {"active_model": "account.move", "active_ids": ids}
    return window("account.move.reversal", name=str(_("Reverse")), context=context, target="new")


def action_register_payment(_call: Any, ids: list[int]) -> dict[str, Any]:
    """Open the payment wizard on what is due."""
    dues = JournalItem.objects.filter(entry__in=ids).dues().order_by("pk")
    context = {
        "active_model": "account.move.line",
        "active_ids": list(dues.values_list("pk", flat=True)),
    }
    return window("account.payment.register", name=str(_("Pay")), context=context, target="new")


def js_assign_outstanding_line(call: Any, ids: list[int], line_id: int) -> bool:
    """Settle documents with an open item of their partner, such as an advance."""
    [account] = JournalItem.objects.filter(pk=line_id).values_list("account", flat=True)
    dues = JournalItem.objects.filter(entry__in=ids, account=account).open()
    reconciliation.reconcile(
        JournalItem.objects.filter(pk__in=[line_id, *dues.values_list("pk", flat=True)]),
        by=call.actor,
    )
    return True


def js_remove_outstanding_partial(call: Any, ids: list[int], partial_id: int) -> bool:
    """Take one match of a document away."""
    matches = PartialReconciliation.objects.filter(pk=partial_id)
    of_documents = Q(debit_item__entry__in=ids) | Q(credit_item__entry__in=ids)
    reconciliation.take_away(matches.filter(of_documents), by=call.actor)
    return True


expose(
    "account.move",
    model=JournalEntry,
    label=_("Journal Entry"),
    order="date desc, name desc, invoice_date desc, id desc",
    display=DISPLAY,
    search="name ref payment_reference",
    writes=(
        "ref=reference date move_type=kind journal company partner partner_shipping_id=delivery_partner "
        "partner_bank_id=bank_account invoice_date invoice_date_due=due_date invoice_payment_term_id=payment_term "
        "currency invoice_origin=origin payment_reference narration invoice_user_id=salesperson checked=is_checked "
        "is_move_sent=is_sent line_ids=items"
    ),
    reads=(
        "state amount_untaxed=untaxed amount_tax=tax amount_total=total amount_residual=residual payment_state "
        "company_currency_id=company.currency commercial_partner_id=partner.commercial_partner posted_before=was_posted "
        "reversed_entry_id=reversed_entry reversal_move_ids=reversals origin_payment_id=payment "
        "matched_payment_ids=payments journal_type=journal.kind invoice_currency_rate=rate"
    ),
    html="narration",
    uncopied="ref payment_reference invoice_origin date invoice_date",
    labels={
        "ref": _("Reference"),
        "state": _("Status"),
        "amount_residual": _("Amount Due"),
        "invoice_date_due": _("Due Date"),
    },
    computed=(
        computed(
            "name", "char", label=_("Number"), sql="nullif({number}, '')", write=lambda _number: {}
        ),
        computed(
            "amount_untaxed_signed",
            "monetary",
            label=_("Untaxed (company currency)"),
            sql=in_books("untaxed", "product", "i.credit - i.debit"),
            currency="company_currency_id",
        ),
        computed(
            "amount_tax_signed",
            "monetary",
            label=_("Tax (company currency)"),
            sql=in_books("tax", "tax", "i.credit - i.debit"),
            currency="company_currency_id",
        ),
        computed(
            "amount_total_signed",
            "monetary",
            label=_("Total (company currency)"),
            sql=in_books("total", "payment_term", "i.debit - i.credit"),
            currency="company_currency_id",
        ),
        computed(
            "amount_residual_signed",
            "monetary",
            label=_("Amount due (company currency)"),
            sql=in_books("residual", "payment_term", "i.residual"),
            currency="company_currency_id",
        ),
        computed(
            "amount_total_in_currency_signed",
            "monetary",
            label=_("Total (its currency)"),
            sql=f"{SIGN} * {{total}}",
        ),
        computed(
            "status_in_payment",
            "selection",
            label=_("Status"),
            choices=[*JournalEntry.State.choices, *JournalEntry.PaymentState.choices],
            sql="CASE WHEN {state} = 'posted' THEN {payment_state} ELSE {state} END",
            is_filled=True,
        ),
        computed(
            "auto_post",
            "selection",
            label=_("Auto-post"),
            choices=[("no", _("No")), ("at_date", _("At Date"))],
            sql="'no'",
        ),
        computed(
            "invoice_partner_display_name",
            "char",
            label=_("Partner Name"),
            sql="{partner.complete_name}",
        ),
        subset(
            "invoice_line_ids",
            "items",
            label=_("Invoice lines"),
            only="{display_type} IN ('product', 'line_section', 'line_note')",
        ),
        computed("tax_totals", "binary", label=_("Invoice Totals"), function=tax_totals.for_wire),
        computed(
            "invoice_payments_widget",
            "binary",
            label=_("Payments"),
            function=payment_widget.for_wire,
        ),
    ),
    create=draft,
    write=edit,
    unlink=invoices.delete,
    copy=invoices.duplicate,
    verbs={
        "action_post": does(post, answers=False),
        "button_draft": does(entries.reset_to_draft, answers=None),
        "button_cancel": does(entries.cancel, answers=None),
    },
    methods={
        "action_reverse": record_method(action_reverse, writes=False),
        "action_register_payment": record_method(action_register_payment, writes=False),
        "js_assign_outstanding_line": record_method(js_assign_outstanding_line),
        "js_remove_outstanding_partial": record_method(js_remove_outstanding_partial),
    },
)
