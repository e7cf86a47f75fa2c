"""Schedules: what the house does by the clock, in company time."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from base.house import house
from base.models import JobRun, ScheduledJob
from base.policies import visible
from base.schedules import described
from base.services import jobs as steering
from web.pages import PageRequest, one, page, told
from web.views.jobs import TONES, back_to


@page("base.steer_jobrun")
def listing(request: PageRequest) -> HttpResponse:
    """All schedules: when they run next, and how they went last."""
    schedules = visible(ScheduledJob.objects.order_by("name", "pk"), request.actor)
    latest = JobRun.objects.filter(job=OuterRef("pk")).order_by("-id").values("pk")[:1]
    found = JobRun.objects.filter(pk__in=schedules.order_by().values(latest=Subquery(latest)))
    runs = {run.job_id: run for run in found}
    ours = house()
    context = {
        "house": ours,
        "rows": [_row(schedule, runs.get(schedule.pk)) for schedule in schedules],
    }
    with timezone.override(ours.zone):
        return render(request, "web/jobs/schedules.html", context)


@page("base.run_scheduledjob", methods=("POST",))
def run(request: PageRequest, pk: int) -> HttpResponse:
    """Run a scheduled job at once."""
    schedule = one(ScheduledJob.objects.all(), request.actor, pk)
    with told() as answer:
        steering.run_now(ScheduledJob.objects.filter(pk=schedule.pk), by=request.actor)
    return _said(request, answer.sentences, _("“%(job)s” is waiting for its turn."), schedule)


@page("base.change_scheduledjob", methods=("POST",))
def pause(request: PageRequest, pk: int) -> HttpResponse:
    """Let a scheduled job rest, or take it up again."""
    schedule = one(ScheduledJob.objects.all(), request.actor, pk)
    resting = schedule.is_active
    with told() as answer:
        steering.switch(
            ScheduledJob.objects.filter(pk=schedule.pk), on=not resting, by=request.actor
        )
    done = _("“%(job)s” is paused.") if resting else _("“%(job)s” runs by the clock again.")
    return _said(request, answer.sentences, done, schedule)


def _said(
    request: PageRequest, sentences: list[str], done: str, schedule: ScheduledJob
) -> HttpResponse:
    for sentence in sentences:
        messages.error(request, sentence)
    if not sentences:
        messages.success(request, done % {"job": schedule.name})
    return back_to(request, "web:schedules")


def _row(schedule: ScheduledJob, latest: JobRun | None) -> dict[str, Any]:
    return {
        "schedule": schedule,
        "times": described(schedule.cron),
        "latest": latest,
        "tone": TONES[JobRun.State(latest.state)] if latest else "",
    }
