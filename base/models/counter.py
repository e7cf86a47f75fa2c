"""Counters behind numbers without gaps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """The last number taken under a key, such as `accounting.journal.3.2026`. See `base.sequences`."""

    company_path = None

    key = models.CharField(_("key"), max_length=120, primary_key=True)
    value = models.BigIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = (
            models.CheckConstraint(name="base_counter_not_negative", condition=Q(value__gte=0)),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"
