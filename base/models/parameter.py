"""Parameters: settings of the house that are changed while it runs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class Parameter(Noun):
    """A setting known by its key, such as `base.login_cooldown_after`. The value is text."""

    company_path = None
    display_field = "key"
    search_fields = ("key",)

    key = models.CharField(_("key"), max_length=240, unique=True)
    value = models.TextField(_("value"), blank=True)

    class Meta(Noun.Meta):
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        ordering = ("key",)
        constraints = (
            models.CheckConstraint(name="base_parameter_has_a_key", condition=~Q(key="")),
        )
        triggers = (*Noun.Meta.triggers, remember())

    def __str__(self) -> str:
        return self.key
