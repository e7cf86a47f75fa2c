"""Scheduled jobs: what the house does by the clock, and how each run went."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
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

    `cron` is minute, hour, day of month, month, day of week, in the house's time zone.
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


class JobRunQuerySet(models.QuerySet["JobRun"]):
    """The questions we ask of runs of jobs."""

    def unfinished(self) -> Self:
        """Those queued or running."""
        return self.filter(state__in=(JobRun.State.QUEUED, JobRun.State.RUNNING))

    def failed(self) -> Self:
        """Those that ended in an error."""
        return self.filter(state=JobRun.State.FAILED)


class JobRun(models.Model):
    """One run of a task: when, for whom, and how it ended. This row is the truth, the queue only wakes it up."""

    company_path = None

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    job = models.ForeignKey(
        ScheduledJob,
        verbose_name=_("job"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="runs",
    )
    task = models.CharField(_("task"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    user = models.ForeignKey(
        "base.User",
        verbose_name=_("started by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField(_("queued at"), db_default=Now())
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    result = models.JSONField(_("result"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True, default="")

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="base_jobrun_state_known",
                condition=Q(state__in=("queued", "running", "done", "failed")),
            ),
            models.CheckConstraint(
                name="base_jobrun_finishes_after_it_starts",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
            ),
        )
        indexes = (
            models.Index(
                fields=("state", "queued_at"),
                name="base_jobrun_unfinished",
                condition=Q(state__in=("queued", "running")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"
