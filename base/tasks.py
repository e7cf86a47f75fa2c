"""What the queue and the clock call, and base's own job: sweeping away what has expired."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from base import jobs
from base.actors import Actor
from base.models import JobRun
from base.services import tidying
from base.verbs import verb

KEEP_RUNS = timedelta(days=90)


@shared_task(name="base.run_job")
def run_job(*, run_id: int) -> None:
    """Run one queued job."""
    jobs.run(run_id)


@shared_task(name="base.start_scheduled")
def start_scheduled(*, key: str) -> None:
    """Queue a scheduled job: the clock has struck."""
    jobs.start(key, by=Actor.system(door="job"))


@shared_task(name="base.wake_forgotten")
def wake_forgotten() -> None:
    """Wake up jobs whose wake-up call was lost."""
    jobs.wake_forgotten()


@jobs.job("base.sweep")
@verb("base.delete_jobrun")
def sweep(*, by: Actor) -> dict[str, int]:
    """Delete what has expired: ended sessions, runs of jobs older than 90 days, and what is about deleted records."""
    now = timezone.now()
    sessions, _kinds = Session.objects.filter(expire_date__lt=now).delete()
    runs, _kinds = JobRun.objects.filter(finished_at__lt=now - KEEP_RUNS).delete()
    return {"sessions": sessions, "runs": runs, **tidying.sweep()}
