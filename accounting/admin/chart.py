"""The chart of accounts and the journals."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, AccountTag, Journal
from base.admin.exchange import sheet_for
from base.admin.filters import CHOICE, COMPANY, ActiveFilter, LinkFilter
from base.admin.office import TranslatedOffice

SHELF = _("Accounting setup")


@admin.register(Account)
class AccountOffice(TranslatedOffice):
    """The chart of accounts."""

    icon = "account_tree"
    shelf = SHELF
    list_display = ("code", "name", "kind", "is_reconcilable", "currency", "company")
    list_filter = (ActiveFilter, ("kind", CHOICE), "is_reconcilable", ("tags", LinkFilter), COMPANY)
    search_fields = ("code", "name_en", "name_ind")
    autocomplete_fields = ("company", "currency", "taxes", "tags")
    hidden = ("is_active",)
    sheet = sheet_for(
        Account,
        fields=(
            "code",
            "name",
            "kind",
            "is_reconcilable",
            "currency",
            "taxes",
            "tags",
            "note",
            "company",
        ),
        keys=("code",),
    )


@admin.register(AccountTag)
class AccountTagOffice(TranslatedOffice):
    """Marks by which reports gather amounts."""

    icon = "bookmark"
    shelf = SHELF
    list_display = ("name", "use", "is_active")
    list_filter = (ActiveFilter, ("use", CHOICE))
    search_fields = ("name_en", "name_ind")
    hidden = ("is_active",)
    sheet = sheet_for(AccountTag, fields=("name", "use"))


@admin.register(Journal)
class JournalOffice(TranslatedOffice):
    """Books of entries that are numbered together."""

    icon = "book"
    shelf = SHELF
    list_display = ("code", "name", "kind", "default_account", "currency", "company")
    list_filter = (ActiveFilter, ("kind", CHOICE), COMPANY)
    search_fields = ("code", "name_en", "name_ind")
    autocomplete_fields = (
        "company",
        "default_account",
        "suspense_account",
        "outstanding_receipts_account",
        "outstanding_payments_account",
        "profit_account",
        "loss_account",
        "currency",
        "bank_account",
    )
    hidden = ("is_active", "color")
    sheet = sheet_for(
        Journal,
        fields=(
            "code",
            "name",
            "kind",
            "default_account",
            "currency",
            "has_refund_sequence",
            "sequence",
            "company",
        ),
        keys=("code",),
    )
    fieldsets = (
        (None, {"fields": ("name", ("code", "kind"), "company", ("currency", "sequence"))}),
        (
            _("Accounts"),
            {
                "fields": (
                    "default_account",
                    "suspense_account",
                    ("outstanding_receipts_account", "outstanding_payments_account"),
                    ("profit_account", "loss_account"),
                    "bank_account",
                )
            },
        ),
        (_("Numbers"), {"fields": ("has_refund_sequence", "is_on_dashboard")}),
    )
