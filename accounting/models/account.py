"""The chart of accounts."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounting.models.law import condition
from base.languages import both_languages
from base.models.noun import Noun
from base.triggers import forbid, remember


class AccountTag(Noun):
    """A mark on accounts or tax lines by which reports and tax returns gather amounts."""

    company_path = None

    class Use(models.TextChoices):
        ACCOUNTS = "accounts", _("Accounts")
        TAXES = "taxes", _("Taxes")

    name = models.CharField(_("name"), max_length=80)
    use = models.CharField(_("used on"), max_length=12, choices=Use.choices, default=Use.ACCOUNTS)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("account tag")
        verbose_name_plural = _("account tags")
        ordering = ("name", "id")
        triggers = (*Noun.Meta.triggers, both_languages("name"))

    def __str__(self) -> str:
        return self.name


class AccountQuerySet(models.QuerySet["Account"]):
    """The questions we ask of accounts."""

    def active(self) -> Self:
        """Those still in use."""
        return self.filter(is_active=True)

    def of_company(self, company_id: int) -> Self:
        """Those of one chart."""
        return self.filter(company_id=company_id)

    def reconcilable(self) -> Self:
        """Those whose debits are matched with credits."""
        return self.filter(is_reconcilable=True)


class Account(Noun):
    """A line of the chart of accounts. Archived, not deleted, once it has been used."""

    class Kind(models.TextChoices):
        RECEIVABLE = "asset_receivable", _("Receivable")
        CASH = "asset_cash", _("Bank and cash")
        CURRENT_ASSETS = "asset_current", _("Current assets")
        NON_CURRENT_ASSETS = "asset_non_current", _("Non-current assets")
        PREPAYMENTS = "asset_prepayments", _("Prepayments")
        FIXED_ASSETS = "asset_fixed", _("Fixed assets")
        PAYABLE = "liability_payable", _("Payable")
        CREDIT_CARD = "liability_credit_card", _("Credit card")
        CURRENT_LIABILITIES = "liability_current", _("Current liabilities")
        NON_CURRENT_LIABILITIES = "liability_non_current", _("Non-current liabilities")
        EQUITY = "equity", _("Equity")
        UNAFFECTED_EARNINGS = "equity_unaffected", _("Current year earnings")
        INCOME = "income", _("Income")
        OTHER_INCOME = "income_other", _("Other income")
        EXPENSE = "expense", _("Expenses")
        OTHER_EXPENSE = "expense_other", _("Other expenses")
        DEPRECIATION = "expense_depreciation", _("Depreciation")
        COST_OF_REVENUE = "expense_direct_cost", _("Cost of revenue")
        OFF_BALANCE = "off_balance", _("Off-balance sheet")

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    code = models.CharField(_("code"), max_length=32)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("type"), max_length=24, choices=Kind.choices)
    is_reconcilable = models.BooleanField(
        _("allow reconciliation"),
        default=False,
        help_text=_("Debits of this account are matched with credits until nothing is open."),
    )
    currency = models.ForeignKey(
        "base.Currency",
        verbose_name=_("currency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Set it to allow only this currency on the account."),
    )
    taxes = models.ManyToManyField(
        "accounting.Tax", verbose_name=_("default taxes"), blank=True, related_name="+"
    )
    tags = models.ManyToManyField(
        AccountTag, verbose_name=_("tags"), blank=True, related_name="accounts"
    )
    note = models.TextField(_("note"), blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    objects = AccountQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("chart of accounts")
        ordering = ("code", "id")
        constraints = (
            models.UniqueConstraint(
                name="accounting_account_code_once_per_company",
                fields=("company", "code"),
                violation_error_message=_("Another account of this company has this code."),
            ),
            models.CheckConstraint(
                name="accounting_account_trade_is_reconcilable",
                condition=~Q(kind__in=["asset_receivable", "liability_payable"])
                | Q(is_reconcilable=True),
                violation_error_message=_("Receivables and payables are always reconciled."),
            ),
        )
        indexes = (models.Index("company", Lower("name"), name="accounting_account_by_name"),)
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name"),
            remember(),
            forbid(
                "account_is_settled_once_used",
                pgtrigger.Update,
                when=condition(
                    "NEW.company_id <> OLD.company_id OR NEW.is_reconcilable <> OLD.is_reconcilable"
                ),
                sql="""NEW.company_id <> OLD.company_id
                       OR EXISTS (SELECT FROM accounting_journalitem WHERE account_id = OLD.id)""",
                sentence=_(
                    "An account keeps its company, and whether it is reconciled, once there are journal items on it."
                ),
            ),
            forbid(
                "account_currency_fits_its_items",
                pgtrigger.UpdateOf("currency_id"),
                when=condition("NEW.currency_id IS DISTINCT FROM OLD.currency_id"),
                sql="""EXISTS (SELECT FROM accounting_journalitem
                                WHERE account_id = OLD.id AND currency_id <> NEW.currency_id)""",
                sentence=_("There are items in other currencies on the account."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_of_year(self) -> bool:
        """Whether it begins anew with each fiscal year: income and expenses."""
        return self.kind.startswith(("income", "expense"))
