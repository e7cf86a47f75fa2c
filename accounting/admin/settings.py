"""How companies keep their books, how we settle with partners, how products are booked; periods and locks."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminSelectWidget

from accounting.admin.chart import SHELF
from accounting.admin.deeds import LockForm
from accounting.models import CompanyAccounting, FiscalPeriod, PartnerAccounting, ProductAccounting
from accounting.services import charts, periods
from base.actors import Actor
from base.admin.deeds import Deed, DeedForm, offer
from base.admin.filters import COMPANY, LinkFilter
from base.admin.office import Office
from base.admin.parts import Panel, join
from base.models import Company, Partner, ProductTemplate

PARTNER_FIELDS = ("receivable_account", "payable_account", "payment_term", "supplier_payment_term")
PRODUCT_FIELDS = ("income_account", "expense_account", "sale_taxes", "purchase_taxes")
ACCOUNTS = tuple(
    field.name
    for field in CompanyAccounting._meta.concrete_fields
    if field.name.endswith("_account") or field.name.endswith("_journal")
)


class PartnerAccountingPanel(Panel):
    """How we settle with the partner."""

    model = PartnerAccounting
    fields = PARTNER_FIELDS
    autocomplete_fields = PARTNER_FIELDS


class ProductAccountingPanel(Panel):
    """How the product is booked and taxed."""

    model = ProductAccounting
    fields = PRODUCT_FIELDS
    autocomplete_fields = PRODUCT_FIELDS


join(Partner, PartnerAccountingPanel)
join(ProductTemplate, ProductAccountingPanel)


def _lock(rows: QuerySet[CompanyAccounting], *, by: Actor, **dates: Any) -> Any:
    return periods.lock(rows, dates, by=by)


@admin.register(CompanyAccounting)
class CompanyAccountingOffice(Office):
    """How a company keeps its books. Made by loading a chart of accounts."""

    icon = "tune"
    shelf = SHELF
    list_display = ("company", "chart", "lock_date", "tax_lock_date", "hard_lock_date")
    list_filter = (COMPANY,)
    search_fields = ("company__name", "chart")
    autocomplete_fields = (*ACCOUNTS, "sale_tax", "purchase_tax")
    readonly_fields = ("company",)
    may_add = may_delete = False
    always_with = ("company",)
    fieldsets = (
        (None, {"fields": ("company", "chart", ("year_end_month", "year_end_day"))}),
        (
            _("Taxes"),
            {
                "fields": (
                    ("sale_tax", "purchase_tax"),
                    ("tax_rounding", "tax_places"),
                    "price_inclusion",
                )
            },
        ),
        (_("Overdue invoices"), {"fields": ("reminder_days",)}),
        (_("Accounts"), {"fields": ACCOUNTS}),
        (
            _("Locks"),
            {
                "fields": (
                    "lock_date",
                    ("sale_lock_date", "purchase_lock_date"),
                    "tax_lock_date",
                    "hard_lock_date",
                )
            },
        ),
    )
    deeds = (
        Deed(
            name="lock",
            label=_("Set lock dates"),
            question=_("Up to and including these days nothing is posted or taken back."),
            permission="accounting.lock_books",
            run=_lock,
            form=LockForm,
            icon="lock",
            variant=ActionVariant.WARNING,
        ),
    )


@admin.register(PartnerAccounting)
class PartnerAccountingOffice(Office):
    """How we settle with partners."""

    icon = "handshake"
    shelf = SHELF
    list_display = ("partner", *PARTNER_FIELDS)
    list_filter = (("payment_term", LinkFilter),)
    search_fields = ("partner__complete_name",)
    autocomplete_fields = ("partner", *PARTNER_FIELDS)
    always_with = ("partner",)


@admin.register(ProductAccounting)
class ProductAccountingOffice(Office):
    """How products are booked and taxed."""

    icon = "inventory"
    shelf = SHELF
    list_display = ("template", "income_account", "expense_account")
    list_filter = (("sale_taxes", LinkFilter),)
    search_fields = ("template__name_en", "template__name_ind")
    autocomplete_fields = ("template", *PRODUCT_FIELDS)
    always_with = ("template",)


@admin.register(FiscalPeriod)
class FiscalPeriodOffice(Office):
    """Stretches of days whose books are open or closed as one."""

    icon = "calendar_month"
    shelf = SHELF
    list_display = ("name", "days", "closed_at", "company")
    list_filter = (COMPANY,)
    search_fields = ("name",)
    autocomplete_fields = ("company",)
    deeds = (
        Deed(
            name="close",
            label=_("Close"),
            question=_("Nothing can be posted in a closed period, or taken back from it."),
            permission="accounting.close_period",
            run=periods.close,
            icon="lock",
            variant=ActionVariant.WARNING,
            fits=lambda period: period.closed_at is None,
        ),
        Deed(
            name="reopen",
            label=_("Open again"),
            permission="accounting.close_period",
            run=periods.reopen,
            icon="lock_open",
            fits=lambda period: period.closed_at is not None,
        ),
    )

    def why_final(self, row: FiscalPeriod) -> Any:
        """A closed period is opened first."""
        return _("The period is closed.") if row.closed_at else None


class ChartForm(DeedForm):
    """Which chart."""

    chart = forms.ChoiceField(label=_("Chart of accounts"), widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chart"].choices = [(key, key) for key in charts.available()]  # type: ignore[attr-defined]


offer(
    Company,
    Deed(
        name="chart",
        label=_("Load a chart of accounts"),
        question=_(
            "It sets up accounts, journals and taxes. Loaded again, it leaves alone what people have changed."
        ),
        permission="accounting.load_chart",
        run=charts.load,
        form=ChartForm,
        icon="account_tree",
    ),
)
