"""What people do with jobs: call them off, queue them again, run a schedule at once."""

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_lazy as _

from base import jobs
from base.actors import Actor
from base.errors import Refused
from base.models import JobRun, ScheduledJob
from base.models.job_run import JobRunQuerySet
from base.schedules import set_clocks
from base.verbs import verb

State = JobRun.State
ENDED_WITHOUT = (State.FAILED, State.DEAD, State.CANCELLED)


class NotUnderWay(Refused):
    """Somebody wants to call off what has ended."""

    code = "job_not_under_way"
    message = _("%(job)s has ended already; there is nothing to cancel.")


class NothingToRepeat(Refused):
    """Somebody wants to repeat what is under way, or has done its work."""

    code = "nothing_to_repeat"
    message = _("%(job)s has not failed; there is nothing to repeat.")


@verb("base.steer_jobrun")
def cancel(runs: JobRunQuerySet, *, by: Actor) -> int:
    """Call runs off: those that wait at once, those that run when they next tell how far they are. Answers how many.

    Refuses with `NotUnderWay`.
    """
    rows = list(runs.locked())
    for run in rows:
        if run.state not in (State.QUEUED, State.RUNNING):
            raise NotUnderWay(job=jobs.label_of(run.task))
    ours = JobRun.objects.filter(pk__in=[run.pk for run in rows])
    ours.filter(state=State.RUNNING).update(is_cancelling=True)
    ours.filter(state=State.QUEUED).update(
        state=State.CANCELLED, finished_at=Greatest(Now(), F("started_at"))
    )
    return len(rows)


@verb("base.steer_jobrun")
def repeat(runs: JobRunQuerySet, *, by: Actor) -> int:
    """Queue runs again that failed, were given up or cancelled; answers how many. Their failures are forgiven.

    Refuses with `NothingToRepeat`, and with `RuleBroken` while another run of the same key is unfinished.
    """
    rows = list(runs.locked())
    for run in rows:
        if run.state not in ENDED_WITHOUT:
            raise NothingToRepeat(job=jobs.label_of(run.task))
    again = JobRun.objects.filter(pk__in=[run.pk for run in rows])
    again.update(
        state=State.QUEUED,
        finished_at=None,
        run_after=Now(),
        failures=0,
        is_cancelling=False,
        error="",
    )
    jobs.wake_after_commit()
    return len(rows)


@verb("base.run_scheduledjob")
def run_now(schedules: QuerySet[ScheduledJob], *, by: Actor) -> list[JobRun]:
    """Run scheduled jobs at once, besides when the clock strikes; answers their runs, new or unfinished."""
    return [jobs.start(key, by=by) for key in schedules.values_list("key", flat=True)]


@verb("base.change_scheduledjob")
def switch(schedules: QuerySet[ScheduledJob], *, on: bool, by: Actor) -> int:
    """Let scheduled jobs run by the clock, or pause them; answers how many. The clock is told at once."""
    rows = list(schedules.order_by("pk").select_for_update(of=("self",)))
    ScheduledJob.objects.filter(pk__in=[row.pk for row in rows]).update(is_active=on)
    for row in rows:
        row.is_active = on
    set_clocks(rows)
    return len(rows)
