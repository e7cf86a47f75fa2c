"""Payments."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.enums import ActionVariant

from accounting.admin.deeds import business_day
from accounting.models import Payment
from accounting.services import payments
from base.admin.access import acting
from base.admin.deeds import Deed
from base.admin.filters import CHOICE, COMPANY, DAYS, SEARCHED_LINK, LinkFilter
from base.admin.office import Office
from base.models import Company

State = Payment.State
COLORS = {
    State.DRAFT.value: "warning",
    State.IN_PROCESS.value: "info",
    State.PAID.value: "success",
    State.CANCELED.value: "danger",
}


@admin.register(Payment)
class PaymentOffice(Office):
    """Money that came and went."""

    icon = "account_balance_wallet"
    list_display = (
        "name",
        "date",
        "kind",
        "partner",
        "shown_amount",
        "journal",
        "shown_state",
        "memo",
    )
    list_filter = (
        ("state", CHOICE),
        ("kind", CHOICE),
        ("date", DAYS),
        ("journal", LinkFilter),
        ("partner", SEARCHED_LINK),
        COMPANY,
    )
    autocomplete_fields = (
        "company",
        "journal",
        "partner",
        "currency",
        "bank_account",
        "outstanding_account",
        "destination_account",
    )
    readonly_fields = ("invoices",)
    always_with = ("currency",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "partner_kind"),
                    "partner",
                    ("amount", "currency"),
                    ("date", "journal"),
                    "memo",
                )
            },
        ),
        (
            _("Books"),
            {
                "fields": (
                    ("state", "number"),
                    "entry",
                    "invoices",
                    ("outstanding_account", "destination_account"),
                )
            },
        ),
        (_("More"), {"fields": ("company", ("bank_account", "payment_reference"), "is_sent")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    ("kind", "partner_kind"),
                    "partner",
                    ("amount", "currency"),
                    ("date", "journal"),
                    "memo",
                )
            },
        ),
        (
            _("More"),
            {"fields": ("company", ("bank_account", "payment_reference"), "destination_account")},
        ),
    )
    deeds = (
        Deed(
            name="post",
            label=_("Post"),
            question=_("Posting writes the payment into the books."),
            permission="accounting.post_payment",
            run=payments.post,
            icon="check_circle",
            variant=ActionVariant.PRIMARY,
            fits=lambda payment: payment.state == State.DRAFT,
        ),
        Deed(
            name="reset",
            label=_("Back to draft"),
            question=_("What it paid is open again."),
            permission="accounting.cancel_payment",
            run=payments.reset_to_draft,
            icon="edit_note",
            fits=lambda payment: payment.state != State.DRAFT,
        ),
        Deed(
            name="cancel",
            label=_("Cancel"),
            question=_("What it paid is open again; its entry is cancelled and keeps its number."),
            permission="accounting.cancel_payment",
            run=payments.cancel,
            icon="cancel",
            fits=lambda payment: payment.state != State.CANCELED,
        ),
    )

    @admin.display(description=_("number"), ordering="number")
    def name(self, payment: Payment) -> str:
        """The number, or which draft it is."""
        return str(payment)

    @admin.display(description=_("amount"), ordering="amount")
    def shown_amount(self, payment: Payment) -> str:
        """The amount in its currency."""
        return payment.currency.format(payment.amount)

    @display(description=_("status"), ordering="state", label=COLORS)
    def shown_state(self, payment: Payment) -> tuple[str, str]:
        """The state, in its color."""
        return payment.state, payment.get_state_display()

    def why_final(self, row: Payment) -> str | Promise | None:
        """Only drafts are edited."""
        if row.state == State.DRAFT:
            return None
        return _("Payments that stand in the books are final. Take it back to draft, or cancel it.")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new payment of today in the company's currency."""
        actor = acting(request)
        company = Company.objects.filter(pk=actor.company_id or 0).first()
        initial = super().get_changeform_initial_data(request)
        currency = company.currency_id if company else None
        return {"date": business_day(actor), "currency": currency, **initial}
