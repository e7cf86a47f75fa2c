"""Work that runs by itself: a row in the database is the truth, the queue only wakes somebody up to look at it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from celery import current_app
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from base.actors import Actor
from base.errors import ERPError, Missing
from base.models import JobRun, ScheduledJob, User

log = logging.getLogger(__name__)

Function = TypeVar("Function", bound=Callable[..., Any])
_jobs: dict[str, Callable[..., Any]] = {}

CLAIM = """
UPDATE base_jobrun SET state = 'running', started_at = clock_timestamp(), attempts = attempts + 1
 WHERE id = (SELECT id FROM base_jobrun WHERE id = %s AND state = 'queued' FOR UPDATE SKIP LOCKED)
RETURNING id
"""


def job(name: str) -> Callable[[Function], Function]:
    """Make a job of a function `(…, by: Actor)`, under the name that schedules and the queue know it by.

    A job may be woken twice, so it must be harmless to run again: it fetches by id and calls one verb. What it
    answers (JSON) is kept as its result.
    """

    def register(function: Function) -> Function:
        _jobs[name] = function
        return function

    return register


def known() -> frozenset[str]:
    """The names of all jobs that the installed modules bring."""
    return frozenset(_jobs)


def enqueue(
    name: str, *, by: Actor, scheduled: ScheduledJob | None = None, **arguments: Any
) -> JobRun:
    """Ask for a job to run once this transaction is committed. Answers its row."""
    run = JobRun.objects.create(
        task=name, arguments=arguments, job=scheduled, user_id=None if by.is_system else by.user_id
    )
    transaction.on_commit(partial(_wake, run.pk), robust=True)
    return run


def start(key: str, *, by: Actor) -> JobRun:
    """Ask for a scheduled job to run now. Raises `Missing` when there is no such schedule."""
    scheduled = ScheduledJob.objects.filter(key=key).first()
    if scheduled is None:
        raise Missing(model=ScheduledJob._meta.verbose_name, ids=key)
    ScheduledJob.objects.filter(pk=scheduled.pk).update(last_run_at=timezone.now())
    return enqueue(scheduled.task, by=by, scheduled=scheduled, **scheduled.arguments)


def run(run_id: int) -> None:
    """Run a queued job, if nobody else has begun it. Ends with its row saying done or failed, and why."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [run_id])
        if cursor.fetchone() is None:
            return
    row = JobRun.objects.select_related("user").get(pk=run_id)
    try:
        result = _function(row.task)(by=_actor(row.user), **row.arguments)
    except ERPError as refusal:
        _finish(row, JobRun.State.FAILED, error=str(refusal))
    except Exception:
        support_id = uuid4().hex[:12]
        log.exception("Job %s failed, support id %s", row.task, support_id)
        text = _(
            "The job stopped with an error. Its details are in the log under support id %(id)s."
        )
        _finish(row, JobRun.State.FAILED, error=text % {"id": support_id})
    else:
        _finish(row, JobRun.State.DONE, result=result)


def wake_forgotten() -> int:
    """Wake up queued rows that the queue has lost; answers how many."""
    late = timezone.now() - timedelta(seconds=30)
    forgotten = JobRun.objects.filter(state=JobRun.State.QUEUED, queued_at__lt=late).values_list(
        "pk", flat=True
    )
    ids = list(forgotten[:500])
    for run_id in ids:
        _wake(run_id)
    return len(ids)


def _function(name: str) -> Callable[..., Any]:
    if name not in _jobs:
        raise Missing(model=_("Job"), ids=name)
    return _jobs[name]


def _actor(user: User | None) -> Actor:
    return Actor.of(user, door="job") if user else Actor.system(door="job")


def _wake(run_id: int) -> None:
    current_app.send_task(
        "base.run_job", kwargs={"run_id": run_id}, ignore_result=True, retry=False
    )


def _finish(row: JobRun, state: str, *, result: Any = None, error: str = "") -> None:
    JobRun.objects.filter(pk=row.pk).update(
        state=state, finished_at=timezone.now(), result=result, error=error[:4000]
    )
