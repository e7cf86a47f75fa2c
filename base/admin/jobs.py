"""Scheduled jobs and how their runs went."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from base import jobs
from base.actors import Actor
from base.admin.audit import SHELF
from base.admin.deeds import Deed
from base.admin.filters import CHOICE, MOMENTS, LinkFilter
from base.admin.forms import OfficeForm
from base.admin.office import Office, SeenOffice
from base.models import JobRun, ScheduledJob
from base.schedules import checked, set_clocks
from base.verbs import running


class ScheduledJobForm(OfficeForm):
    """When a job runs."""

    def clean_cron(self) -> str:
        """Refuse times that the clock does not understand."""
        return checked(str(self.cleaned_data["cron"]))


def _run_now(rows: QuerySet[ScheduledJob], *, by: Actor) -> None:
    with running("base.scheduled_jobs.run", by=by, permission="base.run_scheduledjob"):
        for job in rows:
            jobs.start(job.key, by=by)


@admin.register(ScheduledJob)
class ScheduledJobOffice(Office):
    """What the house does by the clock."""

    icon = "schedule"
    shelf = SHELF
    form = ScheduledJobForm
    list_display = ("name", "key", "cron", "last_run_at", "is_active")
    list_filter = ("is_active",)
    may_add = may_delete = False
    fieldsets = ((None, {"fields": ("name", "key", "task", "arguments", "cron", "is_active")}),)
    readonly_fields = ("key", "task", "arguments")
    hidden = ("interval_number", "interval_unit", "priority", "user", "next_run_at")
    deeds = (
        Deed(
            name="run",
            label=_("Run now"),
            permission="base.run_scheduledjob",
            run=_run_now,
            icon="play_arrow",
            done=_("The job is waiting for its turn."),
        ),
    )

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and set the clock anew."""
        super().write(request, form, formsets, change)
        set_clocks([form.instance])


@admin.register(JobRun)
class JobRunOffice(SeenOffice):
    """How each run of a job went."""

    icon = "task_alt"
    shelf = SHELF
    list_display = ("task", "job", "shown_state", "queued_at", "started_at", "finished_at", "error")
    list_filter = (("state", CHOICE), ("job", LinkFilter), ("queued_at", MOMENTS))
    search_fields = ("task", "error")
    date_hierarchy = "queued_at"
    record_fields = False
    always_with = ("job",)
    fieldsets = (
        (None, {"fields": ("task", "job", "state", "user", "attempts")}),
        (_("Times"), {"fields": ("queued_at", "started_at", "finished_at")}),
        (_("Outcome"), {"fields": ("error", "result", "arguments")}),
    )

    @display(
        description=_("state"),
        ordering="state",
        label={
            JobRun.State.DONE.value: "success",
            JobRun.State.FAILED.value: "danger",
            JobRun.State.RUNNING.value: "info",
            JobRun.State.QUEUED.value: "warning",
        },
    )
    def shown_state(self, run: JobRun) -> tuple[str, str]:
        """The state, in its color."""
        return run.state, run.get_state_display()
