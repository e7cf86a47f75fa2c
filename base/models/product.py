"""Products: the variants that are ordered, counted and priced."""

from decimal import Decimal
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.money import ZERO, PriceField, QuantityField
from base.search import search_index, search_text
from base.triggers import remember

if TYPE_CHECKING:
    from base.models.unit import UnitOfMeasure


def _full_name(suffix: str) -> str:
    def text(row: str) -> str:
        return f"coalesce(nullif({row}.name{suffix}, ''), {row}.name)" if suffix else f"{row}.name"

    return f"""
        NEW.full_name{suffix} := CASE NEW.reference WHEN '' THEN '' ELSE '[' || NEW.reference || '] ' END
            || (SELECT {text("t")} FROM base_producttemplate t WHERE t.id = NEW.template_id)
            || CASE NEW.combination WHEN '' THEN '' ELSE coalesce(' (' || (
                SELECT string_agg({text("a")}, ', ' ORDER BY l.sequence, l.id)
                  FROM base_producttemplateattributevalue v
                  JOIN base_producttemplateattributeline l ON l.id = v.line_id
                  JOIN base_productattributevalue a ON a.id = v.value_id
                 WHERE v.id = ANY (string_to_array(NEW.combination, ',')::bigint[])
            ) || ')', '') END;"""  # noqa: S608 - the suffix is one of three of ours


PRICE_EXTRA = """
        NEW.price_extra := CASE NEW.combination WHEN '' THEN 0 ELSE coalesce((
            SELECT sum(v.price_extra) FROM base_producttemplateattributevalue v
             WHERE v.id = ANY (string_to_array(NEW.combination, ',')::bigint[])), 0) END;
        RETURN NEW;
"""
DERIVED = pgtrigger.Trigger(
    name="derived",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("reference", "template_id", "combination"),
    func="".join((_full_name(""), _full_name("_en"), _full_name("_ind"), PRICE_EXTRA)),
)


class ProductQuerySet(models.QuerySet["Product"]):
    """The questions we ask of products."""

    def active(self) -> Self:
        """Those that have not been archived."""
        return self.filter(is_active=True)

    def with_template(self) -> Self:
        """With the template and its unit at hand."""
        return self.select_related("template__unit")

    def coded(self, code: str) -> Self:
        """The one with a reference or a barcode."""
        return self.filter(Q(reference=code) | Q(barcode=code))


class Product(Noun):
    """A variant of a product template: what is ordered, counted and priced.

    `combination` are the numbers of its attribute values in ascending order; `full_name` is
    "[REF] Name (Red, Large)", kept by the database.
    """

    company_path = "template__company"
    display_field = "full_name"
    search_fields = ("full_name", "barcode")

    template = models.ForeignKey(
        "base.ProductTemplate",
        verbose_name=_("template"),
        on_delete=models.CASCADE,
        related_name="products",
    )
    full_name = models.CharField(_("full name"), max_length=600, editable=False, default="")
    search_text = search_text("full_name_en", "full_name_ind", "barcode")
    reference = models.CharField(_("internal reference"), max_length=64, blank=True, default="")
    barcode = models.CharField(_("barcode"), max_length=64, blank=True, default="")
    cost = PriceField(_("cost"), default=ZERO)
    weight = QuantityField(_("weight in kg"), default=ZERO)
    volume = QuantityField(_("volume in m³"), default=ZERO)
    values = models.ManyToManyField(
        "base.ProductTemplateAttributeValue",
        verbose_name=_("attribute values"),
        blank=True,
        related_name="products",
    )
    combination = models.CharField(_("combination"), max_length=400, editable=False, default="")
    price_extra = PriceField(_("costs more than the template"), default=ZERO, editable=False)
    image = models.ForeignKey(
        "base.Attachment",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = ProductQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("product variant")
        verbose_name_plural = _("product variants")
        ordering = ("reference", "full_name", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_product_combination_once_per_template",
                fields=("template", "combination"),
                condition=Q(is_active=True),
                violation_error_message=_(
                    "The product already has this combination of attributes."
                ),
            ),
            models.UniqueConstraint(
                name="base_product_barcode_once",
                fields=("barcode",),
                condition=~Q(barcode=""),
                violation_error_message=_("Another product already has this barcode."),
            ),
            models.CheckConstraint(
                name="base_product_weighs_at_least_nothing",
                condition=Q(weight__gte=0, volume__gte=0),
                violation_error_message=_("Weight and volume are never negative."),
            ),
        )
        indexes = (
            models.Index(fields=("reference", "full_name", "id"), name="base_product_by_reference"),
            search_index("base_product_search"),
            models.Index(
                fields=("image",), name="base_product_by_image", condition=Q(image__isnull=False)
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(but=("full_name", "full_name_en", "full_name_ind", "search_text")),
            DERIVED,
        )

    def __str__(self) -> str:
        return self.full_name or f"{self.template}"

    @property
    def unit(self) -> "UnitOfMeasure":
        """The unit it is counted in: the template's."""
        return self.template.unit

    @property
    def sales_price(self) -> Decimal:
        """The template's price and what this variant costs more, per unit, in the company's currency."""
        return Decimal(self.template.list_price) + Decimal(self.price_extra)
