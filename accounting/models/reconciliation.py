"""Reconciliations: which debit settles which credit."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounting.models import settling
from accounting.models.law import kept_whole
from base.models.noun import Noun
from base.money import MoneyField
from base.triggers import remember


class FullReconciliation(Noun):
    """A group of items that settle each other entirely."""

    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Noun.Meta):
        verbose_name = _("full reconciliation")
        verbose_name_plural = _("full reconciliations")
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.pk)


class PartialReconciliation(Noun):
    """So much of a debit is settled by so much of a credit. It is made or taken away, never changed.

    `amount` is in the company's currency; the two others are in the currencies of the items. None is negative.
    """

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    debit_item = models.ForeignKey(
        "accounting.JournalItem",
        verbose_name=_("debit"),
        on_delete=models.PROTECT,
        related_name="matched_credits",
    )
    credit_item = models.ForeignKey(
        "accounting.JournalItem",
        verbose_name=_("credit"),
        on_delete=models.PROTECT,
        related_name="matched_debits",
    )
    amount = MoneyField(_("amount"))
    debit_amount_currency = MoneyField(_("amount in the debit's currency"))
    credit_amount_currency = MoneyField(_("amount in the credit's currency"))
    date = models.DateField(_("date of the later entry"))
    full_reconciliation = models.ForeignKey(
        FullReconciliation,
        verbose_name=_("full reconciliation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="partials",
    )
    exchange_entry = models.ForeignKey(
        "accounting.JournalEntry",
        verbose_name=_("exchange difference"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="exchanged_partials",
        help_text=_("The entry that books what the rates of the two items have won or lost."),
    )

    class Meta(Noun.Meta):
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ("-id",)
        permissions = (("reconcile_items", _("Can reconcile items")),)
        constraints = (
            models.CheckConstraint(
                name="accounting_partialreconciliation_positive",
                condition=Q(
                    amount__gte=0, debit_amount_currency__gte=0, credit_amount_currency__gte=0
                )
                & (Q(amount__gt=0) | Q(debit_amount_currency__gt=0)),
                violation_error_message=_("A reconciliation settles more than nothing."),
            ),
            models.CheckConstraint(
                name="accounting_partialreconciliation_two_items",
                condition=~Q(debit_item=F("credit_item")),
                violation_error_message=_("An item does not settle itself."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            settling.LIKE_WITH_LIKE,
            settling.IS_NOT_CHANGED,
            settling.settles("partial_settles", pgtrigger.Insert, rows="new_rows", sign="-"),
            settling.settles("partial_reopens", pgtrigger.Delete, rows="old_rows", sign="+"),
            kept_whole("partial"),
        )

    def __str__(self) -> str:
        return f"{self.debit_item_id} ↔ {self.credit_item_id}: {self.amount}"
