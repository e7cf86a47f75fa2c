"""From the schedules of a manifest to rows that the clock reads and administrators may change."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from base.models import ExternalId, ScheduledJob
from base.modules import ModuleConfig
from base.seeds import upsert


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
    for job in ScheduledJob.objects.filter(key__startswith=f"{config.label}."):
        set_clock(job)


def set_clock(job: ScheduledJob) -> None:
    """Tell the clock (Celery beat) when to start a scheduled job, in the house's time zone."""
    minute, hour, day_of_month, month_of_year, day_of_week = job.cron.split()
    crontab, _made = CrontabSchedule.objects.get_or_create(
        minute=minute,
        hour=hour,
        day_of_month=day_of_month,
        month_of_year=month_of_year,
        day_of_week=day_of_week,
        timezone=settings.TIME_ZONE,
    )
    PeriodicTask.objects.update_or_create(
        name=job.key,
        defaults={
            "task": "base.start_scheduled",
            "kwargs": f'{{"key": "{job.key}"}}',
            "crontab": crontab,
            "enabled": job.is_active,
            "description": job.name,
        },
    )


def _forget_others(config: ModuleConfig, keys: set[str]) -> None:
    """A schedule that a newer version of the module no longer brings goes, and its clock with it."""
    kind = ContentType.objects.get_for_model(ScheduledJob)
    gone = ExternalId.objects.filter(module=config.label, content_type=kind).exclude(name__in=keys)
    row_ids = list(gone.values_list("row_id", flat=True))
    if row_ids:
        names = ScheduledJob.objects.filter(pk__in=row_ids).values_list("key", flat=True)
        PeriodicTask.objects.filter(name__in=list(names)).delete()
        ScheduledJob.objects.filter(pk__in=row_ids).delete()
        gone.delete()
