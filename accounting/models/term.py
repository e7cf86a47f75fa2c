"""Payment terms."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pgtrigger
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounting.rules import terms
from base.languages import both_languages
from base.models.noun import Noun
from base.money import MoneyField, PercentField
from base.triggers import remember, require_at_commit


class PaymentTerm(Noun):
    """When a document falls due, in how many parts, and what an early payment saves."""

    class TaxEffect(models.TextChoices):
        REDUCED = terms.TAX_REDUCED, _("Tax is reduced when paid early")
        KEPT = terms.TAX_KEPT, _("Tax is never reduced")
        ALWAYS_REDUCED = terms.TAX_ALWAYS_REDUCED, _("Tax is always on the discounted price")

    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=80)
    note = models.TextField(_("text on documents"), blank=True, default="")
    sequence = models.IntegerField(_("sequence"), default=10)
    is_shown = models.BooleanField(_("shown on documents"), default=True)
    has_early_discount = models.BooleanField(_("early payment discount"), default=False)
    discount_percent = PercentField(_("discount"), default=Decimal(2))
    discount_days = models.PositiveSmallIntegerField(_("discount days"), default=10)
    discount_tax = models.CharField(
        _("tax of a discount"), max_length=8, choices=TaxEffect.choices, default=TaxEffect.REDUCED
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("payment term")
        verbose_name_plural = _("payment terms")
        ordering = ("sequence", "id")
        constraints = (
            models.CheckConstraint(
                name="accounting_paymentterm_discount_is_a_part",
                condition=Q(discount_percent__gte=0, discount_percent__lte=100),
                violation_error_message=_("A discount is between 0 and 100 percent."),
            ),
        )
        triggers = (*Noun.Meta.triggers, both_languages("name", "note"), remember())

    def __str__(self) -> str:
        return self.name

    def parts(self) -> list[terms.Part]:
        """The term as arithmetic sees it."""
        return [line.part() for line in self.lines.all()]

    @property
    def taxed_part(self) -> Fraction:
        """The part of a document's prices that taxes are on."""
        if not self.has_early_discount:
            return Fraction(1)
        return terms.taxed_part(self.discount_tax, self.discount_percent)

    def due_date(self, start: date) -> date:
        """The last day on which a document of a day falls due."""
        return max((terms.due_date(start, part) for part in self.parts()), default=start)


class PaymentTermLine(Noun):
    """One part of a payment term."""

    company_path = "term__company"

    class Kind(models.TextChoices):
        PERCENT = terms.PERCENT, _("Percent")
        FIXED = terms.FIXED, _("Fixed")

    class Delay(models.TextChoices):
        DAYS_AFTER = terms.DAYS_AFTER, _("Days after the document's date")
        AFTER_END_OF_MONTH = terms.AFTER_END_OF_MONTH, _("Days after end of month")
        AFTER_END_OF_NEXT_MONTH = terms.AFTER_END_OF_NEXT_MONTH, _("Days after end of next month")
        ON_DAY_OF_NEXT_MONTH = (
            terms.ON_DAY_OF_NEXT_MONTH,
            _("On a day of the month after so many days"),
        )

    term = models.ForeignKey(
        PaymentTerm, verbose_name=_("payment term"), on_delete=models.CASCADE, related_name="lines"
    )
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices, default=Kind.PERCENT)
    value = MoneyField(_("value"), default=Decimal(100))
    delay = models.CharField(
        _("counted"), max_length=32, choices=Delay.choices, default=Delay.DAYS_AFTER
    )
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    day_of_month = models.PositiveSmallIntegerField(
        _("day of the month"),
        default=0,
        validators=[MaxValueValidator(31)],
        help_text=_("0 is the last day."),
    )
    sequence = models.IntegerField(_("sequence"), default=10)

    class Meta(Noun.Meta):
        verbose_name = _("payment term line")
        verbose_name_plural = _("payment term lines")
        ordering = ("term", "sequence", "id")
        constraints = (
            models.CheckConstraint(
                name="accounting_paymenttermline_value_is_a_part",
                condition=~Q(kind="percent") | Q(value__gte=0, value__lte=100),
                violation_error_message=_("A part is between 0 and 100 percent."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            require_at_commit(
                "term_percentages_add_up",
                when=None,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                sql="""(SELECT coalesce(sum(value), 100) FROM accounting_paymenttermline
                         WHERE term_id = coalesce(NEW.term_id, OLD.term_id) AND kind = 'percent') = 100""",
                sentence=_("The percentages of a payment term add up to 100."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.value:f} {self.get_kind_display()}"

    def part(self) -> terms.Part:
        """The line as arithmetic sees it."""
        return terms.Part(self.kind, self.value, self.delay, self.days, self.day_of_month)
