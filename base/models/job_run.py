"""Runs of jobs: what is to be done, by whom it was asked for, how far it is and how it ended."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

UNFINISHED = ("queued", "running")


class JobRunQuerySet(models.QuerySet["JobRun"]):
    """The questions we ask of runs of jobs."""

    def unfinished(self) -> Self:
        """Those queued or running."""
        return self.filter(state__in=UNFINISHED)

    def failed(self) -> Self:
        """Those that ended without doing their work, and wait for somebody to look at them."""
        return self.filter(state__in=(JobRun.State.FAILED, JobRun.State.DEAD))

    def due(self) -> Self:
        """Those that wait for nothing but a worker."""
        return self.filter(state=JobRun.State.QUEUED, run_after__lte=Now())

    def lost(self) -> Self:
        """Those whose worker has not been heard of for the length of a lease."""
        return self.filter(state=JobRun.State.RUNNING, lease_until__lt=Now())

    def locked(self) -> Self:
        """Hold the rows until commit, in one order."""
        return self.order_by("pk").select_for_update(of=("self",))


class JobRun(models.Model):
    """One run of a job. This row is the truth; the queue only wakes somebody up to look at it.

    queued → running → done. A rule that says no ends it as failed, a defect as queued again and, after its last try,
    as dead; a person may cancel it before, and queue what failed, died or was cancelled again. While it runs, its
    worker renews a lease; a run whose lease has run out is given to another worker. `attempts` counts how often it was
    begun, and only the attempt of that number may write its outcome. Of the runs with one key, at most one is
    unfinished.
    """

    company_path = None

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        DEAD = "dead", _("Given up")
        CANCELLED = "cancelled", _("Cancelled")

    job = models.ForeignKey(
        "base.ScheduledJob",
        verbose_name=_("scheduled job"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="runs",
    )
    task = models.CharField(_("task"), max_length=200)
    arguments = models.JSONField(
        _("arguments"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )
    key = models.CharField(_("key"), max_length=200, blank=True, default="")
    priority = models.SmallIntegerField(_("priority"), default=5)
    user = models.ForeignKey(
        "base.User",
        verbose_name=_("runs as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    company_ids = ArrayField(
        models.BigIntegerField(), verbose_name=_("companies"), default=list, blank=True
    )
    asked_by = models.ForeignKey(
        "base.User",
        verbose_name=_("asked for by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField(_("asked for at"), db_default=Now())
    run_after = models.DateTimeField(_("not before"), db_default=Now())
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    lease_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True, default="")
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    failures = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    is_cancelling = models.BooleanField(_("to be cancelled"), default=False)
    steps_done = models.PositiveIntegerField(_("steps done"), default=0)
    steps_total = models.PositiveIntegerField(_("steps in all"), null=True, blank=True)
    note = models.CharField(_("at work on"), max_length=200, blank=True, default="")
    result = models.JSONField(_("result"), null=True, blank=True, encoder=DjangoJSONEncoder)
    error = models.TextField(_("error"), blank=True, default="")

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering = ("-id",)
        permissions = (("steer_jobrun", _("Can see, cancel and repeat everybody's jobs")),)
        constraints = (
            models.CheckConstraint(
                name="base_jobrun_state_known",
                condition=Q(state__in=("queued", "running", "done", "failed", "dead", "cancelled")),
            ),
            models.CheckConstraint(
                name="base_jobrun_finishes_after_it_starts",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="base_jobrun_finished_has_a_time",
                condition=Q(state__in=UNFINISHED, finished_at__isnull=True)
                | ~Q(state__in=UNFINISHED) & Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="base_jobrun_running_holds_a_lease",
                condition=Q(state="running", lease_until__isnull=False)
                | ~Q(state="running") & Q(lease_until__isnull=True),
            ),
            models.UniqueConstraint(
                name="base_jobrun_unfinished_once_by_key",
                fields=("key",),
                condition=Q(state__in=UNFINISHED) & ~Q(key=""),
                violation_error_message=_("This job is waiting or running already."),
            ),
        )
        indexes = (
            models.Index(
                fields=("priority", "run_after", "id"),
                name="base_jobrun_waiting",
                condition=Q(state="queued"),
            ),
            models.Index(
                fields=("lease_until",), name="base_jobrun_running", condition=Q(state="running")
            ),
            models.Index(
                fields=("-id",),
                name="base_jobrun_to_look_at",
                condition=Q(state__in=("failed", "dead")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"
