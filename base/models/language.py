"""Languages, and how each writes dates and numbers."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun


class LanguageQuerySet(models.QuerySet["Language"]):
    """The questions we ask of languages."""

    def active(self) -> Self:
        """Those that people may choose."""
        return self.filter(is_active=True)


class Language(Noun):
    """A language with its country's habits, such as `en_US`. `django_code` is the one users and partners carry."""

    company_path = None
    display_field = "name"
    search_fields = ("name", "code")

    class Direction(models.TextChoices):
        LEFT_TO_RIGHT = "ltr", _("Left to right")
        RIGHT_TO_LEFT = "rtl", _("Right to left")

    class TimeFormat(models.TextChoices):
        TWENTY_FOUR_HOURS = "%H:%M:%S", _("13:00:00")
        TWELVE_HOURS = "%I:%M:%S %p", _("1:00:00 PM")

    code = models.CharField(_("code"), max_length=16, unique=True)
    django_code = models.CharField(_("short code"), max_length=16)
    iso_code = models.CharField(_("ISO code"), max_length=16, blank=True, default="")
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("active"), default=False)
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction.choices, default=Direction.LEFT_TO_RIGHT
    )
    date_format = models.CharField(_("date format"), max_length=32, default="%m/%d/%Y")
    time_format = models.CharField(
        _("time format"),
        max_length=16,
        choices=TimeFormat.choices,
        default=TimeFormat.TWENTY_FOUR_HOURS,
    )
    week_start = models.PositiveSmallIntegerField(_("first day of the week"), default=1)
    grouping = models.CharField(_("grouping of digits"), max_length=16, default="[3,0]")
    decimal_point = models.CharField(_("decimal sign"), max_length=2, default=".")
    thousands_separator = models.CharField(
        _("thousands separator"), max_length=2, blank=True, default=","
    )

    objects = LanguageQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ("-is_active", "name", "id")
        constraints = (
            models.CheckConstraint(
                name="base_language_week_starts_on_a_day",
                condition=Q(week_start__gte=1, week_start__lte=7),
                violation_error_message=_(
                    "The week starts on a day from 1 (Monday) to 7 (Sunday)."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name
