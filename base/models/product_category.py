"""Product categories and product tags."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.trees import full_name, full_name_below, no_circle
from base.triggers import remember


class ProductCategory(Noun):
    """A shelf of the catalogue, such as "Food / Tea". Modules hang their defaults on it: accounts, costing, routes."""

    company_path = None
    display_field = "complete_name"
    search_fields = ("complete_name",)

    name = models.CharField(_("name"), max_length=120)
    complete_name = models.CharField(_("full name"), max_length=500, editable=False, default="")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("below"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    class Meta(Noun.Meta):
        verbose_name = _("product category")
        verbose_name_plural = _("product categories")
        ordering = ("complete_name", "id")
        constraints = (
            models.CheckConstraint(
                name="base_productcategory_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A category cannot hang below itself."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name"),
            remember(but=("complete_name", "complete_name_en", "complete_name_ind")),
            no_circle(
                "base_productcategory_no_circle",
                sentence=_("A category cannot hang below itself."),
            ),
            full_name("en", "ind"),
            full_name_below("en", "ind"),
        )

    def __str__(self) -> str:
        return self.complete_name or self.name


class ProductTag(Noun):
    """A tag on products, such as "New"."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=80)
    color = models.CharField(_("color"), max_length=16, blank=True, default="#3C3C3C")
    sequence = models.IntegerField(_("sequence"), default=10)

    class Meta(Noun.Meta):
        verbose_name = _("product tag")
        verbose_name_plural = _("product tags")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                name="base_producttag_name_once",
                fields=("name",),
                violation_error_message=_("There is already a tag with this name."),
            ),
        )
        triggers = (*Noun.Meta.triggers, both_languages("name"))

    def __str__(self) -> str:
        return self.name
