"""Documents and journal entries as people see them: what we sold and bought, and everything in the books."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry
from accounting.screens.rehearsal import rehearse
from accounting.screens.sending import PRINT, SEND
from web.screens import (
    Button,
    Calendar,
    Filter,
    Form,
    Graph,
    Kanban,
    Pivot,
    Tab,
    group,
    lines,
    screen,
)
from web.screens.cells import badges
from web.screens.declarations import Group, Place

Kind = JournalEntry.Kind
NOT_DRAFT = [["state", "!=", "draft"]]
IS_POSTED = [["state", "=", "posted"]]
OPEN = [["state", "=", "posted"], ["amount_residual", ">", 0]]
OVERDUE = [*OPEN, ["invoice_date_due", "<", "today"]]
THIS_MONTH = [["date", ">=", "today =1d"], ["date", "<", "today =1d +1m"]]
PAPER = "accounting:document_paper"

badges("account.move", "state", posted="good")
badges(
    "account.move",
    "status_in_payment",
    not_paid="care",
    partial="note",
    in_payment="note",
    paid="good",
)
badges(
    "account.move",
    "payment_state",
    not_paid="care",
    partial="note",
    in_payment="note",
    paid="good",
)

POST = Button(
    verb="action_post",
    label=_("Post"),
    when=[["state", "=", "draft"]],
    icon="check2-circle",
    is_main=True,
    is_for_many=True,
    is_on_new=True,
)
PAY = Button(
    verb="action_register_payment",
    label=_("Register payment"),
    when=OPEN,
    icon="cash-coin",
    permission="accounting.register_payment",
    is_main=True,
    is_for_many=True,
)
RESET = Button(
    verb="button_draft",
    label=_("Reset to draft"),
    when=NOT_DRAFT,
    icon="arrow-counterclockwise",
)
CANCEL = Button(verb="button_cancel", label=_("Cancel it"), when=[["state", "=", "draft"]])
BOOKED = Tab(
    label=_("In the books"),
    hidden=[["line_ids", "=", False]],
    lines=lines(
        "line_ids",
        "account_id! partner_id! name! debit! credit!",
        sums="debit credit",
        also="display_type amount_currency date_maturity amount_residual_currency",
    ),
)
STATES = (
    Filter(key="drafts", label=_("Drafts"), domain=[["state", "=", "draft"]], family="state"),
    Filter(key="posted", label=_("Posted"), domain=IS_POSTED, family="state"),
    Filter(
        key="cancelled", label=_("Cancelled"), domain=[["state", "=", "cancel"]], family="state"
    ),
)
MONTHS = (
    Filter(key="month", label=_("This month"), domain=THIS_MONTH, family="date"),
    Filter(
        key="last_month",
        label=_("Last month"),
        domain=[["date", ">=", "today =1d -1m"], ["date", "<", "today =1d"]],
        family="date",
    ),
    Filter(
        key="year",
        label=_("This year"),
        domain=[["date", ">=", "today =1d =1m"], ["date", "<", "today =1d =1m +1y"]],
        family="date",
    ),
)
DUE = (
    Filter(key="unpaid", label=_("Unpaid"), domain=OPEN, family="due"),
    Filter(key="overdue", label=_("Overdue"), domain=OVERDUE, family="due"),
    Filter(
        key="paid",
        label=_("Paid"),
        domain=[["payment_state", "in", ["paid", "in_payment"]]],
        family="due",
    ),
)


def reverse_button(label: Any) -> Button:
    """Opens the window that takes a posted document back."""
    return Button(
        verb="action_reverse",
        label=label,
        when=IS_POSTED,
        icon="arrow-return-left",
        permission="accounting.reverse_entry",
    )


def lines_tab(use: str) -> Tab:
    """The lines of a document; `use` says which taxes fit: those of sales, or of purchases."""
    return Tab(
        label=_("Lines"),
        lines=lines(
            "invoice_line_ids",
            "product_id name quantity price_unit discount tax_ids price_subtotal!",
            Place(name="name", label=_("Description")),
            Place(name="price_unit", label=_("Price")),
            Place(name="discount", label=_("Discount %")),
            Place(name="tax_ids", label=_("Taxes"), domain=[["type_tax_use", "=", use]]),
            Place(name="price_subtotal", is_readonly=True, label=_("Amount")),
            sections="display_type",
            sequence="sequence",
            lead="product_id",
        ),
    )


def days_and_books(day: Any, use: str) -> Group:
    """When a document is from, when it falls due, and where it is booked."""
    return group(
        "invoice_date invoice_payment_term_id invoice_date_due journal_id currency_id "
        "status_in_payment!",
        "",
        Place(
            name="invoice_date",
            label=day,
            help=_("Left empty, it becomes the day on which it is posted."),
        ),
        Place(name="journal_id", is_filled=True, domain=[["type", "=", use]]),
        Place(name="currency_id", is_filled=True),
    )


def document_form(kind: str, partner: Any, day: Any, reference: Any, reversal: Any) -> Form:
    """The form of one kind of document."""
    use = "sale" if kind in JournalEntry.SALES else "purchase"
    return Form(
        status="state",
        steps=("draft", "posted"),
        moves={"posted": "action_post"},
        locked=NOT_DRAFT,
        buttons=(POST, PAY, SEND, PRINT, reverse_button(reversal), RESET, CANCEL),
        printed=PAPER,
        foot="accounting/documents/foot.html",
        rehearse=rehearse,
        groups=(
            group(
                "partner_id ref payment_reference reversed_entry_id!",
                "",
                Place(name="partner_id", label=partner, is_needed=True),
                Place(name="ref", label=reference),
                Place(
                    name="reversed_entry_id",
                    is_readonly=True,
                    hidden=[["reversed_entry_id", "=", False]],
                ),
            ),
            days_and_books(day, use),
        ),
        tabs=(
            lines_tab(use),
            BOOKED,
            Tab(
                label=_("Other information"),
                groups=(
                    group(
                        "invoice_user_id invoice_origin date partner_bank_id",
                        "",
                        Place(name="date", is_filled=True),
                    ),
                    group("invoice_currency_rate! company_id! checked"),
                    group("narration*"),
                ),
            ),
        ),
    )


def document_screen(
    kind: str, key: str, label: Any, one: Any, partner: Any, reversal: Any, empty: Any
) -> None:
    """Declare the screen of one kind of document."""
    is_sale = kind in JournalEntry.SALES
    day = _("Invoice date") if is_sale else _("Bill date")
    reference = _("Reference") if is_sale else _("Vendor's number")
    screen(
        "account.move",
        key=key,
        label=label,
        one=one,
        icon="receipt",
        list="name partner_id invoice_date invoice_date_due ref? invoice_user_id? journal_id? "
        "amount_untaxed?+ amount_tax?+ amount_total+ amount_residual+ status_in_payment",
        search="name partner_id ref payment_reference invoice_date amount_total journal_id",
        domain=[["move_type", "=", kind]],
        context={"default_move_type": kind},
        filters=(*STATES, *DUE, *MONTHS),
        group_by="partner_id status_in_payment invoice_date:month invoice_date_due:month "
        "invoice_user_id journal_id currency_id",
        order="date desc, id desc",
        tones={"bad": OVERDUE, "muted": [["state", "=", "cancel"]]},
        empty=empty,
        form=document_form(kind, partner, day, reference, reversal),
        pivot=Pivot(
            rows=("partner_id",),
            columns=("invoice_date:month",),
            measures=("amount_untaxed_signed", "amount_total_signed"),
        ),
        graph=Graph(by="invoice_date:month", measures=("amount_total_signed",)),
        kanban=Kanban(
            by="status_in_payment",
            card=("partner_id", "invoice_date_due", "amount_total"),
            sum="amount_total",
            avatar="invoice_user_id",
        ),
        calendar=Calendar(
            start="invoice_date_due",
            colour="status_in_payment",
            shown=("partner_id", "amount_total", "amount_residual"),
        ),
    )


screen(
    "account.move",
    key="journal-entries",
    label=_("Journal entries"),
    one=_("Journal entry"),
    icon="journal-text",
    list="name date partner_id ref journal_id move_type? amount_total_signed+ state",
    search="name ref partner_id journal_id date",
    filters=(
        *STATES,
        Filter(
            key="plain",
            label=_("Without document"),
            domain=[["move_type", "=", "entry"]],
            family="kind",
        ),
        *MONTHS,
    ),
    group_by="journal_id date:month partner_id state move_type",
    order="date desc, id desc",
    tones={"muted": [["state", "=", "cancel"]]},
    page="accounting:about",
    new="web:screen-journal-entries-plain-new",
    empty=_("Everything that is booked stands here, whichever way it came."),
)

document_screen(
    Kind.OUT_INVOICE,
    "invoices",
    _("Invoices"),
    _("Invoice"),
    _("Customer"),
    _("Credit note"),
    _("Write down what you sold; it counts once it is posted."),
)
document_screen(
    Kind.OUT_REFUND,
    "credit-notes",
    _("Credit notes"),
    _("Credit note"),
    _("Customer"),
    _("Reverse"),
    _("What takes an invoice back, or part of it."),
)
document_screen(
    Kind.IN_INVOICE,
    "bills",
    _("Bills"),
    _("Bill"),
    _("Vendor"),
    _("Credit note"),
    _("Write down what you bought; it counts once it is posted."),
)
document_screen(
    Kind.IN_REFUND,
    "vendor-credit-notes",
    _("Vendor credit notes"),
    _("Vendor credit note"),
    _("Vendor"),
    _("Reverse"),
    _("What a vendor takes back, or part of it."),
)
screen(
    "account.move",
    key="journal-entries/plain",
    label=_("Entries without document"),
    one=_("Journal entry"),
    icon="journal-text",
    list="name date ref journal_id amount_total_signed+ state",
    search="name ref journal_id date",
    domain=[["move_type", "=", "entry"]],
    context={"default_move_type": "entry"},
    filters=(*STATES, *MONTHS),
    group_by="journal_id date:month state",
    order="date desc, id desc",
    form=Form(
        status="state",
        steps=("draft", "posted"),
        moves={"posted": "action_post"},
        locked=NOT_DRAFT,
        printed=PAPER,
        buttons=(POST, PRINT, reverse_button(_("Reverse")), RESET, CANCEL),
        groups=(
            group(
                "journal_id ref",
                "",
                Place(
                    name="journal_id",
                    is_filled=True,
                    domain=[["type", "not in", ["sale", "purchase"]]],
                ),
            ),
            group(
                "date reversed_entry_id! origin_payment_id!",
                "",
                Place(name="date", is_filled=True),
                Place(
                    name="reversed_entry_id",
                    is_readonly=True,
                    hidden=[["reversed_entry_id", "=", False]],
                ),
                Place(
                    name="origin_payment_id",
                    is_readonly=True,
                    hidden=[["origin_payment_id", "=", False]],
                ),
            ),
        ),
        tabs=(
            Tab(
                label=_("Journal items"),
                lines=lines(
                    "line_ids",
                    "account_id partner_id name debit credit",
                    Place(name="name", label=_("Label")),
                    sequence="sequence",
                    sums="debit credit",
                ),
            ),
            Tab(label=_("Notes"), groups=(group("narration*"),)),
        ),
    ),
)
