"""Running: a worker takes the most urgent run that is due, does its work, and writes down how it ended."""

import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from base.actors import Actor
from base.errors import ERPError, translated
from base.jobs.leases import LENGTH, JobCancelled, Lease, LeaseLost
from base.jobs.queue import due, wake
from base.jobs.registry import Job, NotNow, declared, patience_with
from base.models import JobRun
from base.upkeep import Closed, at_work

log = logging.getLogger(__name__)

State = JobRun.State
STRETCH = 2.0  # seconds after which a worker lets the queue's other calls have their turn
INTERRUPTIONS = timedelta(seconds=2)
LONGEST_INTERRUPTION = timedelta(minutes=5)
# Connection trouble, a transaction that lost against others, a server that stops or has no room now.
TRANSIENT = ("08", "40", "53", "55P03", "57P")

CLAIM = """
UPDATE base_jobrun
   SET state = 'running', started_at = clock_timestamp(), lease_until = clock_timestamp() + %(lease)s, worker = %(worker)s,
       attempts = attempts + 1, steps_done = 0, steps_total = NULL, note = ''
 WHERE id = (
    SELECT id FROM base_jobrun WHERE state = 'queued' AND {which}
     ORDER BY priority, run_after, id FOR UPDATE SKIP LOCKED LIMIT 1
 )
RETURNING id
"""
THE_MOST_URGENT = CLAIM.format(which="run_after <= clock_timestamp()")
THIS_ONE = CLAIM.format(which="id = %(id)s")
FINISH = """
UPDATE base_jobrun
   SET state = %s, finished_at = clock_timestamp(), lease_until = NULL, result = %s, error = %s, failures = failures + %s,
       steps_done = %s, steps_total = %s, note = %s
 WHERE id = %s AND attempts = %s AND state = 'running'
"""
TRY_AGAIN = """
UPDATE base_jobrun
   SET state = 'queued', lease_until = NULL, run_after = clock_timestamp() + %s, error = %s, failures = failures + %s
 WHERE id = %s AND attempts = %s AND state = 'running'
"""


def work() -> int:
    """Run what is due, the most urgent first, until nothing is or the stretch is over; answers how many runs.

    Holds the house open meanwhile: modules are changed between two stretches. While they are, nothing is begun.
    """
    try:
        if not due():
            return 0
        with at_work("jobs"):
            return _stretch()
    except Closed:
        log.info("Modules are being changed; jobs wait")
    except (OperationalError, InterfaceError, psycopg.OperationalError) as error:
        # The rows stay as they are; whoever looks around next finds them.
        log.warning("The database is away: %s", error)
        _drop_broken_connection()
    return 0


def _stretch() -> int:
    end, count = time.monotonic() + STRETCH, 0
    while (run := _claimed(THE_MOST_URGENT)) is not None:
        _perform(run)
        count += 1
        if time.monotonic() > end:
            wake()
            break
    return count


def run(run_id: int) -> None:
    """Run a queued run now, whatever it waits for, if nobody else has begun it."""
    found = _claimed(THIS_ONE, id=run_id)
    if found is not None:
        _perform(found)


def _claimed(sql: str, **which: Any) -> JobRun | None:
    name = f"{socket.gethostname()}:{os.getpid()}"
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"lease": LENGTH, "worker": name[-120:], **which}
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return JobRun.objects.select_related("user").get(pk=row[0]) if row else None


def _perform(run: JobRun) -> None:
    """Do the work of a claimed run, and write down how it ended. Raises only when the database is away."""
    lease = Lease(run.pk, run.attempts)
    try:
        with lease, _surroundings(run) as actor:
            _do(run, declared(run.task), lease, actor)
    except LeaseLost:
        log.warning("Job %s #%s was taken over by another worker", run.task, run.pk)
    except JobCancelled:
        _end(lease, State.CANCELLED)
    except NotNow as reason:
        _fail(lease, run, str(reason))
    except ERPError as refusal:
        _end(lease, State.FAILED, error=str(refusal), failures=1)
    except IntegrityError as error:
        _fail(lease, run, str(translated(error)))
    except Exception as error:  # noqa: BLE001 - whatever it was, the row says how the run ended
        if is_transient(error):
            _interrupted(lease, run, error)
        else:
            _fail(lease, run, _reported(run, error))


def _do(run: JobRun, job: Job, lease: Lease, actor: Actor) -> None:
    if not job.whole:
        result = job.function(by=actor, **run.arguments)
        _end(lease, State.DONE, result=result)
        return
    with transaction.atomic():
        lease.hold()
        result = job.function(by=actor, **run.arguments)
        if not _end(lease, State.DONE, result=result):
            raise LeaseLost


@contextmanager
def _surroundings(run: JobRun) -> Iterator[Actor]:
    """Who the run acts for, with that user's language and time zone around."""
    actor = Actor.system(door="job", company_ids=run.company_ids)
    if run.user is not None:
        actor = Actor.of(run.user, door="job")
        still = [pk for pk in run.company_ids if pk in actor.allowed_company_ids]
        actor = actor.for_companies(still)
    with translation.override(actor.language), timezone.override(actor.timezone):
        yield actor


def _end(
    lease: Lease, state: str, *, result: Any = None, error: str = "", failures: int = 0
) -> bool:
    """Write the outcome, if the attempt is still this worker's; answers whether it was."""
    column = JobRun._meta.get_field("result")
    kept = None if result is None else column.get_db_prep_value(result, connection)
    values = [state, kept, error[:4000], failures, *lease.told, lease.run_id, lease.attempt]
    with connection.cursor() as cursor:
        cursor.execute(FINISH, values)
        return bool(cursor.rowcount == 1)


def _fail(lease: Lease, run: JobRun, error: str) -> None:
    """Put a run back that ended in an error, or give it up after its last attempt."""
    _drop_broken_connection()
    patience = patience_with(run.task)
    failures = run.failures + 1
    if failures >= patience.attempts:
        _end(lease, State.DEAD, error=error, failures=1)
    else:
        _put_back(lease, patience.pause_after(failures), error, failures=1)


def _interrupted(lease: Lease, run: JobRun, error: Exception) -> None:
    """Put a run back that the database has interrupted. That is never the job's own fault, and does not count."""
    log.warning("Job %s #%s was interrupted by the database: %s", run.task, run.pk, error)
    _drop_broken_connection()
    pause = min(INTERRUPTIONS * 2 ** min(run.attempts - 1, 10), LONGEST_INTERRUPTION)
    _put_back(lease, pause, _("The database interrupted it: %(error)s") % {"error": error})


def _put_back(lease: Lease, pause: timedelta, error: str, failures: int = 0) -> None:
    values: list[Any] = [pause, error[:4000], failures, lease.run_id, lease.attempt]
    with connection.cursor() as cursor:
        cursor.execute(TRY_AGAIN, values)


def _reported(run: JobRun, error: Exception) -> str:
    support_id = uuid4().hex[:12]
    log.error("Job %s #%s failed, support id %s", run.task, run.pk, support_id, exc_info=error)
    text = _("The job stopped with an error. Its details are in the log under support id %(id)s.")
    return text % {"id": support_id}


def is_transient(error: BaseException | None) -> bool:
    """Whether the database was the reason, and would do it another time: a deadlock, a restart, a lost connection."""
    while error is not None:
        state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
        if isinstance(error, OperationalError | InterfaceError):
            return state is None or state.startswith(TRANSIENT)
        error = error.__cause__
    return False


def _drop_broken_connection() -> None:
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
