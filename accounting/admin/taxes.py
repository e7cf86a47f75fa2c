"""Taxes and how their amounts are booked."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounting.admin.chart import SHELF
from accounting.models import Tax, TaxGroup, TaxRepartition
from base.admin.exchange import sheet_for
from base.admin.filters import CHOICE, COMPANY, ActiveFilter, LinkFilter
from base.admin.office import Office, TranslatedOffice
from base.admin.parts import Parts


class RepartitionParts(Parts):
    """Where the parts of a tax are booked."""

    model = TaxRepartition
    fields = ("document", "kind", "factor_percent", "account", "tags", "is_in_closing", "sequence")
    autocomplete_fields = ("account", "tags")


@admin.register(Tax)
class TaxOffice(TranslatedOffice):
    """Taxes on sales and purchases."""

    icon = "percent"
    shelf = SHELF
    list_display = ("name", "use", "kind", "rate", "amount", "group", "company")
    list_filter = (ActiveFilter, ("use", CHOICE), ("kind", CHOICE), ("group", LinkFilter), COMPANY)
    search_fields = ("name_en", "name_ind", "description_en")
    autocomplete_fields = ("company", "group", "country", "children")
    hidden = ("is_active",)
    inlines = (RepartitionParts,)
    sheet = sheet_for(
        Tax,
        fields=(
            "name",
            "invoice_label",
            "use",
            "scope",
            "kind",
            "rate",
            "base_numerator",
            "base_denominator",
            "inclusion",
            "affects_base",
            "is_base_affected",
            "sequence",
            "group",
            "company",
        ),
    )
    may_import = False
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "invoice_label",
                    ("use", "scope"),
                    ("kind", "rate"),
                    "amount",
                    "group",
                )
            },
        ),
        (
            _("What it is worked out on"),
            {
                "fields": (
                    ("base_numerator", "base_denominator"),
                    "inclusion",
                    ("affects_base", "is_base_affected"),
                    "sequence",
                )
            },
        ),
        (_("More"), {"fields": ("children", ("company", "country"), "description")}),
    )


@admin.register(TaxGroup)
class TaxGroupOffice(TranslatedOffice):
    """Taxes that stand as one line under a document."""

    icon = "stacks"
    shelf = SHELF
    list_display = ("name", "sequence", "country", "company")
    list_filter = (COMPANY,)
    search_fields = ("name_en", "name_ind")
    autocomplete_fields = ("company", "country", "payable_account", "receivable_account")
    sheet = sheet_for(TaxGroup)


@admin.register(TaxRepartition)
class TaxRepartitionOffice(Office):
    """Where the parts of taxes are booked."""

    icon = "call_split"
    shelf = SHELF
    list_display = ("tax", "document", "kind", "factor_percent", "account")
    list_filter = (("tax", LinkFilter), ("document", CHOICE), ("kind", CHOICE))
    search_fields = ("tax__name_en", "account__code")
    autocomplete_fields = ("tax", "account", "tags")
    always_with = ("tax", "account")
