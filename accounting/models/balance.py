"""Balances: what each account came to in each month, so that no report has to walk through history."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.money import ZERO, MoneyField


class AccountBalance(models.Model):
    """Debits and credits of an account in a month (`period` 202603), of posted entries. Folded from deltas by a job."""

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    account = models.ForeignKey(
        "accounting.Account", verbose_name=_("account"), on_delete=models.PROTECT, related_name="+"
    )
    period = models.IntegerField(_("month"))
    debit = MoneyField(_("debit"), max_digits=24, default=ZERO)
    credit = MoneyField(_("credit"), max_digits=24, default=ZERO)

    class Meta:
        verbose_name = _("account balance")
        verbose_name_plural = _("account balances")
        ordering = ("company", "account", "period")
        permissions = (("fold_balances", _("Can fold and rebuild balances")),)
        constraints = (
            models.UniqueConstraint(
                name="accounting_accountbalance_once_a_month",
                fields=("company", "period", "account"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.period}"


class AccountBalanceDelta(models.Model):
    """What an account's balance changes by, written at posting and not yet folded. Taken back entries are negative."""

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("account"),
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    period = models.IntegerField(_("month"))
    debit = MoneyField(_("debit"), max_digits=24)
    credit = MoneyField(_("credit"), max_digits=24)

    class Meta:
        verbose_name = _("balance delta")
        verbose_name_plural = _("balance deltas")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.account} {self.period}"
