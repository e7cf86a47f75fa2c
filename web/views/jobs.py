"""Jobs: what is running, waiting, stuck, failed and done, and what may be done about it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.jobs import label_of
from base.models import JobRun, ScheduledJob
from base.policies import visible
from base.services import jobs as steering
from web import formats
from web.concerns import Concern, concerns
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, one, page, told

PERMISSION = "base.steer_jobrun"
State = JobRun.State
UNDER_WAY = (State.QUEUED, State.RUNNING)
TO_LOOK_AT = (State.FAILED, State.DEAD)
WAITED_LONG = timedelta(minutes=5)
TONES = {
    State.QUEUED: "",
    State.RUNNING: "note",
    State.DONE: "good",
    State.FAILED: "bad",
    State.DEAD: "bad",
    State.CANCELLED: "",
}
# Its worker is not heard of any more, or none has taken it for minutes.
STUCK = Q(state=State.RUNNING, lease_until__lt=Now()) | Q(
    state=State.QUEUED, run_after__lt=Now() - WAITED_LONG
)
CHOICES = (
    Choice(key="all", label=_("All"), condition=Q()),
    Choice(key="under_way", label=_("Under way"), condition=Q(state__in=UNDER_WAY)),
    Choice(key="stuck", label=_("Stuck"), condition=STUCK),
    Choice(key="to_look_at", label=_("To look at"), condition=Q(state__in=TO_LOOK_AT)),
    Choice(key="done", label=_("Done"), condition=Q(state=State.DONE)),
)
SORTS = (
    Sort(key="asked", field="id"),
    Sort(key="started", field="started_at", empty=datetime.max.replace(tzinfo=UTC)),
    Sort(key="lasted", field="took", empty=timedelta()),
)


@dataclass(frozen=True)
class Row:
    """One run as the page shows it."""

    run: JobRun
    now: datetime

    @property
    def label(self) -> str:
        """What people call the job."""
        return label_of(self.run.task)

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return "care" if self.is_stuck else TONES[State(self.run.state)]

    @property
    def is_stuck(self) -> bool:
        """Whether its worker is not heard of, or none has taken it for minutes."""
        run = self.run
        if run.state == State.RUNNING:
            return run.lease_until is not None and run.lease_until < self.now
        return run.state == State.QUEUED and run.run_after < self.now - WAITED_LONG

    @property
    def waits_until(self) -> datetime | None:
        """When it is tried again, or begun, where that is not now."""
        run = self.run
        return run.run_after if run.state == State.QUEUED and run.run_after > self.now else None

    @property
    def lasted(self) -> str:
        """How long it ran, or has been running."""
        run = self.run
        if run.started_at is None or run.state == State.QUEUED:
            return ""
        return span(((run.finished_at or self.now) - run.started_at).total_seconds())

    @property
    def may_be_cancelled(self) -> bool:
        """Whether there is something to call off."""
        return self.run.state in UNDER_WAY and not self.run.is_cancelling

    @property
    def may_be_repeated(self) -> bool:
        """Whether it may be queued again."""
        return self.run.state in steering.ENDED_WITHOUT


@page(PERMISSION)
def listing(request: PageRequest) -> HttpResponse:
    """All runs, the latest first; the page asks again while something is under way."""
    rows = _runs(request.actor)
    schedule = request.GET.get("schedule", "")
    chosen = None
    if schedule.isdecimal() and len(schedule) < 10:
        chosen = ScheduledJob.objects.filter(pk=int(schedule)).first()
        rows = rows.filter(job=chosen) if chosen else rows
    found = Listing(
        request,
        rows,
        sorts=SORTS,
        default="-asked",
        choices=CHOICES,
        search=_by_words,
        kept=("schedule",),
    )
    now = timezone.now()
    context = {
        "listing": found,
        "rows": [Row(run, now) for run in found.rows],
        "schedule": chosen,
        "counts": _counts(),
        "now": now,
    }
    return render(request, "web/jobs/list.html", context)


@page(PERMISSION)
def show(request: PageRequest, pk: int) -> HttpResponse:
    """One run, with all that is known of it."""
    run = one(
        JobRun.objects.select_related("job", "user__partner", "asked_by__partner"),
        request.actor,
        pk,
    )
    context = {
        "row": Row(run, timezone.now()),
        "run": run,
        "result": _told(run.result),
        "arguments": _told(run.arguments),
    }
    return render(request, "web/jobs/page.html", context)


@page(PERMISSION, methods=("POST",))
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Call a run off."""
    return _steer(request, pk, steering.cancel, gettext("The job is called off."))


