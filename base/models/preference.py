"""Preferences: how somebody likes the pages to look, on every machine."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """How one user likes the pages: light or dark, with how much room between the lines."""

    company_path = None

    class Theme(models.TextChoices):
        SYSTEM = "", _("As the machine")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        COMFORTABLE = "", _("Comfortable")
        COMPACT = "compact", _("Compact")

    user = models.OneToOneField(
        "base.User",
        verbose_name=_("user"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="preference",
    )
    theme = models.CharField(
        _("theme"), max_length=8, blank=True, choices=Theme.choices, default=Theme.SYSTEM
    )
    density = models.CharField(
        _("density"), max_length=12, blank=True, choices=Density.choices, default=""
    )

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = (
            models.CheckConstraint(
                name="base_preference_known",
                condition=Q(theme__in=("", "light", "dark"), density__in=("", "compact")),
            ),
        )

    def __str__(self) -> str:
        return str(self.user)
