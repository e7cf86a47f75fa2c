"""Journal items and how they settle each other."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant
from unfold.paginator import InfinitePaginator

from accounting.models import (
    AccountBalance,
    AccountBalanceDelta,
    FullReconciliation,
    ItemTag,
    ItemTax,
    JournalItem,
    PartialReconciliation,
)
from accounting.services import reconciliation
from base.admin.deeds import Deed
from base.admin.filters import CHOICE, COMPANY, DAYS, SEARCHED_LINK, LinkFilter
from base.admin.office import SeenOffice
from base.admin.parts import SeenParts

RECONCILIATION = _("Reconciliation and balances")


@admin.register(JournalItem)
class JournalItemOffice(SeenOffice):
    """The debits and credits. They are written with their entry; here they are matched."""

    icon = "list_alt"
    list_display = (
        "date",
        "entry",
        "account",
        "partner",
        "label",
        "debit",
        "credit",
        "residual",
        "matching",
        "state",
    )
    list_filter = (
        ("state", CHOICE),
        ("date", DAYS),
        ("account", SEARCHED_LINK),
        ("partner", SEARCHED_LINK),
        ("journal", LinkFilter),
        "is_reconciled",
        COMPANY,
    )
    search_fields = ("label", "entry__number", "partner__complete_name", "account__code")
    ordering = ("-date", "-id")
    paginator = InfinitePaginator
    always_with = ("entry", "account")
    deeds = (
        Deed(
            name="reconcile",
            label=_("Reconcile"),
            question=_(
                "Debits and credits of one account settle each other, the earliest due first."
            ),
            permission="accounting.reconcile_items",
            run=reconciliation.reconcile,
            icon="handshake",
            fits=lambda item: item.state == "posted" and not item.is_reconciled,
        ),
        Deed(
            name="unreconcile",
            label=_("Undo reconciliation"),
            question=_("What was paid is open again."),
            permission="accounting.reconcile_items",
            run=reconciliation.unreconcile,
            icon="link_off",
            variant=ActionVariant.WARNING,
            fits=lambda item: bool(item.matching),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Amounts; sections and notes are no items of the books."""
        return super().get_queryset(request).filter(account__isnull=False)


class PartialParts(SeenParts):
    """What belongs to a full reconciliation."""

    model = PartialReconciliation
    fields = ("debit_item", "credit_item", "amount", "date")


@admin.register(PartialReconciliation)
class PartialReconciliationOffice(SeenOffice):
    """Which debit settles which credit."""

    icon = "join_inner"
    shelf = RECONCILIATION
    list_display = ("date", "debit_item", "credit_item", "amount", "full_reconciliation", "company")
    list_filter = (("date", DAYS), COMPANY)
    search_fields = ("debit_item__entry__number", "credit_item__entry__number")
    always_with = ("debit_item__account", "credit_item__account")
    ordering = ("-id",)


@admin.register(FullReconciliation)
class FullReconciliationOffice(SeenOffice):
    """Groups that settle each other entirely."""

    icon = "join_full"
    shelf = RECONCILIATION
    list_display = ("id", "company", "created_at", "created_by")
    list_filter = (COMPANY,)
    search_fields = ("=id",)
    inlines = (PartialParts,)


@admin.register(AccountBalance)
class AccountBalanceOffice(SeenOffice):
    """What each account came to in each month."""

    icon = "balance"
    shelf = RECONCILIATION
    list_display = ("account", "period", "debit", "credit", "company")
    list_filter = (("account", SEARCHED_LINK), COMPANY)
    search_fields = ("account__code", "account__name_en", "=period")
    always_with = ("account",)
    record_fields = False


@admin.register(AccountBalanceDelta)
class AccountBalanceDeltaOffice(SeenOffice):
    """What the balances have not taken in yet."""

    icon = "change_history"
    shelf = RECONCILIATION
    list_display = ("account", "period", "debit", "credit", "company")
    list_filter = (("account", SEARCHED_LINK), COMPANY)
    search_fields = ("account__code", "=period")
    always_with = ("account",)
    record_fields = False


@admin.register(ItemTax)
class ItemTaxOffice(SeenOffice):
    """Which line is subject to which tax."""

    icon = "percent"
    shelf = RECONCILIATION
    list_display = ("item", "tax")
    list_filter = (("tax", LinkFilter),)
    search_fields = ("item__entry__number", "tax__name_en")
    ordering = ("-id",)
    paginator = InfinitePaginator
    always_with = ("item__account", "tax")
    record_fields = False


@admin.register(ItemTag)
class ItemTagOffice(SeenOffice):
    """Which line counts in which box of the tax return."""

    icon = "bookmark"
    shelf = RECONCILIATION
    list_display = ("item", "tag")
    list_filter = (("tag", LinkFilter),)
    search_fields = ("item__entry__number", "tag__name_en")
    ordering = ("-id",)
    paginator = InfinitePaginator
    always_with = ("item__account", "tag")
    record_fields = False
