"""Journals."""

from typing import Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounting.models.law import condition
from base.languages import both_languages
from base.models.noun import Noun
from base.triggers import forbid, remember


class JournalQuerySet(models.QuerySet["Journal"]):
    """The questions we ask of journals."""

    def of_company(self, company_id: int) -> Self:
        """Those of one company, the first to be used first."""
        return self.filter(company_id=company_id, is_active=True).order_by("sequence", "id")

    def liquid(self) -> Self:
        """Those that money goes through."""
        return self.filter(kind__in=Journal.LIQUID)


class Journal(Noun):
    """A book of entries that are numbered together. Its code stands in the numbers, so it stays once one is given."""

    class Kind(models.TextChoices):
        SALE = "sale", _("Sales")
        PURCHASE = "purchase", _("Purchase")
        CASH = "cash", _("Cash")
        BANK = "bank", _("Bank")
        CREDIT = "credit", _("Credit card")
        GENERAL = "general", _("Miscellaneous")

    LIQUID = (Kind.BANK, Kind.CASH, Kind.CREDIT)

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices)
    sequence = models.IntegerField(_("sequence"), default=10)
    default_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("default account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    suspense_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("suspense account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outstanding_receipts_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("outstanding receipts account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "Receipts wait here until the bank statement confirms them. Empty: they are on the bank account at once."
        ),
    )
    outstanding_payments_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("outstanding payments account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "Payments wait here until the bank statement confirms them. Empty: they leave the bank account at once."
        ),
    )
    profit_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("profit account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    loss_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("loss account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    currency = models.ForeignKey(
        "base.Currency",
        verbose_name=_("currency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    bank_account = models.ForeignKey(
        "base.PartnerBankAccount",
        verbose_name=_("bank account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    has_refund_sequence = models.BooleanField(
        _("own numbers for credit notes"),
        default=False,
        help_text=_("Credit notes and refunds are numbered apart, with an R before the code."),
    )
    color = models.PositiveSmallIntegerField(_("colour"), default=0)
    is_on_dashboard = models.BooleanField(_("on the dashboard"), default=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = JournalQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        ordering = ("sequence", "kind", "code")
        constraints = (
            models.UniqueConstraint(
                name="accounting_journal_code_once_per_company",
                fields=("company", "code"),
                violation_error_message=_("Another journal of this company has this code."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name"),
            remember(),
            forbid(
                "journal_is_settled_once_used",
                pgtrigger.Update,
                when=condition(
                    "(NEW.company_id, NEW.code, NEW.kind, NEW.has_refund_sequence)"
                    " IS DISTINCT FROM (OLD.company_id, OLD.code, OLD.kind, OLD.has_refund_sequence)"
                ),
                sql="""NEW.company_id <> OLD.company_id
                       OR EXISTS (SELECT FROM accounting_journalentry WHERE journal_id = OLD.id AND number <> '')""",
                sentence=_(
                    "A journal keeps its company, code and type once numbers have been given in it."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_liquid(self) -> bool:
        """Whether money goes through it."""
        return self.kind in self.LIQUID
