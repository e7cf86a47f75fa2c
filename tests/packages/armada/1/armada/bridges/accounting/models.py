"""What accounting knows of a vehicle."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class VehicleAccounting(Noun):
    """The invoice by which a vehicle was sold."""

    company_path = "vehicle__company"

    vehicle = models.OneToOneField(
        "armada.Vehicle",
        verbose_name=_("vehicle"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="accounting",
    )
    invoice = models.ForeignKey(
        "accounting.JournalEntry",
        verbose_name=_("invoice"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    class Meta(Noun.Meta):
        verbose_name = _("accounting of a vehicle")
        verbose_name_plural = _("accounting of vehicles")
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return str(self.vehicle)
