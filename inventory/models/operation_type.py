"""Kinds of operation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class OperationType(Noun):
    """A way in which goods move through a warehouse: receipts, deliveries, internal transfers."""

    display_field = "name"
    search_fields = ("name",)

    class Direction(models.TextChoices):
        INCOMING = "incoming", _("Receipt")
        OUTGOING = "outgoing", _("Delivery")
        INTERNAL = "internal", _("Internal transfer")

    name = models.CharField(_("name"), max_length=120)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    sequence = models.IntegerField(_("sequence"), default=10)
    prefix = models.CharField(_("prefix of numbers"), max_length=8)
    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.PROTECT, related_name="+"
    )
    warehouse = models.ForeignKey(
        "inventory.Warehouse",
        verbose_name=_("warehouse"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="operation_types",
    )
    source = models.ForeignKey(
        "inventory.Location", verbose_name=_("from"), on_delete=models.PROTECT, related_name="+"
    )
    destination = models.ForeignKey(
        "inventory.Location", verbose_name=_("to"), on_delete=models.PROTECT, related_name="+"
    )
    color = models.PositiveSmallIntegerField(_("colour"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("kind of operation")
        verbose_name_plural = _("kinds of operation")
        ordering = ("sequence", "id")
        constraints = (
            models.CheckConstraint(
                name="inventory_operationtype_goes_somewhere",
                condition=Q(direction="internal") | ~Q(source=models.F("destination")),
                violation_error_message=_("An operation leads from one location to another."),
            ),
        )
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.name
