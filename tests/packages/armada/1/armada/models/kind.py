"""Kinds of vehicles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.languages import both_languages
from base.models.noun import Noun
from base.triggers import remember


class VehicleKind(Noun):
    """A kind of vehicle, such as a lorry, and how long before its road tax is due somebody is told."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=80)
    sequence = models.IntegerField(_("sequence"), default=10)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=14)

    class Meta(Noun.Meta):
        verbose_name = _("kind of vehicle")
        verbose_name_plural = _("kinds of vehicles")
        ordering = ("sequence", "id")
        triggers = (*Noun.Meta.triggers, both_languages("name"), remember())

    def __str__(self) -> str:
        return self.name
