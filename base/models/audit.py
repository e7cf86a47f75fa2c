"""The audit trail: which verb was run by whom through which door, and what it changed."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from base.triggers import announce


class VerbRun(models.Model):
    """One run of a verb. Written by `base.audit`, never edited."""

    company_path = None

    user = models.ForeignKey(
        "base.User",
        verbose_name=_("user"),
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="+",
    )
    verb = models.CharField(_("verb"), max_length=120)
    door = models.CharField(_("door"), max_length=12)
    company = models.ForeignKey(
        "base.Company",
        verbose_name=_("company"),
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="+",
    )
    started_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("run of a verb")
        verbose_name_plural = _("audit trail")
        ordering = ("-id",)
        indexes = (models.Index(name="base_verbrun_by_user", fields=("user", "-id")),)

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class Change(models.Model):
    """What happened to one row: old and new values of the columns that changed. Written by trigger."""

    company_path = None

    class Operation(models.TextChoices):
        INSERT = "I", _("created")
        UPDATE = "U", _("changed")
        DELETE = "D", _("deleted")

    run = models.ForeignKey(
        VerbRun,
        verbose_name=_("run"),
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="changes",
    )
    model = models.CharField(_("table"), max_length=80)
    row_id = models.BigIntegerField(_("row"))
    operation = models.CharField(_("operation"), max_length=1, choices=Operation.choices)
    old = models.JSONField(_("old values"), null=True)
    new = models.JSONField(_("new values"), null=True)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("-id",)
        indexes = (models.Index(name="base_change_of_row", fields=("model", "row_id", "-id")),)
        triggers = (announce("NEW.model || ' ' || NEW.row_id", operation=pgtrigger.Insert),)

    def __str__(self) -> str:
        return f"{self.get_operation_display()} {self.model} {self.row_id}"
