"""Accounts, journals, tags and payment terms on the wire."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import Account, AccountTag, Journal, PaymentTerm, PaymentTermLine
from rpc import computed, expose
from rpc.fields import Link

OF_COMPANY = Link("{pk}", '"accounting_account"', '"id"', '"company_id"', many=True)


def company_of(commands: Any) -> dict[str, int]:
    """The one company that a client names in a set of companies."""
    given = commands if isinstance(commands, list) else []
    ids = [one for one in given if isinstance(one, int) and not isinstance(one, bool)]
    for command in (one for one in given if isinstance(one, list | tuple) and len(one) > 1):
        ids += list(command[2]) if command[0] == 6 and len(command) > 2 else [command[1]]
    return {"company_id": ids[0]} if ids else {}


expose(
    "account.account.tag",
    model=AccountTag,
    label=_("Account Tag"),
    order="name, id",
    display="name",
    writes="name applicability=use active=is_active",
)

expose(
    "account.account",
    model=Account,
    label=_("Account"),
    order="code, id",
    display="{code} || ' ' || {name}",
    search="code name",
    writes="code name account_type=kind reconcile=is_reconcilable currency tax_ids=taxes tag_ids=tags note active=is_active",
    computed=(
        computed(
            "company_ids",
            "many2many",
            label=_("Companies"),
            relation="res.company",
            link=OF_COMPANY,
            write=company_of,
            required=True,
        ),
        computed(
            "internal_group",
            "selection",
            label=_("Internal Group"),
            choices=[
                ("equity", _("Equity")),
                ("asset", _("Asset")),
                ("liability", _("Liability")),
                ("income", _("Income")),
                ("expense", _("Expense")),
                ("off", _("Off Balance")),
            ],
            sql="split_part({kind}, '_', 1)",
        ),
        computed(
            "current_balance",
            "float",
            label=_("Current Balance"),
            sql="""coalesce((
                SELECT sum(b.debit - b.credit) FROM (
                    SELECT account_id, debit, credit FROM accounting_accountbalance
                    UNION ALL SELECT account_id, debit, credit FROM accounting_accountbalancedelta
                ) b WHERE b.account_id = {pk}
            ), 0)""",
        ),
    ),
)

expose(
    "account.journal",
    model=Journal,
    label=_("Journal"),
    order="sequence, type, code",
    display="name",
    search="name code",
    writes=(
        "name code type=kind company currency default_account_id=default_account suspense_account_id=suspense_account "
        "profit_account_id=profit_account loss_account_id=loss_account bank_account_id=bank_account sequence color "
        "refund_sequence=has_refund_sequence show_on_dashboard=is_on_dashboard active=is_active"
    ),
    reads="bank_acc_number=bank_account.number bank_id=bank_account.bank",
    computed=(
        computed(
            "restrict_mode_hash_table",
            "boolean",
            label=_("Secure Posted Entries with Hash"),
            sql="false",
        ),
    ),
)

expose(
    "account.payment.term",
    model=PaymentTerm,
    label=_("Payment Terms"),
    order="sequence, id",
    display="name",
    writes=(
        "name active=is_active note company sequence display_on_invoice=is_shown line_ids=lines "
        "early_discount=has_early_discount discount_percentage=discount_percent discount_days "
        "early_pay_discount_computation=discount_tax"
    ),
    html="note",
    required="sequence",
)

expose(
    "account.payment.term.line",
    model=PaymentTermLine,
    label=_("Payment Terms Line"),
    order="id",
    display="kind",
    writes="payment_id=term value=kind value_amount=value delay_type=delay nb_days=days sequence",
    computed=(
        computed(
            "days_next_month",
            "char",
            label=_("Days on the next month"),
            sql="({day_of_month})::text",
            write=lambda text: {"day_of_month": int(text or 0)},
        ),
    ),
)
