"""The nightly audit of the books: what was checked and what was found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun


class BooksAudit(Noun):
    """One examination of a company's books against their own rules. Written by a job, never edited."""

    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.CASCADE, related_name="+"
    )
    date = models.DateField(_("date"))
    is_sound = models.BooleanField(_("sound"), default=True)
    entry_count = models.PositiveIntegerField(_("posted entries"), default=0)
    item_count = models.PositiveIntegerField(_("items"), default=0)
    seconds = models.DecimalField(_("seconds"), max_digits=10, decimal_places=3, default=0)

    class Meta(Noun.Meta):
        verbose_name = _("audit of the books")
        verbose_name_plural = _("audits of the books")
        ordering = ("-id",)
        permissions = (("audit_books", _("Can have the books audited")),)

    def __str__(self) -> str:
        return f"{self.company} {self.date}"


class BooksFinding(models.Model):
    """Something an audit of the books found wrong."""

    company_path = "audit__company"

    class Rule(models.TextChoices):
        BALANCED = "balanced", _("Every posted entry is balanced")
        BALANCES = "balances", _("Account balances equal the sum of their items")
        RESIDUALS = "residuals", _("What is open equals what was booked less what was matched")
        NUMBERS = "numbers", _("Numbers have no gaps")
        SUBLEDGER = "subledger", _("Documents owe what their accounts show")

    audit = models.ForeignKey(
        BooksAudit, verbose_name=_("audit"), on_delete=models.CASCADE, related_name="findings"
    )
    rule = models.CharField(_("rule"), max_length=12, choices=Rule.choices)
    subject = models.CharField(_("where"), max_length=120)
    expected = models.CharField(_("expected"), max_length=80)
    found = models.CharField(_("found"), max_length=80)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("audit", "rule", "id")

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.subject}"
