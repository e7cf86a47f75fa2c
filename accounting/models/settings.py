"""What accounting adds to companies, partners and products: one row beside each, shown flat on it."""

from datetime import date
from functools import partial
from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.models.law import closing_waits_for_postings, condition
from accounting.rules.documents import GLOBALLY, PER_LINE
from accounting.rules.years import year_start
from base.models.noun import Noun
from base.triggers import forbid, remember

LOCKS_MORE = (
    "(NEW.lock_date, NEW.tax_lock_date, NEW.sale_lock_date, NEW.purchase_lock_date, NEW.hard_lock_date)"
    " IS DISTINCT FROM (OLD.lock_date, OLD.tax_lock_date, OLD.sale_lock_date, OLD.purchase_lock_date, OLD.hard_lock_date)"
)


def _link(to: str, label: Any) -> models.ForeignKey:
    """A link that settings may name."""
    return models.ForeignKey(
        to,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )


account_field = partial(_link, "accounting.Account")
journal_field = partial(_link, "accounting.Journal")
tax_field = partial(_link, "accounting.Tax")
term_field = partial(_link, "accounting.PaymentTerm")


def taxes_field(label: Any, use: str) -> models.ManyToManyField:
    """Taxes of one use, that a product is sold or bought with."""
    return models.ManyToManyField(
        "accounting.Tax",
        verbose_name=label,
        blank=True,
        related_name="+",
        limit_choices_to={"use": use},
    )


class CompanyAccounting(Noun):
    """How a company keeps its books: chart, default accounts, rounding, fiscal year and lock dates.

    Up to and including a lock date nothing is posted or taken back. The hard lock never moves back.
    """

    class Rounding(models.TextChoices):
        PER_LINE = PER_LINE, _("On each line")
        GLOBALLY = GLOBALLY, _("On the whole document")

    class Inclusion(models.TextChoices):
        INCLUDED = "tax_included", _("Prices include tax")
        EXCLUDED = "tax_excluded", _("Tax is on top of prices")

    company = models.OneToOneField(
        "base.Company",
        verbose_name=_("company"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="accounting",
    )
    chart = models.CharField(
        _("chart of accounts"), max_length=40, blank=True, default="", editable=False
    )
    tax_rounding = models.CharField(
        _("taxes are rounded"), max_length=12, choices=Rounding.choices, default=GLOBALLY
    )
    tax_places = models.PositiveSmallIntegerField(
        _("decimals of a document's taxes"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(4)],
        help_text=_(
            "Empty: those of the currency. 0 rounds each tax of a document to whole rupiah."
        ),
    )
    price_inclusion = models.CharField(
        _("taxes in prices"), max_length=12, choices=Inclusion.choices, default=Inclusion.EXCLUDED
    )
    year_end_month = models.PositiveSmallIntegerField(
        _("last month of the fiscal year"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    year_end_day = models.PositiveSmallIntegerField(
        _("last day of the fiscal year"),
        default=31,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("days between reminders"),
        default=7,
        validators=[MaxValueValidator(366)],
        help_text=_(
            "Customers are reminded of an overdue invoice by mail, and again after so many days. 0: never."
        ),
    )
    lock_date = models.DateField(
        _("everything is locked up to"), null=True, blank=True, editable=False
    )
    tax_lock_date = models.DateField(
        _("taxes are locked up to"), null=True, blank=True, editable=False
    )
    sale_lock_date = models.DateField(
        _("sales are locked up to"), null=True, blank=True, editable=False
    )
    purchase_lock_date = models.DateField(
        _("purchases are locked up to"), null=True, blank=True, editable=False
    )
    hard_lock_date = models.DateField(
        _("locked for ever up to"), null=True, blank=True, editable=False
    )

    receivable_account = account_field(_("receivable account"))
    payable_account = account_field(_("payable account"))
    income_account = account_field(_("income account"))
    expense_account = account_field(_("expense account"))
    cash_difference_account = account_field(_("cash difference account"))
    transfer_account = account_field(_("internal transfer account"))
    suspense_account = account_field(_("bank suspense account"))
    exchange_gain_account = account_field(_("exchange gain account"))
    exchange_loss_account = account_field(_("exchange loss account"))
    discount_loss_account = account_field(_("early payment discount given"))
    discount_gain_account = account_field(_("early payment discount received"))
    earnings_account = account_field(_("current year earnings account"))
    exchange_journal = journal_field(_("exchange difference journal"))
    sale_tax = tax_field(_("default sales tax"))
    purchase_tax = tax_field(_("default purchase tax"))

    class Meta(Noun.Meta):
        verbose_name = _("accounting settings")
        verbose_name_plural = _("accounting settings")
        permissions = (
            ("load_chart", _("Can load a chart of accounts")),
            ("lock_books", _("Can set lock dates")),
        )
        constraints = (
            models.CheckConstraint(
                name="accounting_companyaccounting_year_ends_on_a_day",
                condition=Q(year_end_month__range=(1, 12), year_end_day__range=(1, 31)),
                violation_error_message=_("The fiscal year ends on a day of a month."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            closing_waits_for_postings("settings", when=LOCKS_MORE),
            forbid(
                "settings_hard_lock_stays",
                pgtrigger.Update,
                when=condition(
                    "OLD.hard_lock_date IS NOT NULL"
                    " AND (NEW.hard_lock_date IS NULL OR NEW.hard_lock_date < OLD.hard_lock_date)"
                ),
                sentence=_("The hard lock never moves back."),
            ),
            forbid(
                "settings_stay_with_books",
                pgtrigger.Update | pgtrigger.Delete,
                sql="""(TG_OP = 'DELETE' OR NEW.company_id <> OLD.company_id) AND EXISTS (
                    SELECT FROM accounting_journalentry WHERE company_id = OLD.company_id AND number <> ''
                )""",
                sentence=_("A company that keeps books keeps their settings and lock dates."),
            ),
        )

    def __str__(self) -> str:
        return str(self.company)

    def fiscal_year_start(self, day: date) -> date:
        """The first day of the fiscal year a day falls in."""
        return year_start(day, self.year_end_month, self.year_end_day)


class PartnerAccounting(Noun):
    """How we settle with a partner: on which accounts, by when.

    Shared by all companies; an account of another company is passed over in favour of the company's own default.
    """

    company_path = None

    partner = models.OneToOneField(
        "base.Partner",
        verbose_name=_("partner"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="accounting",
    )
    receivable_account = account_field(_("receivable account"))
    payable_account = account_field(_("payable account"))
    payment_term = term_field(_("customer payment term"))
    supplier_payment_term = term_field(_("vendor payment term"))

    class Meta(Noun.Meta):
        verbose_name = _("accounting of a partner")
        verbose_name_plural = _("accounting of partners")
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return str(self.partner)


class ProductAccounting(Noun):
    """How a product is booked and taxed. Of the taxes of several companies, each uses its own."""

    company_path = None

    template = models.OneToOneField(
        "base.ProductTemplate",
        verbose_name=_("product"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="accounting",
    )
    income_account = account_field(_("income account"))
    expense_account = account_field(_("expense account"))
    sale_taxes = taxes_field(_("sales taxes"), "sale")
    purchase_taxes = taxes_field(_("purchase taxes"), "purchase")

    class Meta(Noun.Meta):
        verbose_name = _("accounting of a product")
        verbose_name_plural = _("accounting of products")
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return str(self.template)
