"""The queue: asking for a job, waking the workers, and taking back what a lost worker held."""

import logging
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from base.actors import Actor
from base.errors import Missing
from base.jobs.leases import LOCKS, lock_number
from base.models import JobRun, ScheduledJob

log = logging.getLogger(__name__)

TASK = "base.work"
LOSSES = 5
AT_ONCE = 8  # workers woken for what is due
TRIES = 5

_wanted = threading.local()

END_TRANSACTIONS = """
SELECT pg_terminate_backend(pid) FROM pg_locks
 WHERE locktype = 'advisory' AND classid = %s AND objid = ANY(%s) AND objsubid = 2 AND granted
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND pid <> pg_backend_pid()
"""
TAKE_BACK = """
WITH lost AS (
    SELECT id, CASE WHEN is_cancelling THEN 'cancelled' WHEN failures + 1 >= %(losses)s THEN 'dead' ELSE 'queued' END AS next
      FROM base_jobrun WHERE id = ANY(%(ids)s) AND state = 'running' AND lease_until < clock_timestamp()
     ORDER BY id FOR UPDATE SKIP LOCKED
)
UPDATE base_jobrun r
   SET state = lost.next, failures = r.failures + 1, lease_until = NULL,
       finished_at = CASE WHEN lost.next <> 'queued' THEN clock_timestamp() END, error = %(error)s
  FROM lost WHERE r.id = lost.id RETURNING r.id, r.task, r.state
"""


def enqueue(
    name: str,
    *,
    by: Actor,
    asked_by: Actor | None = None,
    scheduled: ScheduledJob | None = None,
    key: str = "",
    priority: int = 5,
    run_after: datetime | None = None,
    **arguments: Any,
) -> JobRun:
    """Ask for a job to run, as `by`, once this transaction is committed. Answers its row.

    With a `key`, a run of that key that is waiting or running already is answered instead. Lower priorities run
    first. `asked_by` is whoever wanted it, where that is not `by`. The commit does not wait for the broker.
    """
    wanted = asked_by or by
    values: dict[str, Any] = {
        "task": name,
        "arguments": arguments,
        "job": scheduled,
        "key": key,
        "priority": priority,
        "user_id": None if by.is_system else by.user_id,
        "company_ids": list(by.company_ids),
        "asked_by_id": None if wanted.is_system else wanted.user_id,
        **({"run_after": run_after} if run_after else {}),
    }
    run = _written(key, values)
    wake_after_commit()
    return run


def start(key: str, *, by: Actor) -> JobRun:
    """Ask for a scheduled job to run now, or answer its run that is unfinished.

    It runs as the user it is set to run as, else as the house. Raises `Missing` when there is no such schedule.
    """
    scheduled = ScheduledJob.objects.select_related("user").filter(key=key).first()
    if scheduled is None:
        raise Missing(model=ScheduledJob._meta.verbose_name, ids=key)
    ScheduledJob.objects.filter(pk=scheduled.pk).update(last_run_at=timezone.now())
    actor = Actor.of(scheduled.user, door="job") if scheduled.user else Actor.system(door="job")
    return enqueue(
        scheduled.task,
        by=actor,
        asked_by=by,
        scheduled=scheduled,
        key=key,
        priority=scheduled.priority,
        **scheduled.arguments,
    )


def due() -> int:
    """How many runs wait for nothing but a worker; counted no further than matters for waking."""
    return len(JobRun.objects.due().values_list("pk")[:AT_ONCE])


def wake(workers: int = 1) -> None:
    """Wake workers to look at the rows. A broker that is away is no harm: the clock wakes them again."""
    try:
        for _worker in range(workers):
            current_app.send_task(
                TASK, ignore_result=True, retry_policy={"max_retries": 1, "interval_start": 0}
            )
    except (KombuError, OSError) as error:
        log.warning("No worker could be woken: %s", error)


def wake_after_commit() -> None:
    """Wake a worker once this transaction is committed. Nothing that goes wrong with it reaches the caller.

    A transaction that asks for many jobs wakes a few workers only: each looks for more when it is done.
    """
    _wanted.workers = getattr(_wanted, "workers", 0) + 1
    transaction.on_commit(_wake_wanted, robust=True)


def take_back() -> list[int]:
    """Queue again what workers held that are not heard of any more; answers the ids of those runs.

    Their transactions are ended first, where they still hang. A run that has lost its worker too often is given up:
    it may be what kills them. One that was to be cancelled is.
    """
    ids = list(JobRun.objects.lost().values_list("pk", flat=True))
    if not ids:
        return []
    numbers = [lock_number(run_id) for run_id in ids]
    with connection.cursor() as cursor:
        cursor.execute(END_TRANSACTIONS, [LOCKS, numbers])
        error = _("Its worker was not heard of any more: it was killed, or it hung.")
        cursor.execute(TAKE_BACK, {"ids": ids, "losses": LOSSES, "error": error})
        taken = cursor.fetchall()
    for run_id, task, state in taken:
        log.warning("Job %s #%s had lost its worker; it is %s now", task, run_id, state)
    return [run_id for run_id, _task, _state in taken]


def _wake_wanted() -> None:
    workers, _wanted.workers = getattr(_wanted, "workers", 0), 0
    wake(min(workers, AT_ONCE))


def _written(key: str, values: Mapping[str, Any]) -> JobRun:
    """The new row, or the unfinished one of the key. Somebody may finish or begin one meanwhile: look again."""
    for _try in range(TRIES if key else 0):
        known = JobRun.objects.unfinished().filter(key=key).first()
        if known is not None:
            return known
        try:
            with transaction.atomic():
                return JobRun.objects.create(**values)
        except IntegrityError:
            continue
    return JobRun.objects.create(**values)
