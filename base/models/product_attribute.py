"""What products vary by: attributes such as color, and their values such as red."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.money import ZERO, PriceField

TELLS_VARIANTS = pgtrigger.Trigger(
    name="tells_variants",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("name", "name_en", "name_ind"),
    func="""
        UPDATE base_product SET template_id = template_id WHERE id IN (
            SELECT pv.product_id FROM base_product_values pv
              JOIN base_producttemplateattributevalue v ON v.id = pv.producttemplateattributevalue_id
             WHERE v.value_id = NEW.id
        );
        RETURN NULL;
    """,
)


class ProductAttribute(Noun):
    """What products vary by, such as color or size, and whether each combination becomes a variant."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    class Display(models.TextChoices):
        RADIO = "radio", _("Radio buttons")
        PILLS = "pills", _("Pills")
        SELECT = "select", _("List")
        COLOR = "color", _("Color")
        MULTI = "multi", _("Several at once")
        IMAGE = "image", _("Picture")

    class Variants(models.TextChoices):
        ALWAYS = "always", _("made at once")
        ON_DEMAND = "dynamic", _("made when first wanted")
        NEVER = "no_variant", _("never made")

    name = models.CharField(_("name"), max_length=80)
    display = models.CharField(
        _("shown as"), max_length=8, choices=Display.choices, default=Display.RADIO
    )
    variants = models.CharField(
        _("variants are"), max_length=12, choices=Variants.choices, default=Variants.ALWAYS
    )
    sequence = models.IntegerField(_("sequence"), default=10)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("product attribute")
        verbose_name_plural = _("product attributes")
        ordering = ("sequence", "id")
        constraints = (
            models.CheckConstraint(
                name="base_productattribute_several_at_once_makes_no_variants",
                condition=~Q(display="multi") | Q(variants="no_variant"),
                violation_error_message=_(
                    "An attribute of which several values are chosen at once makes no variants."
                ),
            ),
        )
        triggers = (*Noun.Meta.triggers, both_languages("name"))

    def __str__(self) -> str:
        return self.name


class ProductAttributeValue(Noun):
    """One value of an attribute, such as red."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    attribute = models.ForeignKey(
        ProductAttribute,
        verbose_name=_("attribute"),
        on_delete=models.CASCADE,
        related_name="values",
    )
    name = models.CharField(_("name"), max_length=80)
    html_color = models.CharField(_("color"), max_length=16, blank=True, default="")
    default_price_extra = PriceField(_("costs more by default"), default=ZERO)
    is_custom = models.BooleanField(_("customer writes it"), default=False)
    sequence = models.IntegerField(_("sequence"), default=10)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("attribute value")
        verbose_name_plural = _("attribute values")
        ordering = ("attribute_id", "sequence", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_productattributevalue_once_per_attribute",
                fields=("attribute", "name"),
                violation_error_message=_("The attribute already has this value."),
            ),
        )
        triggers = (*Noun.Meta.triggers, both_languages("name"), TELLS_VARIANTS)

    def __str__(self) -> str:
        return self.name
