"""Accounts, journals, taxes, payments and journal items as people see them."""

from django.utils.translation import gettext_lazy as _

from accounting.screens.sending import PRINT
from web.screens import (
    Button,
    Filter,
    Form,
    Graph,
    Kanban,
    Pivot,
    Stat,
    Tab,
    group,
    lines,
    screen,
)
from web.screens.cells import badges
from web.screens.declarations import Place

badges("account.payment", "state", in_process="note", paid="good", rejected="bad")
IS_DRAFT = [["state", "=", "draft"]]
PAYMENT = Form(
    status="state",
    steps=("draft", "in_process", "paid"),
    moves={"in_process": "action_post", "paid": "action_validate"},
    locked=[["state", "!=", "draft"]],
    buttons=(
        Button(
            verb="action_post",
            label=_("Confirm"),
            when=IS_DRAFT,
            icon="check2-circle",
            is_main=True,
            is_for_many=True,
            is_on_new=True,
        ),
        Button(
            verb="action_validate",
            label=_("It has reached the bank"),
            when=[["state", "=", "in_process"]],
            icon="bank",
            is_main=True,
            is_for_many=True,
        ),
        Button(
            verb="action_draft",
            label=_("Reset to draft"),
            when=[["state", "in", ["in_process", "paid", "canceled"]]],
            icon="arrow-counterclockwise",
        ),
        Button(
            verb="action_cancel",
            label=_("Cancel the payment"),
            when=[["state", "in", ["draft", "in_process", "paid"]]],
            icon="x-circle",
            confirm=_("What it paid is open again then. Go on?"),
        ),
        PRINT,
    ),
    printed="accounting:payment_paper",
    groups=(
        group(
            "payment_type@radio partner_type@radio partner_id amount currency_id",
            "",
            Place(name="currency_id", is_filled=True),
        ),
        group(
            "date journal_id memo partner_bank_id",
            "",
            Place(name="date", is_filled=True),
            Place(
                name="journal_id",
                is_filled=True,
                domain=[["type", "in", ["bank", "cash", "credit"]]],
            ),
            Place(
                name="partner_bank_id",
                label=_("Their bank account"),
                domain=[["partner_id", "=", "{partner_id}"]],
                hidden=[["payment_type", "=", "inbound"]],
            ),
        ),
    ),
    stats=(
        Stat(
            label=_("Documents"),
            screen="journal-entries",
            field="matched_payment_ids",
            icon="receipt",
        ),
        Stat(
            label=_("Journal entry"),
            screen="journal-entries",
            field="origin_payment_id",
            icon="journal-text",
        ),
    ),
    foot="accounting/payments/foot.html",
)
ARCHIVED = Filter(key="archived", label=_("Archived"), domain=[["active", "=", False]])

screen(
    "account.payment",
    key="payments",
    label=_("Payments"),
    one=_("Payment"),
    icon="cash-coin",
    list="name date partner_id journal_id memo payment_type amount+ state",
    search="name memo partner_id journal_id date amount",
    filters=(
        Filter(
            key="received",
            label=_("Received"),
            domain=[["payment_type", "=", "inbound"]],
            family="kind",
        ),
        Filter(
            key="sent",
            label=_("Sent"),
            domain=[["payment_type", "=", "outbound"]],
            family="kind",
        ),
        Filter(
            key="unmatched",
            label=_("Not settled"),
            domain=[["is_reconciled", "=", False], ["state", "in", ["in_process", "paid"]]],
        ),
        Filter(
            key="month",
            label=_("This month"),
            domain=[["date", ">=", "today =1d"], ["date", "<", "today =1d +1m"]],
            family="date",
        ),
    ),
    group_by="partner_id journal_id payment_type state date:month",
    order="date desc, id desc",
    tones={"muted": [["state", "in", ["canceled", "rejected"]]]},
    form=PAYMENT,
    empty=_(
        "Payments are registered on an invoice or a bill, or written down here before there is one."
    ),
    graph=Graph(by="date:month", series="payment_type", measures=("amount",)),
)

