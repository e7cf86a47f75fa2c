"""From the schedules of a manifest to rows that administrators change, and from those to the clock: Celery beat."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from celery.schedules import ParseException
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from django_celery_beat.tzcrontab import TzAwareCrontab

from base.house import house
from base.models import ExternalId, ScheduledJob
from base.modules import ModuleConfig, wire_name
from base.seeds import upsert

TASK = "base.start_scheduled"
PRIORITY = 3  # before the workers' own calls, of which there may be many
PARTS = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")


def load_schedules(config: ModuleConfig) -> None:
    """Write the schedules of a module; those that an administrator has changed or switched off stay as they are."""
    rows = {
        schedule.key: {
            "key": f"{config.label}.{schedule.key}",
            "name": str(schedule.name),
            "task": schedule.task,
            "arguments": dict(schedule.kwargs),
            "cron": schedule.cron,
        }
        for schedule in config.manifest.schedules
    }
    if rows:
        upsert(ScheduledJob, config.label, rows)
    _forget_others(config, set(rows))
    set_clocks(ScheduledJob.objects.filter(key__startswith=f"{config.label}."))


def set_clocks(jobs: Iterable[ScheduledJob]) -> None:
    """Tell the clock when to start scheduled jobs, in company time, and note when that will be next."""
    zone = house().timezone
    for job in jobs:
        _set_clock(job, zone)


def keep_clocks() -> int:
    """Set the clocks that do not say what their rows say, whichever door has written those; answers how many.

    Also moves on the next run of jobs whose time has come. Three queries, where nothing is to be done.
    """
    zone = house().timezone
    known = PeriodicTask.objects.filter(task=TASK).select_related("crontab")
    clocks = {clock.name: clock for clock in known}
    wrong = [job for job in ScheduledJob.objects.all() if not _is_right(job, clocks, zone)]
    for job in wrong:
        _set_clock(job, zone)
    return len(wrong)


def next_run(cron: str, zone: str, *, now: datetime | None = None) -> datetime:
    """When a job runs next, by its times in a time zone."""
    there = ZoneInfo(zone)
    clock = TzAwareCrontab(**dict(zip(PARTS, cron.split(), strict=True)), tz=there)
    start, wait, _now = clock.remaining_delta((now or timezone.now()).astimezone(there), tz=there)
    return cast("datetime", start + wait)


def described(cron: str) -> str:
    """When a job runs, as people say it; the five parts themselves where there are no simple words for them."""
    minute, hour, *days = cron.split()
    if [hour, *days] == ["*"] * 4:
        step = {"*": "1"}.get(minute, minute.removeprefix("*/"))
        if step == minute or not step.isdigit():
            return cron
        return ngettext("every minute", "every %(n)d minutes", int(step)) % {"n": int(step)}
    if minute.isdigit() and hour.isdigit():
        return _on_days(*days, time=f"{int(hour):02}:{int(minute):02}") or cron
    return cron


def _on_days(day: str, month: str, weekday: str, *, time: str) -> str:
    if (day, month, weekday) == ("*", "*", "*"):
        return _("every day at %(time)s") % {"time": time}
    if (day, month) == ("*", "*") and weekday.isdigit():
        name = WEEKDAYS[(int(weekday) - 1) % 7]
        return _("every %(day)s at %(time)s") % {"day": name, "time": time}
    if (month, weekday) == ("*", "*") and day.isdigit():
        return _("every month on day %(day)s at %(time)s") % {"day": int(day), "time": time}
    return ""


def checked(cron: str) -> str:
    """Times as they are kept: five parts with one space between. Refuses with `ValidationError`."""
    parts = cron.split()
    if len(parts) != len(PARTS):
        raise ValidationError(
            _("Write minute, hour, day of month, month and day of week, such as “15 2 * * *”.")
        )
    try:
        next_run(" ".join(parts), "UTC")
    except (ParseException, ValueError, RuntimeError):
        raise ValidationError(
            _("The clock does not understand “%(cron)s”."), params={"cron": cron}
        ) from None
    return " ".join(parts)


def _set_clock(job: ScheduledJob, zone: str) -> None:
    times, _made = CrontabSchedule.objects.get_or_create(
        **dict(zip(PARTS, job.cron.split(), strict=True)), timezone=zone
    )
    PeriodicTask.objects.update_or_create(
        name=job.key,
        defaults={
            "task": TASK,
            "kwargs": f'{{"key": "{job.key}"}}',
            "crontab": times,
            "enabled": job.is_active,
            "priority": PRIORITY,
            "description": job.name,
        },
    )
    job.next_run_at = next_run(job.cron, zone) if job.is_active else None
    ScheduledJob.objects.filter(pk=job.pk).update(next_run_at=job.next_run_at)


def _is_right(job: ScheduledJob, clocks: dict[str, PeriodicTask], zone: str) -> bool:
    clock = clocks.get(job.key)
    if clock is None or clock.crontab is None or clock.enabled != job.is_active:
        return False
    said = " ".join(getattr(clock.crontab, part) for part in PARTS)
    if said != job.cron or str(clock.crontab.timezone) != zone:
        return False
    return not job.is_active or (job.next_run_at is not None and job.next_run_at > timezone.now())


def _forget_others(config: ModuleConfig, keys: set[str]) -> None:
    """A schedule that a newer version of the module no longer brings goes, and its clock with it."""
    kind = ContentType.objects.get_for_model(ScheduledJob)
    module = wire_name(config.label)
    gone = ExternalId.objects.filter(module=module, content_type=kind).exclude(name__in=keys)
    row_ids = list(gone.values_list("row_id", flat=True))
    if row_ids:
        names = ScheduledJob.objects.filter(pk__in=row_ids).values_list("key", flat=True)
        PeriodicTask.objects.filter(name__in=list(names)).delete()
        ScheduledJob.objects.filter(pk__in=row_ids).delete()
        gone.delete()
