"""Wizards: what a program has filled in so far, kept for a day."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=1)


class WizardQuerySet(models.QuerySet["Wizard"]):
    """The questions we ask of wizards."""

    def forgotten(self, now: datetime) -> Self:
        """Those nobody will come back to."""
        return self.filter(created_at__lt=now - KEPT)


class Wizard(models.Model):
    """Values that a program fills in before it asks for something to be done, such as a payment to register.

    Only whoever began it sees it. `context` is what the client said when it began: above all, about which records.
    """

    company_path = None

    model = models.CharField(_("kind"), max_length=120)
    user = models.ForeignKey(
        "base.User", verbose_name=_("begun by"), on_delete=models.CASCADE, related_name="+"
    )
    values = models.JSONField(_("values"), default=dict)
    context = models.JSONField(_("context"), default=dict)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = WizardQuerySet.as_manager()

    class Meta:
        verbose_name = _("wizard")
        verbose_name_plural = _("wizards")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="rpc_wizard_is_of_a_kind", condition=~Q(model="")),
        )
        indexes = (models.Index(name="rpc_wizard_by_age", fields=("created_at",)),)

    def __str__(self) -> str:
        return f"{self.model},{self.pk}"
