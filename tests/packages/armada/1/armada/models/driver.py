"""What makes a driver of a partner."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class Driver(Noun):
    """The driving licence (SIM) of a partner. Shared by all companies, as the partner is."""

    company_path = None

    class LicenceClass(models.TextChoices):
        A = "A", _("A: car")
        B1 = "B1", _("B1: lorry or bus")
        B2 = "B2", _("B2: trailer")
        C = "C", _("C: motorcycle")

    partner = models.OneToOneField(
        "base.Partner",
        verbose_name=_("partner"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="armada",
    )
    licence_number = models.CharField(_("licence number"), max_length=14, blank=True, default="")
    licence_class = models.CharField(
        _("licence class"),
        max_length=2,
        choices=LicenceClass.choices,
        blank=True,
        default="",
    )
    licence_expiry_date = models.DateField(_("licence expires on"), null=True, blank=True)

    class Meta(Noun.Meta):
        verbose_name = _("driver")
        verbose_name_plural = _("drivers")
        constraints = (
            models.CheckConstraint(
                name="armada_driver_licence_is_a_number",
                condition=Q(licence_number="") | Q(licence_number__regex=r"^\d{12,14}$"),
                violation_error_message=_("A licence number has 12 to 14 digits."),
            ),
        )
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return str(self.partner)
