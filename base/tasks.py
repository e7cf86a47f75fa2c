"""What the queue and the clock call, and base's own jobs."""

import logging
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base import jobs, rate_sources, schedules
from base.actors import Actor
from base.dates import today_in
from base.errors import ERPError
from base.models import Company
from base.services import backups, mail, rates, tidying
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


@jobs.job(
    "base.fetch_rates",
    label=_("Fetch currency rates"),
    whole=False,
    attempts=6,
    delay=timedelta(minutes=10),
)
def fetch_rates(*, by: Actor) -> dict[str, Any]:
    """Fetch the currency rates of every company that has chosen a source; answers how many are new.

    A source that cannot be used now has the job tried again, after the other companies have theirs.
    """
    answer: dict[str, Any] = {"rates": 0, "refused": []}
    away: list[jobs.NotNow] = []
    companies = Company.objects.exclude(rate_source="").filter(is_active=True)
    fetched: dict[str, Any] = {}
    for company in companies.select_related("currency").order_by("pk"):
        key = company.rate_source
        try:
            if key not in fetched:
                fetched[key] = rate_sources.named(key).quotes()
            with jobs.step():
                today = today_in(company.timezone)
                answer["rates"] += rates.write(company, fetched[key], source=key, by=by, on=today)
        except jobs.Interruption:
            raise
        except jobs.NotNow as reason:
            away.append(reason)
        except ERPError as refusal:
            answer["refused"].append(f"{company}: {refusal}")
    if away:
        raise away[0]
    return answer


@jobs.job("base.backup", label=_("Back up"), whole=False, attempts=2, delay=timedelta(minutes=30))
def backup(*, by: Actor) -> dict[str, Any]:
    """Back up the database and the files, and forget what is old; answers what was made and what is gone."""
    now = timezone.now()
    made = backups.make(by=by, at=now)
    gone = backups.forget_old(by=by, now=now)
    return {"made": made.name, "bytes": made.size, "rows": sum(made.rows.values()), "deleted": gone}
