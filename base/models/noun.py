"""What every noun of the house carries: who made it and who changed it last, kept by the database."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from base.triggers import authorship


class Noun(models.Model):
    """A record that people and programs work with. A trigger keeps its authorship, for every door."""

    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        "base.User",
        verbose_name=_("created by"),
        null=True,
        editable=False,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed at"), db_default=Now(), editable=False)
    changed_by = models.ForeignKey(
        "base.User",
        verbose_name=_("changed by"),
        null=True,
        editable=False,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    class Meta:
        abstract = True
        triggers: tuple[pgtrigger.Trigger, ...] = (authorship(),)
