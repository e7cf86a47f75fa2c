"""How a template varies: its attribute lines, and the values that they offer."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.money import ZERO, PriceField

PART_OF = pgtrigger.Trigger(
    name="part_of_template",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("line_id", "template_id"),
    func="""
        SELECT template_id INTO NEW.template_id
          FROM base_producttemplateattributeline WHERE id = NEW.line_id;
        RETURN NEW;
    """,
)

TELLS_VARIANTS = pgtrigger.Trigger(
    name="tells_variants",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("price_extra"),
    func="""
        UPDATE base_product SET template_id = template_id WHERE template_id = NEW.template_id;
        RETURN NULL;
    """,
)


class ProductTemplateAttributeLine(Noun):
    """A template varies by this attribute, in these values. `products.update_variants` makes the variants."""

    company_path = "template__company"
    display_field = "attribute"
    search_fields = ("attribute__name",)

    template = models.ForeignKey(
        "base.ProductTemplate",
        verbose_name=_("template"),
        on_delete=models.CASCADE,
        related_name="attribute_lines",
    )
    attribute = models.ForeignKey(
        "base.ProductAttribute",
        verbose_name=_("attribute"),
        on_delete=models.PROTECT,
        related_name="lines",
    )
    values = models.ManyToManyField(
        "base.ProductAttributeValue", verbose_name=_("values"), related_name="lines", blank=True
    )
    sequence = models.IntegerField(_("sequence"), default=10)

    class Meta(Noun.Meta):
        verbose_name = _("attribute of a product")
        verbose_name_plural = _("attributes of a product")
        ordering = ("sequence", "attribute_id", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_producttemplateattributeline_attribute_once",
                fields=("template", "attribute"),
                violation_error_message=_("The product already varies by this attribute."),
            ),
        )

    def __str__(self) -> str:
        return str(self.attribute)


class ProductTemplateAttributeValue(Noun):
    """One value that a template offers, and what it costs more. Archived, not deleted, while a variant has it."""

    company_path = "template__company"
    display_field = "value"
    search_fields = ("value__name",)

    line = models.ForeignKey(
        ProductTemplateAttributeLine,
        verbose_name=_("attribute of the product"),
        on_delete=models.CASCADE,
        related_name="template_values",
    )
    value = models.ForeignKey(
        "base.ProductAttributeValue",
        verbose_name=_("value"),
        on_delete=models.PROTECT,
        related_name="template_values",
    )
    template = models.ForeignKey(
        "base.ProductTemplate",
        verbose_name=_("template"),
        editable=False,
        on_delete=models.CASCADE,
        related_name="+",
    )
    price_extra = PriceField(_("costs more"), default=ZERO)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("value of a product's attribute")
        verbose_name_plural = _("values of a product's attributes")
        ordering = ("line_id", "value_id", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_producttemplateattributevalue_once_per_line", fields=("line", "value")
            ),
        )
        triggers = (*Noun.Meta.triggers, PART_OF, TELLS_VARIANTS)

    def __str__(self) -> str:
        return str(self.value)
