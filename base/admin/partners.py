"""Partners, and what tells them apart."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from base.admin.exchange import sheet_for
from base.admin.filters import CHOICE, COMPANY, SEARCHED_LINK, ActiveFilter, LinkFilter
from base.admin.office import Office, TranslatedOffice
from base.admin.parts import Parts
from base.models import Bank, Industry, Partner, PartnerBankAccount, PartnerTag
from base.services import partners

SHELF = _("Contacts")


class BankAccountParts(Parts):
    """Where the partner receives money."""

    model = PartnerBankAccount
    fields = ("number", "bank", "holder_name", "currency", "is_trusted")
    autocomplete_fields = ("bank", "currency")


@admin.register(Partner)
class PartnerOffice(Office):
    """Anyone we deal with."""

    icon = "contacts"
    shelf = SHELF
    put_away = staticmethod(partners.archive)
    take_back = staticmethod(partners.unarchive)
    list_display = ("complete_name", "email", "phone", "city", "country", "company", "is_company")
    list_filter = (
        ActiveFilter,
        "is_company",
        ("kind", CHOICE),
        ("tags", LinkFilter),
        ("country", SEARCHED_LINK),
        COMPANY,
    )
    autocomplete_fields = (
        "parent",
        "country",
        "state",
        "industry",
        "salesperson",
        "company",
        "tags",
    )
    hidden = ("color", "image", "is_active", "commercial_partner")
    inlines = (BankAccountParts,)
    sheet = sheet_for(
        Partner,
        fields=(
            "name",
            "is_company",
            "parent",
            "kind",
            "reference",
            "tax_id",
            "nik",
            "email",
            "phone",
            "website",
            "street",
            "street2",
            "city",
            "state",
            "zip",
            "country",
            "tags",
            "industry",
            "language",
            "job_title",
            "barcode",
            "comment",
            "company",
        ),
        keys=("reference",),
    )
    fieldsets = (
        (None, {"fields": ("name", ("is_company", "kind"), "parent", "tags", "industry")}),
        (
            _("Address"),
            {"fields": ("street", "street2", ("city", "zip"), ("state", "country"))},
        ),
        (_("Reached by"), {"fields": (("email", "phone"), "website", ("language", "timezone"))}),
        (
            _("Numbers"),
            {"fields": (("tax_id", "nik"), "company_registry", ("reference", "barcode"))},
        ),
        (
            _("Trade"),
            {
                "fields": (
                    "company",
                    "salesperson",
                    "credit_limit",
                    ("customer_rank", "supplier_rank"),
                    ("job_title", "is_employee"),
                    "company_name",
                )
            },
        ),
        (_("Notes"), {"fields": ("comment",)}),
    )


@admin.register(PartnerTag)
class PartnerTagOffice(TranslatedOffice):
    """Tags on partners."""

    icon = "label"
    shelf = SHELF
    list_display = ("complete_name", "parent", "is_active")
    list_filter = (ActiveFilter,)
    autocomplete_fields = ("parent",)
    search_fields = ("complete_name_en", "complete_name_ind")
    hidden = ("color", "is_active")
    always_with = ("parent",)
    sheet = sheet_for(PartnerTag, fields=("name", "parent"))


@admin.register(Industry)
class IndustryOffice(TranslatedOffice):
    """Lines of business."""

    icon = "factory"
    shelf = SHELF
    list_display = ("name", "full_name", "is_active")
    list_filter = (ActiveFilter,)
    search_fields = ("name_en", "name_ind", "full_name_en")
    hidden = ("is_active",)
    sheet = sheet_for(Industry, fields=("name", "full_name"))


@admin.register(Bank)
class BankOffice(Office):
    """Banks."""

    icon = "account_balance"
    shelf = SHELF
    list_display = ("name", "bic", "city", "country", "is_active")
    list_filter = (ActiveFilter, ("country", SEARCHED_LINK))
    autocomplete_fields = ("country",)
    hidden = ("is_active",)
    sheet = sheet_for(Bank, without=("is_active",), keys=("bic",))


@admin.register(PartnerBankAccount)
class PartnerBankAccountOffice(Office):
    """Bank accounts of partners."""

    icon = "credit_card"
    shelf = SHELF
    list_display = ("number", "partner", "bank", "holder_name", "currency", "is_trusted")
    list_filter = (ActiveFilter, "is_trusted", ("bank", SEARCHED_LINK))
    search_fields = ("sanitized_number", "number", "holder_name", "partner__complete_name")
    autocomplete_fields = ("partner", "bank", "currency")
    hidden = ("is_active",)
    sheet = sheet_for(PartnerBankAccount, without=("is_active",), keys=("partner", "number"))
