"""Taxes, and how their amounts are booked."""

from decimal import Decimal
from fractions import Fraction
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounting.models.law import condition
from base.languages import both_languages
from base.models.noun import Noun
from base.money import PercentField
from base.triggers import forbid, remember

# Whether posted documents carry a tax: as a line of its own, or as one that came to nothing.
USED = """EXISTS (SELECT FROM accounting_journalitem WHERE tax_id = {tax} AND state = 'posted')
    OR EXISTS (SELECT FROM accounting_itemtax t JOIN accounting_journalitem i ON i.id = t.item_id
                WHERE t.tax_id = {tax} AND i.state = 'posted')"""


class TaxGroup(Noun):
    """Taxes that stand as one line under a document's subtotal."""

    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=80)
    sequence = models.IntegerField(_("sequence"), default=10)
    country = models.ForeignKey(
        "base.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    payable_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("tax payable account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    receivable_account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("tax receivable account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    preceding_subtotal = models.CharField(
        _("subtotal before it"), max_length=80, blank=True, default=""
    )

    class Meta(Noun.Meta):
        verbose_name = _("tax group")
        verbose_name_plural = _("tax groups")
        ordering = ("sequence", "id")
        triggers = (*Noun.Meta.triggers, both_languages("name", "preceding_subtotal"))

    def __str__(self) -> str:
        return self.name


class TaxQuerySet(models.QuerySet["Tax"]):
    """The questions we ask of taxes."""

    def of_company(self, company_id: int) -> Self:
        """Those of one company."""
        return self.filter(company_id=company_id)

    def with_parts(self) -> Self:
        """With all that is needed to work them out and book them: their children and repartition."""
        return self.select_related("group").prefetch_related(
            "repartition__tags", "children__repartition__tags", "children__group"
        )


class Tax(Noun):
    """A tax on sales or purchases.

    `rate` is what the law says, on `base_numerator / base_denominator` of the price: PPN is 12 % of 11/12. `amount` is
    what this comes to on the whole price (11), kept by the database.
    """

    class Use(models.TextChoices):
        SALE = "sale", _("Sales")
        PURCHASE = "purchase", _("Purchases")
        NONE = "none", _("None")

    class Kind(models.TextChoices):
        GROUP = "group", _("Group of taxes")
        FIXED = "fixed", _("Fixed amount per unit")
        PERCENT = "percent", _("Percentage of the price")
        DIVISION = "division", _("Percentage of the price with tax")

    class Inclusion(models.TextChoices):
        INCLUDED = "tax_included", _("Included in the price")
        EXCLUDED = "tax_excluded", _("On top of the price")

    class Scope(models.TextChoices):
        GOODS = "consu", _("Goods")
        SERVICES = "service", _("Services")

    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=80)
    invoice_label = models.CharField(_("label on documents"), max_length=80, blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")
    use = models.CharField(_("used on"), max_length=8, choices=Use.choices, default=Use.SALE)
    scope = models.CharField(
        _("scope"), max_length=8, choices=Scope.choices, blank=True, default=""
    )
    kind = models.CharField(
        _("computed as"), max_length=8, choices=Kind.choices, default=Kind.PERCENT
    )
    rate = PercentField(
        _("rate"), default=Decimal(0), help_text=_("In percent, or money per unit for a fixed tax.")
    )
    base_numerator = models.PositiveSmallIntegerField(_("taxed part of the price"), default=1)
    base_denominator = models.PositiveSmallIntegerField(_("divided by"), default=1)
    amount = models.GeneratedField(
        expression=F("rate") * F("base_numerator") / F("base_denominator"),
        output_field=PercentField(_("effective rate")),
        db_persist=True,
        verbose_name=_("effective rate"),
    )
    inclusion = models.CharField(
        _("in the price"),
        max_length=12,
        choices=Inclusion.choices,
        blank=True,
        default="",
        help_text=_("Empty: as the company's settings say."),
    )
    affects_base = models.BooleanField(_("raises the base of later taxes"), default=False)
    is_base_affected = models.BooleanField(_("base is raised by earlier taxes"), default=True)
    sequence = models.IntegerField(_("sequence"), default=1)
    group = models.ForeignKey(
        TaxGroup, verbose_name=_("tax group"), on_delete=models.PROTECT, related_name="taxes"
    )
    children = models.ManyToManyField(
        "self",
        verbose_name=_("taxes of the group"),
        symmetrical=False,
        blank=True,
        related_name="groups",
    )
    country = models.ForeignKey(
        "base.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = TaxQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("tax")
        verbose_name_plural = _("taxes")
        ordering = ("sequence", "id")
        constraints = (
            models.CheckConstraint(
                name="accounting_tax_base_is_a_part",
                condition=Q(base_numerator__gt=0, base_denominator__gt=0),
                violation_error_message=_(
                    "The taxed part of the price is a fraction such as 11/12."
                ),
            ),
            models.CheckConstraint(
                name="accounting_tax_division_below_whole",
                condition=~Q(kind="division") | Q(rate__lt=100),
                violation_error_message=_(
                    "A tax that is part of the price with tax is below 100 percent."
                ),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name", "invoice_label", "description"),
            remember(),
            forbid(
                "tax_keeps_its_company",
                pgtrigger.Update,
                when=condition("NEW.company_id <> OLD.company_id"),
                sentence=_("A tax belongs to the company it was made for."),
            ),
            forbid(
                "tax_is_settled_once_used",
                pgtrigger.Update,
                when=condition(
                    "(NEW.kind, NEW.rate, NEW.base_numerator, NEW.base_denominator, NEW.use, NEW.inclusion,"
                    " NEW.affects_base, NEW.is_base_affected) IS DISTINCT FROM (OLD.kind, OLD.rate,"
                    " OLD.base_numerator, OLD.base_denominator, OLD.use, OLD.inclusion, OLD.affects_base,"
                    " OLD.is_base_affected)"
                ),
                sql=USED.format(tax="OLD.id"),
                sentence=_(
                    "Posted documents carry this tax. Make a new tax for the new rate and archive this one."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def base_factor(self) -> Fraction:
        """The part of the price that is taxed: 11/12 for PPN."""
        return Fraction(self.base_numerator, self.base_denominator)


class TaxRepartition(Noun):
    """Where a part of a tax (or of its base) is booked, on invoices or on refunds. A negative factor books it back."""

    company_path = "tax__company"

    class Document(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        REFUND = "refund", _("Refund")

    class Kind(models.TextChoices):
        BASE = "base", _("Base")
        TAX = "tax", _("Tax")

    tax = models.ForeignKey(
        Tax, verbose_name=_("tax"), on_delete=models.CASCADE, related_name="repartition"
    )
    document = models.CharField(_("on"), max_length=8, choices=Document.choices)
    kind = models.CharField(_("of"), max_length=4, choices=Kind.choices, default=Kind.TAX)
    factor_percent = PercentField(_("percent"), default=Decimal(100))
    account = models.ForeignKey(
        "accounting.Account",
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the account of the line itself."),
    )
    tags = models.ManyToManyField(
        "accounting.AccountTag", verbose_name=_("tags"), blank=True, related_name="+"
    )
    is_in_closing = models.BooleanField(_("in the tax closing"), default=True)
    sequence = models.IntegerField(_("sequence"), default=1)

    class Meta(Noun.Meta):
        verbose_name = _("tax repartition")
        verbose_name_plural = _("tax repartition")
        ordering = ("tax", "document", "kind", "sequence", "id")
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            forbid(
                "repartition_account_of_company",
                pgtrigger.Insert | pgtrigger.Update,
                when=condition("NEW.account_id IS NOT NULL"),
                sql="""(SELECT company_id FROM accounting_account WHERE id = NEW.account_id)
                       <> (SELECT company_id FROM accounting_tax WHERE id = NEW.tax_id)""",
                sentence=_("A tax is booked to accounts of its own company."),
            ),
            forbid(
                "repartition_is_settled_once_used",
                pgtrigger.Update,
                when=condition(
                    "(NEW.tax_id, NEW.document, NEW.kind, NEW.factor_percent)"
                    " IS DISTINCT FROM (OLD.tax_id, OLD.document, OLD.kind, OLD.factor_percent)"
                ),
                sql=USED.format(tax="OLD.tax_id"),
                sentence=_(
                    "Posted documents carry this tax. Make a new tax for the new rate and archive this one."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.factor_percent:f} % {self.get_kind_display()}"

    @property
    def factor(self) -> Fraction:
        """The part of the tax that is booked here."""
        return Fraction(self.factor_percent) / 100
