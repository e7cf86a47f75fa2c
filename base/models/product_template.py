"""Product templates: what we buy, sell, make or do, whatever its variants."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Count, F, Func, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from base.html import HtmlField
from base.languages import both_languages
from base.models.noun import Noun
from base.models.product import Product
from base.money import ZERO, PriceField
from base.search import search_index, search_text
from base.triggers import remember

FIRST_VARIANT = pgtrigger.Trigger(
    name="first_variant",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (SELECT FROM base_product WHERE template_id = NEW.id)
            AND NOT EXISTS (SELECT FROM base_producttemplateattributeline WHERE template_id = NEW.id)
            AND EXISTS (SELECT FROM base_producttemplate WHERE id = NEW.id)
        THEN
            INSERT INTO base_product (
                template_id, reference, barcode, cost, weight, volume, price_extra, combination,
                full_name, is_active
            ) VALUES (NEW.id, '', '', 0, 0, 0, 0, '', '', NEW.is_active);
        END IF;
        RETURN NULL;
    """,
)
TELLS_VARIANTS = pgtrigger.Trigger(
    name="tells_variants",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("name", "name_en", "name_ind", "is_active"),
    func="""
        IF OLD.is_active <> NEW.is_active THEN
            UPDATE base_product p SET is_active = NEW.is_active AND NOT EXISTS (
                SELECT FROM base_producttemplateattributevalue v
                 WHERE NOT v.is_active
                   AND v.id = ANY (string_to_array(nullif(p.combination, ''), ',')::bigint[])
            ) WHERE p.template_id = NEW.id;
        ELSIF (OLD.name, OLD.name_en, OLD.name_ind) IS DISTINCT FROM (NEW.name, NEW.name_en, NEW.name_ind)
        THEN
            UPDATE base_product SET template_id = template_id WHERE template_id = NEW.id;
        END IF;
        RETURN NULL;
    """,
)


class ProductTemplateQuerySet(models.QuerySet["ProductTemplate"]):
    """The questions we ask of product templates."""

    def active(self) -> Self:
        """Those that have not been archived."""
        return self.filter(is_active=True)

    def sold(self) -> Self:
        """What customers may be offered."""
        return self.filter(is_active=True, can_be_sold=True)

    def purchased(self) -> Self:
        """What vendors may be asked for."""
        return self.filter(is_active=True, can_be_purchased=True)

    def with_variant_count(self) -> Self:
        """With `variant_count`, the number of active variants."""
        return self.annotate(variant_count=Count("products", filter=Q(products__is_active=True)))


class ProductTemplate(Noun):
    """What we buy, sell, make or do. Goods may be kept in stock; what is ordered and counted are its variants.

    Reference, barcode, cost and weight belong to the variant. A template always has one: the database adds it.
    """

    display_field = "name"
    search_fields = ("name", "products__reference", "products__barcode")

    class Kind(models.TextChoices):
        GOODS = "consu", _("Goods")
        SERVICE = "service", _("Service")
        COMBO = "combo", _("Combo")

    name = models.CharField(_("name"), max_length=240)
    search_text = search_text("name_en", "name_ind")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.GOODS)
    is_storable = models.BooleanField(_("kept in stock"), default=False)
    can_be_sold = models.BooleanField(_("can be sold"), default=True)
    can_be_purchased = models.BooleanField(_("can be purchased"), default=True)
    category = models.ForeignKey(
        "base.ProductCategory",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="templates",
    )
    tags = models.ManyToManyField(
        "base.ProductTag", verbose_name=_("tags"), blank=True, related_name="templates"
    )
    list_price = PriceField(_("sales price"), default=ZERO)
    unit = models.ForeignKey(
        "base.UnitOfMeasure", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    more_units = models.ManyToManyField(
        "base.UnitOfMeasure", verbose_name=_("packagings"), blank=True, related_name="+"
    )
    description = HtmlField(_("internal notes"), blank=True, default="")
    sale_description = models.TextField(_("text for quotations"), blank=True, default="")
    purchase_description = models.TextField(_("text for vendors"), blank=True, default="")
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    country_of_origin = models.ForeignKey(
        "base.Country",
        verbose_name=_("country of origin"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    hs_code = models.CharField(_("HS code"), max_length=24, blank=True, default="")
    image = models.ForeignKey(
        "base.Attachment",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    sequence = models.IntegerField(_("sequence"), default=1)
    color = models.IntegerField(_("color"), default=0)
    is_favorite = models.BooleanField(_("favorite"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    objects = ProductTemplateQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("-is_favorite", "name", "id")
        constraints = (
            models.CheckConstraint(
                name="base_producttemplate_is_named",
                condition=~Q(name=""),
                violation_error_message=_("A product needs a name."),
            ),
            models.CheckConstraint(
                name="base_producttemplate_kind_known",
                condition=Q(kind__in=("consu", "service", "combo")),
            ),
            models.CheckConstraint(
                name="base_producttemplate_only_goods_are_kept_in_stock",
                condition=Q(is_storable=False) | Q(kind="consu"),
                violation_error_message=_("Only goods can be kept in stock."),
            ),
        )
        indexes = (
            models.Index(fields=("-is_favorite", "name", "id"), name="base_template_by_name"),
            search_index("base_template_search"),
            models.Index(
                fields=("image",), name="base_template_by_image", condition=Q(image__isnull=False)
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name", "sale_description", "purchase_description"),
            remember(but=("search_text",)),
            FIRST_VARIANT,
            TELLS_VARIANTS,
        )

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def of_only_variant(field: str, template: str = "pk") -> Subquery:
        """A field of the variant, for templates that have exactly one active variant; otherwise null."""
        alone = "CASE WHEN count(*) = 1 THEN min(%(expressions)s) END"
        variants = Product.objects.filter(template=OuterRef(template), is_active=True).order_by()
        kind: Any = type(Product._meta.get_field(field))
        only = Func(F(field), template=alone, output_field=kind())
        return Subquery(variants.annotate(only=only).values("only"))
