"""Vehicles."""

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import DateField, ExpressionWrapper, F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.money import MoneyField
from base.triggers import forbid, remember


class VehicleQuerySet(models.QuerySet["Vehicle"]):
    """The questions we ask of vehicles."""

    def ours(self) -> Self:
        """Those we still have."""
        return self.exclude(state=Vehicle.State.SOLD)

    def due_for_notice(self, day: date) -> Self:
        """Those whose road tax is due so soon that somebody should be told."""
        notice = F("tax_due_date") - Cast("kind__notice_days", models.IntegerField())
        told_from = ExpressionWrapper(notice, output_field=DateField())
        return self.ours().annotate(told_from=told_from).filter(told_from__lte=day)

    def locked(self) -> Self:
        """Hold the rows until commit, in one order."""
        return self.order_by("pk").select_for_update(of=("self",))


class Vehicle(Noun):
    """A vehicle of a company. in_service → sold; a sold vehicle is final."""

    display_field = "plate"
    search_fields = ("plate", "make", "model_name")

    class State(models.TextChoices):
        IN_SERVICE = "in_service", _("In service")
        SOLD = "sold", _("Sold")

    company = models.ForeignKey(
        "base.Company", verbose_name=_("company"), on_delete=models.PROTECT, related_name="+"
    )
    plate = models.CharField(_("plate"), max_length=12)
    make = models.CharField(_("make"), max_length=60)
    model_name = models.CharField(_("model"), max_length=80, blank=True, default="")
    odometer = models.PositiveIntegerField(_("odometer (km)"), default=0)
    kind = models.ForeignKey(
        "armada.VehicleKind",
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        related_name="vehicles",
    )
    driver = models.ForeignKey(
        "base.Partner",
        verbose_name=_("driver"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vehicles",
    )
    tax_due_date = models.DateField(_("road tax due on"))
    state = models.CharField(
        _("status"),
        max_length=12,
        choices=State.choices,
        default=State.IN_SERVICE,
        editable=False,
    )
    sold_date = models.DateField(_("sold on"), null=True, blank=True, editable=False)
    buyer = models.ForeignKey(
        "base.Partner",
        verbose_name=_("buyer"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    price = MoneyField(_("price"), null=True, blank=True, editable=False)

    objects = VehicleQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        ordering = ("plate", "id")
        permissions = (("sell_vehicle", _("Can sell vehicles")), ("renew_tax", _("Can renew tax")))
        constraints = (
            models.UniqueConstraint(
                fields=("company", "plate"),
                name="armada_vehicle_plate_once_per_company",
                violation_error_message=_("There is a vehicle with this plate already."),
            ),
            models.CheckConstraint(
                name="armada_vehicle_plate_in_three_parts",
                condition=Q(plate__regex=r"^[A-Z]{1,2} \d{1,4}( [A-Z]{1,3})?$"),
                violation_error_message=_("A plate is written like B 1234 XYZ."),
            ),
            models.CheckConstraint(
                name="armada_vehicle_sold_to_somebody",
                condition=~Q(state="sold") | Q(sold_date__isnull=False, buyer__isnull=False),
                violation_error_message=_("A vehicle is sold to somebody on a day."),
            ),
        )
        triggers = (
            *Noun.Meta.triggers,
            remember(),
            forbid(
                "vehicle_sold_is_final",
                pgtrigger.Update,
                when=pgtrigger.Q(old__state="sold"),
                sentence=_("The vehicle is sold; it cannot be changed any more."),
            ),
        )

    def __str__(self) -> str:
        return self.plate
