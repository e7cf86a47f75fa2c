"""Payments on the wire."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry, Payment
from accounting.services import payments
from base.actors import Actor
from base.services import records
from rpc import computed, does, expose

SETTLED = """EXISTS (
    SELECT FROM accounting_journalitem i JOIN accounting_account a ON a.id = i.account_id
     WHERE i.entry_id = {entry} AND a.kind IN ('asset_receivable', 'liability_payable') AND i.residual = 0
)"""


def documents_of(kinds: Sequence[str]) -> Any:
    """The documents of some kinds that payments settled, for each payment."""

    def function(_call: Any, ids: list[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {pk: [] for pk in ids}
        links = Payment.invoices.through._default_manager.filter(
            payment__in=ids, journalentry__kind__in=kinds
        )
        for payment_id, entry_id in links.values_list("payment_id", "journalentry_id"):
            found[payment_id].append(entry_id)
        return found

    return function


def mark_as_sent(rows: Any, *, by: Actor) -> None:
    """Note that the paper of payments has been sent."""
    records.change(rows, {"is_sent": True}, by=by)


expose(
    "account.payment",
    model=Payment,
    label=_("Payments"),
    order="date desc, name desc, id desc",
    display="coalesce(nullif({number}, ''), 'Draft Payment')",
    search="name memo",
    writes=(
        "date amount payment_type=kind partner_type=partner_kind partner partner_bank_id=bank_account journal company "
        "currency memo payment_reference destination_account_id=destination_account is_sent"
    ),
    reads="state move_id=entry invoice_ids=invoices outstanding_account_id=outstanding_account",
    computed=(
        computed("name", "char", label=_("Number"), sql="nullif({number}, '')"),
        computed("is_reconciled", "boolean", label=_("Is Reconciled"), sql=SETTLED),
        computed(
            "is_matched",
            "boolean",
            label=_("Is Matched With a Bank Statement"),
            sql="{state} = 'paid'",
        ),
        computed(
            "amount_company_currency_signed",
            "monetary",
            label=_("Amount (company currency)"),
            sql=(
                "CASE {kind} WHEN 'inbound' THEN 1 ELSE -1 END"
                " * round({amount} * coalesce({entry.rate}, 1), {company.currency.decimal_places})"
            ),
        ),
        computed(
            "reconciled_invoice_ids",
            "many2many",
            label=_("Reconciled Invoices"),
            relation="account.move",
            function=documents_of(JournalEntry.SALES),
        ),
        computed(
            "reconciled_bill_ids",
            "many2many",
            label=_("Reconciled Bills"),
            relation="account.move",
            function=documents_of(JournalEntry.PURCHASES),
        ),
    ),
    create=payments.draft,
    write=payments.edit,
    verbs={
        "action_post": does(payments.post, answers=None),
        "action_draft": does(payments.reset_to_draft, answers=None),
        "action_cancel": does(payments.cancel, answers=None),
        "action_validate": does(payments.confirm, answers=None),
        "mark_as_sent": does(mark_as_sent, answers=None),
    },
)
