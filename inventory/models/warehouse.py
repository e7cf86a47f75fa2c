"""Warehouses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class Warehouse(Noun):
    """A place where a company keeps goods. Its code stands before the numbers of its operations."""

    display_field = "name"
    search_fields = ("name", "code")

    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("short name"), max_length=5)
    sequence = models.IntegerField(_("sequence"), default=10)
    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.PROTECT, related_name="+"
    )
    partner = models.ForeignKey(
        "base.Partner",
        verbose_name=_("address"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stock_location = models.ForeignKey(
        "inventory.Location",
        verbose_name=_("stock location"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")
        ordering = ("sequence", "id")
        constraints = (
            models.UniqueConstraint(
                name="inventory_warehouse_code_once_per_company",
                fields=("company", "code"),
                violation_error_message=_("Another warehouse of this company has this short name."),
            ),
            models.UniqueConstraint(
                name="inventory_warehouse_name_once_per_company",
                fields=("company", "name"),
                violation_error_message=_("Another warehouse of this company has this name."),
            ),
        )
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.name
