"""Payments on the wire, and the two wizards: registering payments and reversing."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import Journal, JournalEntry, JournalItem, Payment
from accounting.rpc.ways_to_pay import INBOUND, OUTBOUND, way_id
from accounting.services import entries, invoices, payments
from accounting.services.defaults import Books
from accounting.services.settlement import Batch, batches, rates_of
from base.actors import Actor
from base.money import ZERO
from base.services import records
from rpc import computed, does, expose, field, wizard
from rpc.actions import rows as show
from rpc.models import Wizard

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
            label=_("Amount Company Currency Signed"),
            sql=(
                "CASE {kind} WHEN 'inbound' THEN 1 ELSE -1 END"
                " * round({amount} * coalesce({entry.rate}, 1), 2)"
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


def documents_at_hand(call: Any) -> list[int]:
    """The documents a wizard was opened on, by themselves or by their items."""
    ids = call.active_ids("account.move")
    lines = call.active_ids("account.move.line")
    found = (
        JournalItem.objects.filter(pk__in=lines).values_list("entry_id", flat=True) if lines else ()
    )
    return sorted({*ids, *found})


def open_batches(
    call: Any, ids: list[int], *, is_grouped: bool, on: Any, currency_id: int | None = None
) -> list[Batch]:
    """What is open on documents, and what paying all of it takes in a currency, or in theirs."""
    rows = list(JournalEntry.objects.filter(pk__in=ids).with_parties())
    books = Books.of(call.actor)
    found = batches(rows, is_grouped=is_grouped, on=on, books=books)
    for batch in found:
        batch.paid_in = currency_id or batch.currency.pk
    rates = rates_of(found, on=on, books=books)
    for batch in found:
        batch.pay(None, rates, on)
    return found


def payment_currency(journal_id: int | None, wanted: int | None) -> int | None:
    """The currency of a payment: that of a journal that has one, else as asked."""
    journal = Journal.objects.filter(pk=journal_id or 0).first()
    return (journal.currency_id if journal else None) or wanted


def payment_defaults(call: Any) -> dict[str, Any]:
    """What the payment wizard begins with: all that is open, through the first bank journal, today."""
    ids = documents_at_hand(call)
    found = open_batches(call, ids, is_grouped=True, on=call.today())
    values: dict[str, Any] = {
        "payment_date": call.today().isoformat(),
        "group_payment": len(found) == 1 and len(ids) > 1,
        "payment_difference_handling": "open",
        "installments_mode": "full",
        "line_ids": [item.pk for batch in found for item in batch.items],
    }
    if found:
        first = found[0].entries[0]
        journal = Journal.objects.of_company(first.company_id).liquid().first()
        if journal and journal.currency_id:
            on, currency_id = call.today(), journal.currency_id
            found = open_batches(call, ids, is_grouped=True, on=on, currency_id=currency_id)
        values |= {
            "amount": float(sum((batch.paid for batch in found), ZERO)),
            "source_amount": float(sum((batch.paid for batch in found), ZERO)),
            "currency_id": found[0].paid_in,
            "company_id": first.company_id,
            "journal_id": journal.pk if journal else False,
            "payment_method_line_id": way_of(journal, is_inbound=found[0].is_inbound),
            "partner_id": first.partner_id if len(found) == 1 else False,
            "payment_type": "inbound" if found[0].is_inbound else "outbound",
            "partner_type": "customer" if first.is_sale else "supplier",
            "communication": ", ".join(
                e.payment_reference or e.number for batch in found for e in batch.entries
            ),
        }
    return values


def way_of(journal: Journal | None, *, is_inbound: bool) -> Any:
    """The way to pay through a journal; false without one."""
    return way_id(journal.pk, INBOUND if is_inbound else OUTBOUND) if journal else False


def differences(_call: Any, ids: list[int]) -> dict[int, float]:
    """What is left open when wizards pay less than there is to pay."""
    found = {}
    for row in Wizard.objects.filter(pk__in=ids):
        due, paid = (
            Decimal(str(row.values.get(name) or 0)) for name in ("source_amount", "amount")
        )
        found[row.pk] = float(due - paid)
    return found


def create_payments(call: Any, wizards: list[Any]) -> Any:
    """Register what the wizards say."""
    made: list[Payment] = []
    for row in wizards:
        items = JournalItem.objects.filter(pk__in=row.values["line_ids"])
        ids = sorted(set(items.values_list("entry_id", flat=True)))
        on = row.values["payment_date"] or call.today()
        grouped = bool(row.values["group_payment"])
        way = row.values["payment_method_line_id"]
        journal_id = row.values["journal_id"] or (way // 2 if way else None)
        currency_id = payment_currency(journal_id, row.values["currency_id"])
        found = open_batches(call, ids, is_grouped=grouped, on=on, currency_id=currency_id)
        amount: Decimal | None = row.values["amount"]
        # The wizard's own proposal means: all of it.
        if amount in {sum((getattr(b, name) for b in found), ZERO) for name in ("paid", "amount")}:
            amount = None
        writes_off = row.values["payment_difference_handling"] == "reconcile"
        made += payments.register(
            JournalEntry.objects.filter(pk__in=ids),
            by=call.actor,
            on=on,
            journal_id=journal_id,
            amount=amount,
            currency_id=currency_id,
            is_grouped=grouped,
            memo=row.values["communication"] or "",
            bank_account_id=row.values["partner_bank_id"],
            difference_account_id=row.values["writeoff_account_id"] if writes_off else None,
            difference_label=row.values["writeoff_label"] or "",
        )
    if call.context.get("dont_redirect_to_payments"):
        return True
    return show("account.payment", [payment.pk for payment in made], name=str(_("Payments")))


wizard(
    "account.payment.register",
    label=_("Pay"),
    permission="accounting.register_payment",
    fields=(
        field("payment_date", "date", _("Payment Date"), required=True),
        field("amount", "monetary", _("Amount")),
        field("communication", "char", _("Memo")),
        field("group_payment", "boolean", _("Group Payments")),
        field("currency_id", "many2one", _("Currency"), relation="res.currency"),
        field("journal_id", "many2one", _("Journal"), relation="account.journal"),
        field("partner_id", "many2one", _("Partner"), relation="res.partner"),
        field(
            "partner_bank_id", "many2one", _("Recipient Bank Account"), relation="res.partner.bank"
        ),
        field("company_id", "many2one", _("Company"), relation="res.company"),
        field(
            "payment_type",
            "selection",
            _("Payment Type"),
            choices=[("outbound", _("Send Money")), ("inbound", _("Receive Money"))],
        ),
        field(
            "partner_type",
            "selection",
            _("Partner Type"),
            choices=[("customer", _("Customer")), ("supplier", _("Vendor"))],
        ),
        field("line_ids", "many2many", _("Journal Items"), relation="account.move.line"),
        field(
            "payment_difference_handling",
            "selection",
            _("Payment Difference Handling"),
            choices=[("open", _("Keep open")), ("reconcile", _("Mark as fully paid"))],
        ),
        field(
            "writeoff_account_id", "many2one", _("Difference Account"), relation="account.account"
        ),
        field("writeoff_label", "char", _("Journal Item Label")),
        field(
            "payment_method_line_id",
            "many2one",
            _("Payment Method"),
            relation="account.payment.method.line",
        ),
        field("source_amount", "monetary", _("Amount to Pay")),
        field("payment_difference", "monetary", _("Payment Difference"), function=differences),
        field(
            "installments_mode",
            "selection",
            _("Installments Mode"),
            choices=[("full", _("Full Amount"))],
        ),
    ),
    defaults=payment_defaults,
    methods={"action_create_payments": create_payments},
)


def reversal_defaults(call: Any) -> dict[str, Any]:
    """What the reversal wizard begins with."""
    ids = call.active_ids("account.move")
    first = JournalEntry.objects.filter(pk__in=ids).order_by("pk").first()
    return {
        "date": call.today().isoformat(),
        "move_ids": ids,
        "journal_id": first.journal_id if first else False,
        "company_id": first.company_id if first else call.company_id,
    }


def reverse(*, replaces: bool = False) -> Any:
    """The method that writes reversals; `replaces` settles them at once and drafts the documents anew."""

    def method(call: Any, wizards: list[Any], is_modify: bool = False) -> dict[str, Any]:
        made: list[JournalEntry] = []
        for row in wizards:
            rows = JournalEntry.objects.filter(pk__in=row.values["move_ids"])
            on, again = row.values["date"] or call.today(), replaces or is_modify
            made += entries.reverse(
                rows,
                by=call.actor,
                on=on,
                reason=row.values["reason"] or "",
                journal_id=row.values["journal_id"],
                settles=again,
            )
            if again:
                made = invoices.duplicate(rows, by=call.actor, on=on)
        return show("account.move", [entry.pk for entry in made], name=str(_("Reverse Moves")))

    return method


wizard(
    "account.move.reversal",
    label=_("Account Move Reversal"),
    permission="accounting.reverse_entry",
    fields=(
        field("move_ids", "many2many", _("Journal Entries"), relation="account.move"),
        field("new_move_ids", "many2many", _("Reversals"), relation="account.move"),
        field("date", "date", _("Reversal Date")),
        field("reason", "char", _("Reason")),
        field("journal_id", "many2one", _("Journal"), relation="account.journal"),
        field("company_id", "many2one", _("Company"), relation="res.company"),
    ),
    defaults=reversal_defaults,
    methods={
        "reverse_moves": reverse(),
        "refund_moves": reverse(),
        "modify_moves": reverse(replaces=True),
    },
)