@page(PERMISSION, methods=("POST",))
def repeat(request: PageRequest, pk: int) -> HttpResponse:
    """Queue a run again."""
    return _steer(request, pk, steering.repeat, gettext("The job is waiting for its turn."))


def span(seconds: float) -> str:
    """A length of time in the largest units that matter: 0.4 s, 12 s, 3 min 5 s, 2 h 10 min."""
    whole = max(int(seconds), 0)
    if whole < 10:
        return gettext("%(n)s s") % {"n": formats.number(max(seconds, 0), 1)}
    if whole < 60:
        return gettext("%(n)d s") % {"n": whole}
    if whole < 3600:
        return gettext("%(m)d min %(s)d s") % {"m": whole // 60, "s": whole % 60}
    return gettext("%(h)d h %(m)d min") % {"h": whole // 3600, "m": whole % 3600 // 60}


def back_to(request: PageRequest, otherwise: str) -> HttpResponse:
    """The page somebody came from, when it is one of ours."""
    came_from = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts=None)
    return redirect(came_from if came_from and ours else otherwise)


def _steer(request: PageRequest, pk: int, verb: Callable[..., Any], done: str) -> HttpResponse:
    one(JobRun.objects.all(), request.actor, pk)
    with told() as answer:
        verb(JobRun.objects.filter(pk=pk), by=request.actor)
    for sentence in answer.sentences:
        messages.error(request, sentence)
    if not answer.sentences:
        messages.success(request, done)
    return back_to(request, "web:jobs")


def _runs(actor: Actor) -> "QuerySet[JobRun]":
    """The runs, and how long each took or has been taking."""
    took = Coalesce(F("finished_at"), Now()) - F("started_at")
    rows = JobRun.objects.annotate(took=ExpressionWrapper(took, output_field=DurationField()))
    return visible(rows.select_related("job", "asked_by__partner"), actor)


NAMES = (
    gettext_noop("Sent"),
    gettext_noop("Not sent"),
    gettext_noop("Made"),
    gettext_noop("Bytes"),
    gettext_noop("Rows"),
    gettext_noop("Deleted"),
    gettext_noop("Rates"),
    gettext_noop("Refused"),
    gettext_noop("Balances"),
    gettext_noop("Audited"),
    gettext_noop("Unsound"),
    gettext_noop("Reminded"),
    gettext_noop("Without address"),
    gettext_noop("Sessions"),
    gettext_noop("Runs"),
    gettext_noop("Sign ins"),
    gettext_noop("Failed sign ins"),
    gettext_noop("Files"),
    gettext_noop("Activity"),
    gettext_noop("Attachment"),
    gettext_noop("Follower"),
    gettext_noop("Message"),
    gettext_noop("Outgoingmail"),
    gettext_noop("Batch"),
    gettext_noop("Company"),
)
"""What jobs answer with and are asked with, by the names they use."""


def _told(answer: Any) -> list[tuple[str, str]]:
    """What a job answered, or was asked with, as names and texts."""
    if answer is None:
        return []
    pairs = answer.items() if isinstance(answer, dict) else [(gettext("Result"), answer)]
    return [
        (gettext(str(name).replace("_", " ").capitalize()), _written_out(told))
        for name, told in pairs
    ]


def _written_out(told: Any) -> str:
    if isinstance(told, list) and all(isinstance(item, str) for item in told):
        return "\n".join(told) or "–"
    if isinstance(told, int | float) and not isinstance(told, bool):
        return formats.number(told)
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)


def _by_words(rows: Any, text: str) -> Any:
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(task__icontains=word)
            | Q(job__name__icontains=word)
            | Q(error__icontains=word)
            | Q(asked_by__partner__name__icontains=word)
        )
    return rows


@concerns("base", PERMISSION)
def to_look_at(actor: Actor) -> Iterator[Concern]:
    """The jobs that ended without doing their work. One query."""
    if count := _runs(actor).filter(state__in=TO_LOOK_AT).count():
        said = ngettext(
            "%(count)s job is to be looked at", "%(count)s jobs are to be looked at", count
        )
        yield Concern(
            text=said % {"count": formats.number(count)},
            url=f"{reverse('web:jobs')}?show=to_look_at",
            tone="bad",
        )


def _counts() -> dict[str, int]:
    """How many runs are at each point, and how many are stuck. One query for each, all by an index."""
    return {
        "running": JobRun.objects.filter(state=State.RUNNING).count(),
        "waiting": JobRun.objects.filter(state=State.QUEUED).count(),
        "stuck": JobRun.objects.filter(STUCK).count(),
        "to_look_at": JobRun.objects.filter(state__in=TO_LOOK_AT).count(),
    }