screen(
    "account.account",
    key="chart-of-accounts",
    label=_("Chart of accounts"),
    one=_("Account"),
    icon="list-columns",
    list="code name account_type reconcile? currency_id? current_balance",
    search="code name account_type",
    filters=(
        *(
            Filter(key=key, label=label, domain=[["internal_group", "=", key]], family="group")
            for key, label in (
                ("asset", _("Assets")),
                ("liability", _("Liabilities")),
                ("equity", _("Equity")),
                ("income", _("Income")),
                ("expense", _("Expenses")),
            )
        ),
        ARCHIVED,
    ),
    group_by="account_type internal_group",
    form=Form(
        title="name",
        groups=(
            group("code account_type reconcile"),
            group("currency_id tax_ids tag_ids current_balance!"),
        ),
        buttons=(
            Button(
                verb="ledger",
                label=_("Ledger"),
                opens="accounting:ledger",
                icon="list-columns",
                permission="accounting.view_journalitem",
            ),
        ),
        tabs=(Tab(label=_("Notes"), groups=(group("note*"),)),),
        stats=(Stat(label=_("Journal items"), screen="journal-items", field="account_id"),),
    ),
)

screen(
    "account.journal",
    key="journals",
    label=_("Journals"),
    one=_("Journal"),
    icon="book",
    list="name code type default_account_id currency_id?",
    search="name code type",
    filters=(ARCHIVED,),
    group_by="type",
    form=Form(
        title="name",
        groups=(
            group("type code currency_id show_on_dashboard"),
            group(
                "default_account_id suspense_account_id profit_account_id loss_account_id "
                "refund_sequence"
            ),
        ),
        stats=(
            Stat(
                label=_("Journal entries"),
                screen="journal-entries",
                field="journal_id",
                icon="journal-text",
            ),
        ),
    ),
    kanban=Kanban(by="type", card=("code", "default_account_id")),
)

screen(
    "account.tax",
    key="taxes",
    label=_("Taxes"),
    one=_("Tax"),
    icon="percent",
    list="name type_tax_use amount_type amount tax_group_id price_include_override? tax_scope?",
    search="name description invoice_label type_tax_use",
    filters=(
        Filter(key="sale", label=_("Sales"), domain=[["type_tax_use", "=", "sale"]], family="use"),
        Filter(
            key="purchase",
            label=_("Purchases"),
            domain=[["type_tax_use", "=", "purchase"]],
            family="use",
        ),
        ARCHIVED,
    ),
    group_by="type_tax_use tax_group_id amount_type",
    form=Form(
        title="name",
        groups=(
            group("type_tax_use tax_scope amount_type amount"),
            group(
                "tax_group_id invoice_label price_include_override include_base_amount "
                "is_base_affected"
            ),
        ),
        tabs=(
            Tab(
                label=_("Distribution for invoices"),
                lines=lines(
                    "invoice_repartition_line_ids",
                    "factor_percent! repartition_type! account_id! tag_ids!",
                ),
            ),
            Tab(
                label=_("Distribution for refunds"),
                lines=lines(
                    "refund_repartition_line_ids",
                    "factor_percent! repartition_type! account_id! tag_ids!",
                ),
            ),
            Tab(label=_("Description"), groups=(group("description*"),)),
        ),
    ),
)

screen(
    "account.move.line",
    key="journal-items",
    label=_("Journal items"),
    one=_("Journal item"),
    icon="list-columns-reverse",
    list="date move_id account_id partner_id name debit+ credit+ matching_number? "
    "date_maturity? amount_residual?+",
    search="name move_id account_id partner_id date ref",
    domain=[["display_type", "not in", ["line_section", "line_note"]]],
    filters=(
        Filter(
            key="posted", label=_("Posted"), domain=[["parent_state", "=", "posted"]], family="s"
        ),
        Filter(
            key="unreconciled",
            label=_("Open"),
            domain=[
                ["reconciled", "=", False],
                ["account_id.reconcile", "=", True],
                ["parent_state", "=", "posted"],
            ],
        ),
    ),
    default="posted",
    group_by="account_id partner_id journal_id move_id date:month",
    order="date desc, id desc",
    page="accounting:item",
    pivot=Pivot(
        rows=("account_id",), columns=("date:month",), measures=("debit", "credit", "balance")
    ),
)
