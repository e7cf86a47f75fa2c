"""The windows behind buttons: how documents are paid, and how they are taken back."""

from django.utils.translation import gettext_lazy as _

from web.screens import Button, Form, group, screen
from web.screens.declarations import Place

IS_EVEN = [["payment_difference", "=", 0]]
LEAVES_OPEN = ["|", *IS_EVEN, ["payment_difference_handling", "!=", "reconcile"]]
NOT_OVER = [
    "|",
    ["payment_difference", ">=", 0],
    ["payment_difference_handling", "=", "reconcile"],
]
IS_SEVERAL = [["can_edit_wizard", "=", False]]
NO_DISCOUNT = [["early_payment_discount", "=", 0]]

screen(
    "account.payment.register",
    key="do/account.payment.register",
    label=_("Register payment"),
    one=_("Register payment"),
    icon="cash-coin",
    context={"is_by_hand": True},
    form=Form(
        groups=(
            group(
                "partner_id! journal_id amount currency_id early_payment_discount! "
                "early_payment_discount_mode keeps_rest",
                "",
                Place(name="partner_id", is_readonly=True, hidden=[["partner_id", "=", False]]),
                Place(
                    name="journal_id",
                    is_filled=True,
                    domain=[["type", "in", ["bank", "cash", "credit"]]],
                    help=_("The bank or cash account that the money moves on."),
                ),
                Place(name="amount", is_filled=True, hidden=IS_SEVERAL),
                Place(name="currency_id", is_filled=True),
                Place(
                    name="early_payment_discount",
                    is_readonly=True,
                    label=_("Early payment discount"),
                    hidden=NO_DISCOUNT,
                ),
                Place(
                    name="early_payment_discount_mode",
                    label=_("Take the early payment discount"),
                    hidden=NO_DISCOUNT,
                ),
                Place(
                    name="keeps_rest",
                    label=_("Keep what is paid over as a credit of the partner"),
                    hidden=NOT_OVER,
                ),
            ),
            group(
                "payment_date communication partner_bank_id group_payment payment_difference! "
                "payment_difference_handling@radio writeoff_account_id writeoff_label",
                "",
                Place(name="payment_date", is_filled=True),
                Place(
                    name="partner_bank_id",
                    label=_("Their bank account"),
                    domain=[["partner_id", "=", "{partner_id}"]],
                    hidden=[["payment_type", "=", "inbound"]],
                ),
                Place(
                    name="group_payment",
                    label=_("One payment for all of a partner"),
                    hidden=[["can_group_payments", "=", False]],
                ),
                Place(
                    name="payment_difference",
                    is_readonly=True,
                    label=_("Difference to what is open"),
                    hidden=[*IS_EVEN],
                ),
                Place(
                    name="payment_difference_handling",
                    widget="radio",
                    label=_("The difference"),
                    hidden=[*IS_EVEN],
                ),
                Place(
                    name="writeoff_account_id",
                    label=_("Difference account"),
                    hidden=LEAVES_OPEN,
                ),
                Place(name="writeoff_label", label=_("Its label in the books"), hidden=LEAVES_OPEN),
            ),
        ),
        buttons=(
            Button(
                verb="action_create_payments",
                label=_("Register payment"),
                icon="cash-coin",
                is_main=True,
            ),
        ),
        foot="accounting/windows/paid.html",
    ),
)

screen(
    "account.move.reversal",
    key="do/account.move.reversal",
    label=_("Reverse"),
    one=_("Reverse"),
    icon="arrow-return-left",
    context={"is_by_hand": True},
    form=Form(
        groups=(
            group(
                "reason date settles",
                "",
                Place(
                    name="settles",
                    label=_("Post it at once and set it off against the original"),
                ),
            ),
        ),
        buttons=(
            Button(verb="refund_moves", label=_("Reverse"), icon="arrow-return-left", is_main=True),
            Button(
                verb="modify_moves",
                label=_("Reverse and write it anew"),
                icon="pencil-square",
            ),
        ),
        foot="accounting/windows/reversed.html",
    ),
)
