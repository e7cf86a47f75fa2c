"""Scheduled jobs: what the house does by the clock."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models.noun import Noun
from base.triggers import remember


class ScheduledJobQuerySet(models.QuerySet["ScheduledJob"]):
    """The questions we ask of scheduled jobs."""

    def active(self) -> Self:
        """Those that run."""
        return self.filter(is_active=True)


class ScheduledJob(Noun):
    """A task that runs by the clock, as a module's manifest asks for. An administrator may switch it off.

    `cron` is minute, hour, day of month, month, day of week, in company time: the time zone of the first company.
    `next_run_at` is what the clock makes of that; it is empty while the job is switched off.
    """

    company_path = None
    display_field = "name"
    search_fields = ("name", "key", "task")

    class Unit(models.TextChoices):
        MINUTES = "minutes", _("minutes")
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")

    key = models.CharField(_("key"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=240)
    task = models.CharField(_("task"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    cron = models.CharField(_("runs at"), max_length=80)
    interval_number = models.PositiveIntegerField(_("runs every"), default=1)
    interval_unit = models.CharField(
        _("interval"), max_length=8, choices=Unit.choices, default=Unit.DAYS
    )
    priority = models.IntegerField(_("priority"), default=5)
    user = models.ForeignKey(
        "base.User",
        verbose_name=_("runs as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    last_run_at = models.DateTimeField(_("last run"), null=True, blank=True, editable=False)
    next_run_at = models.DateTimeField(_("next run"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = ScheduledJobQuerySet.as_manager()

    class Meta(Noun.Meta):
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")
        ordering = ("name", "id")
        permissions = (("run_scheduledjob", _("Can run scheduled jobs at once")),)
        triggers = (*Noun.Meta.triggers, remember(but=("last_run_at", "next_run_at")))

    def __str__(self) -> str:
        return self.name
