"""Why opportunities are lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class LostReason(Noun):
    """Why an opportunity came to nothing, such as "Too expensive"."""

    company_path = None
    display_field = "name"
    search_fields = ("name",)

    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Noun.Meta):
        verbose_name = _("lost reason")
        verbose_name_plural = _("lost reasons")
        ordering = ("name", "id")
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.name
