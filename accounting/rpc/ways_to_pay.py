"""Ways to pay on the wire: through each bank and cash journal money comes in and goes out by hand."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import Journal, Payment
from base.policies import row_filter
from rpc import computed, extend, field, table
from rpc.context import Call

Rows = list[dict[str, Any]]
INBOUND, OUTBOUND = 1, 2
METHODS = {INBOUND: Payment.Kind.INBOUND, OUTBOUND: Payment.Kind.OUTBOUND}
# A way is numbered after its journal: the even number is for money in, the odd one for money out.
WAY = "({journal} * 2 + CASE WHEN {kind} = 'outbound' THEN 1 ELSE 0 END)"
METHOD = "CASE WHEN {kind} = 'outbound' THEN 2 ELSE 1 END"
KINDS = [("inbound", _("Inbound")), ("outbound", _("Outbound"))]


def methods(_call: Call) -> Rows:
    """Money in and money out, by hand."""
    return [
        {"id": pk, "name": str(_("Manual Payment")), "code": "manual", "payment_type": str(kind)}
        for pk, kind in METHODS.items()
    ]


def ways(call: Call) -> Rows:
    """Two ways for each journal that money goes through, as far as the actor sees them."""
    journals = Journal.objects.liquid().filter(row_filter(Journal, call.actor))
    return [_way(journal, method) for journal in journals.order_by("pk") for method in METHODS]


def ways_of(method: int) -> Any:
    """The ways of journals that are for money in, or for money out."""

    def function(_call: Call, ids: list[int]) -> dict[int, list[int]]:
        journals = Journal.objects.liquid().filter(pk__in=ids).values_list("pk", flat=True)
        return {pk: [way_id(pk, method)] for pk in journals}

    return function


def way_id(journal_id: int, method: int) -> int:
    """The id of a way."""
    return journal_id * 2 + method - INBOUND


def _way(journal: Journal, method: int) -> dict[str, Any]:
    accounts = {
        INBOUND: journal.outstanding_receipts_account_id,
        OUTBOUND: journal.outstanding_payments_account_id,
    }
    return {
        "id": way_id(journal.pk, method),
        "name": str(_("Manual Payment")),
        "code": "manual",
        "journal_id": journal.pk,
        "payment_method_id": method,
        "payment_type": str(METHODS[method]),
        "payment_account_id": accounts[method],
        "sequence": journal.sequence,
    }


table(
    "account.payment.method",
    label=_("Payment Methods"),
    order="id",
    display="name",
    fields=(
        field("name", "char", _("Name"), required=True),
        field("code", "char", _("Code"), required=True),
        field("payment_type", "selection", _("Payment Type"), choices=KINDS, required=True),
    ),
    rows=methods,
    permission="accounting.view_payment",
)

table(
    "account.payment.method.line",
    label=_("Payment Methods"),
    order="sequence, id",
    display="name",
    fields=(
        field("name", "char", _("Name")),
        field("code", "char", _("Code")),
        field("sequence", "integer", _("Sequence")),
        field("journal_id", "many2one", _("Journal"), relation="account.journal"),
        field(
            "payment_method_id",
            "many2one",
            _("Payment Method"),
            relation="account.payment.method",
            required=True,
        ),
        field("payment_type", "selection", _("Payment Type"), choices=KINDS),
        field(
            "payment_account_id", "many2one", _("Outstanding Account"), relation="account.account"
        ),
    ),
    rows=ways,
    permission="accounting.view_payment",
)

extend(
    "account.journal",
    computed=tuple(
        computed(
            name,
            "one2many",
            label=label,
            relation="account.payment.method.line",
            inverse="journal_id",
            function=ways_of(method),
        )
        for name, label, method in (
            ("inbound_payment_method_line_ids", _("Inbound Payment Methods"), INBOUND),
            ("outbound_payment_method_line_ids", _("Outbound Payment Methods"), OUTBOUND),
        )
    ),
)

extend(
    "account.payment",
    computed=(
        computed(
            "payment_method_line_id",
            "many2one",
            label=_("Payment Method"),
            relation="account.payment.method.line",
            sql=WAY,
            write=lambda way: {"journal_id": way // 2} if way else {},
        ),
        computed(
            "payment_method_id",
            "many2one",
            label=_("Method"),
            relation="account.payment.method",
            sql=METHOD,
        ),
        computed("payment_method_code", "char", label=_("Code"), sql="'manual'"),
    ),
)
