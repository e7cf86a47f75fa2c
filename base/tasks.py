"""What the queue and the clock call, and base's own jobs."""

import logging
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base import jobs, schedules
from base.actors import Actor
from base.services import mail, tidying
from base.verbs import verb

log = logging.getLogger(__name__)


@shared_task(name="base.work")
def work() -> None:
    """Run what is due."""
    jobs.work()


@shared_task(name="base.start_scheduled")
def start_scheduled(*, key: str) -> None:
    """Queue a scheduled job: the clock has struck."""
    jobs.start(key, by=Actor.system(door="job"))


@shared_task(name="base.look_around")
def look_around() -> None:
    """Take back what lost workers held, wake workers for what waits, and keep the clocks right."""
    try:
        jobs.take_back()
        jobs.wake(jobs.due())
        schedules.keep_clocks()
    except OperationalError as error:
        log.warning("The database is away: %s", error)


@jobs.job("base.sweep", label=_("Sweep away what has expired"))
@verb("base.delete_jobrun")
def sweep(*, by: Actor) -> dict[str, Any]:
    """Delete what has expired, and what is about deleted records: see `base.services.tidying`."""
    return {**tidying.sweep_expired(now=timezone.now()), **tidying.sweep()}


@jobs.job(
    mail.JOB, label=_("Send waiting e-mails"), whole=False, attempts=12, delay=timedelta(minutes=1)
)
def send_mail(*, by: Actor) -> dict[str, int]:
    """Hand over the mail that waits; answers how many were sent and how many were not."""
    return mail.send_due()
