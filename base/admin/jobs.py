"""Scheduled jobs and how their runs went."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from base.admin.audit import SHELF
from base.admin.deeds import Deed
from base.admin.filters import CHOICE, MOMENTS, LinkFilter
from base.admin.forms import OfficeForm
from base.admin.office import Office, SeenOffice
from base.admin.parts import SeenParts
from base.house import house
from base.jobs import label_of
from base.models import Company, JobRun, ScheduledJob
from base.models.job_run import UNFINISHED
from base.schedules import checked, described, set_clocks
from base.services import jobs as steering


class ScheduledJobForm(OfficeForm):
    """When a job runs."""

    def clean_cron(self) -> str:
        """Refuse times that the clock does not understand."""
        return checked(str(self.cleaned_data["cron"]))


def _resting(job: ScheduledJob) -> bool:
    return not job.is_active


def _running(job: ScheduledJob) -> bool:
    return job.is_active


class RunParts(SeenParts):
    """How its runs went."""

    model = JobRun
    fields = ("queued_at", "state", "started_at", "finished_at", "attempts", "asked_by", "error")
    verbose_name_plural = _("runs")
    per_page = 20

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The latest first."""
        return super().get_queryset(request).select_related("asked_by__partner").order_by("-id")


@admin.register(ScheduledJob)
class ScheduledJobOffice(Office):
    """What the house does by the clock."""

    icon = "schedule"
    shelf = SHELF
    form = ScheduledJobForm
    list_display = ("name", "shown_times", "shown_next", "last_run_at", "is_active")
    list_filter = ("is_active",)
    may_add = may_delete = False
    fieldsets = (
        (None, {"fields": ("name", "is_active")}),
        (_("When it runs"), {"fields": ("cron", "shown_times", "shown_zone", "shown_next")}),
        (_("What it does"), {"fields": ("key", "task", "arguments", "user", "priority")}),
    )
    readonly_fields = ("key", "task", "arguments", "shown_times", "shown_zone", "shown_next")
    hidden = ("interval_number", "interval_unit", "next_run_at")
    inlines = (RunParts,)
    deeds = (
        Deed(
            name="run",
            label=_("Run now"),
            permission="base.run_scheduledjob",
            run=steering.run_now,
            icon="play_arrow",
            done=_("The job is waiting for its turn."),
        ),
        Deed(
            name="archive",
            label=_("Pause"),
            permission="base.change_scheduledjob",
            run=partial(steering.switch, on=False),
            fits=_running,
            icon="pause",
        ),
        Deed(
            name="unarchive",
            label=_("Resume"),
            permission="base.change_scheduledjob",
            run=partial(steering.switch, on=True),
            fits=_resting,
            icon="resume",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with the zone its times are shown in, so that a list asks for it once."""
        zone = Company.objects.order_by("pk").values("timezone")[:1]
        return super().get_queryset(request).annotate(house_zone=Subquery(zone))

    @admin.display(description=_("runs"))
    def shown_times(self, job: ScheduledJob) -> str:
        """When it runs, in words."""
        return described(job.cron)

    @admin.display(description=_("times are those of"))
    def shown_zone(self, job: ScheduledJob) -> str:
        """Whose clock counts."""
        ours = house()
        return f"{ours.name}: {ours.timezone}"

    @admin.display(description=_("next run"), ordering="next_run_at")
    def shown_next(self, job: ScheduledJob) -> str:
        """When it runs next, in company time."""
        if not job.is_active or job.next_run_at is None:
            return "—"
        zone = ZoneInfo(getattr(job, "house_zone", None) or house().timezone)
        return date_format(job.next_run_at.astimezone(zone), "DATETIME_FORMAT")

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and set the clock anew."""
        super().write(request, form, formsets, change)
        set_clocks([form.instance])


@admin.register(JobRun)
class JobRunOffice(SeenOffice):
    """How each run of a job went."""

    icon = "task_alt"
    shelf = SHELF
    list_display = (
        "called",
        "shown_state",
        "asked_by",
        "queued_at",
        "started_at",
        "attempts",
        "shown_error",
    )
    list_filter = (("state", CHOICE), ("job", LinkFilter), ("queued_at", MOMENTS))
    search_fields = ("task", "error")
    date_hierarchy = "queued_at"
    record_fields = False
    always_with = ("job", "asked_by", "user")
    fieldsets = (
        (None, {"fields": ("task", "job", "state", "asked_by", "user", "priority", "key")}),
        (
            _("Times"),
            {"fields": ("queued_at", "run_after", "started_at", "finished_at", "lease_until")},
        ),
        (
            _("Progress"),
            {"fields": ("steps_done", "steps_total", "note", "attempts", "failures", "worker")},
        ),
        (
            _("Outcome"),
            {"fields": ("error", "result", "arguments", "company_ids", "is_cancelling")},
        ),
    )
    deeds = (
        Deed(
            name="cancel",
            label=_("Cancel"),
            permission="base.steer_jobrun",
            run=steering.cancel,
            fits=lambda run: run.state in UNFINISHED and not run.is_cancelling,
            icon="cancel",
        ),
        Deed(
            name="repeat",
            label=_("Try again"),
            permission="base.steer_jobrun",
            run=steering.repeat,
            fits=lambda run: run.state in steering.ENDED_WITHOUT,
            icon="replay",
        ),
    )

    @admin.display(description=_("error"))
    def shown_error(self, run: JobRun) -> str:
        """The first words of why it failed."""
        return Truncator(run.error).chars(120)

    @admin.display(description=_("job"), ordering="task")
    def called(self, run: JobRun) -> str:
        """What people call it, and its number."""
        return f"{label_of(run.task)} #{run.pk}"

    @display(
        description=_("state"),
        ordering="state",
        label={
            JobRun.State.DONE.value: "success",
            JobRun.State.FAILED.value: "danger",
            JobRun.State.DEAD.value: "danger",
            JobRun.State.RUNNING.value: "info",
            JobRun.State.QUEUED.value: "warning",
        },
    )
    def shown_state(self, run: JobRun) -> tuple[str, str]:
        """The state, in its color."""
        return run.state, run.get_state_display()
