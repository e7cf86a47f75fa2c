"""Locations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.trees import full_name, full_name_below, no_circle
from base.triggers import remember


class Location(Noun):
    """A place where goods can be: a shelf, a warehouse, or somewhere outside such as "at the customer's".

    Goods never appear or vanish: they move from one location to another. A location without a company is outside
    of all of them.
    """

    display_field = "complete_name"
    search_fields = ("complete_name", "barcode")

    class Usage(models.TextChoices):
        SUPPLIER = "supplier", _("At the vendor's")
        VIEW = "view", _("Heading only")
        INTERNAL = "internal", _("Internal")
        CUSTOMER = "customer", _("At the customer's")
        INVENTORY = "inventory", _("Inventory loss")
        PRODUCTION = "production", _("Production")
        TRANSIT = "transit", _("In transit")

    name = models.CharField(_("name"), max_length=120)
    complete_name = models.CharField(_("full name"), max_length=500, editable=False, default="")
    usage = models.CharField(
        _("kind"), max_length=12, choices=Usage.choices, default=Usage.INTERNAL
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("inside"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    barcode = models.CharField(_("barcode"), max_length=64, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ("complete_name", "id")
        constraints = (
            models.UniqueConstraint(
                name="inventory_location_barcode_once_per_company",
                fields=("company", "barcode"),
                condition=~Q(barcode=""),
                violation_error_message=_("Another location of this company has this barcode."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            both_languages("name"),
            remember(but=("complete_name", "complete_name_en", "complete_name_ind")),
            no_circle(
                "inventory_location_no_circle", sentence=_("A location cannot be inside itself.")
            ),
            full_name("en", "ind"),
            full_name_below("en", "ind"),
        )

    def __str__(self) -> str:
        return self.complete_name or self.name
