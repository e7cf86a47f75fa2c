"""Scheduled jobs on the wire: switched on and off, set to other times, started at once."""

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from base import schedules
from base.actors import Actor
from base.errors import Refused
from base.house import house
from base.models import ScheduledJob
from base.rpc.intervals import Interval, cron_of, interval_of
from base.services import jobs, records
from rpc import computed, does, expose, record_method
from rpc.context import Call
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows

TIMES = frozenset(("number", "unit", "next_run_at"))


class NoSuchClock(Refused):
    """The clock strikes by the minute, hour, weekday and day of month; not every interval can be kept."""

    code = "no_such_clock"
    message = _("The clock cannot keep an interval of %(number)s %(unit)s.")


def intervals(what: str) -> Any:
    """The number or the unit of the intervals of jobs; what is no plain interval counts as once a day."""

    def function(call: Call, ids: list[int]) -> dict[int, Any]:
        clocks = ScheduledJob.objects.filter(pk__in=ids).values_list("pk", "cron")
        rows: list[tuple[int, str]] = call.once("clocks", partial(list, clocks))
        return {pk: getattr(_interval(cron), what) for pk, cron in rows}

    return function


def write(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
    """Change scheduled jobs; the clock is told at once. Refuses with `NoSuchClock`."""
    values = dict(values)
    active = values.pop("is_active", None)
    times = {name: values.pop(name) for name in TIMES & values.keys()}
    if values:
        records.change(rows, values, by=by)
    if any(times.values()):
        for job in rows.order_by("pk"):
            _set(job, times, by)
    if active is not None:
        jobs.switch(rows, on=active, by=by)


def toggle(call: Call, ids: Any, model: Any = None, domain: Any = None) -> bool:
    """Switch scheduled jobs on if they are off, and off if they are on."""
    del model, domain
    rows = found_rows(call, row_ids(ids), "write")
    for on in (True, False):
        some = [job.pk for job in rows if job.is_active is not on]
        jobs.switch(ScheduledJob.objects.filter(pk__in=some), on=on, by=call.actor)
    return True


def _interval(cron: str) -> Interval:
    return interval_of(cron) or Interval(1, "days")


def _set(job: ScheduledJob, times: dict[str, Any], by: Actor) -> None:
    zone = house().timezone
    known = _interval(job.cron)
    wanted = Interval(times.get("number") or known.number, times.get("unit") or known.unit)
    at: datetime = times.get("next_run_at") or job.next_run_at or schedules.next_run(job.cron, zone)
    cron = cron_of(wanted, at.astimezone(ZoneInfo(zone)))
    if cron is None:
        unit = ScheduledJob.Unit(wanted.unit).label
        raise NoSuchClock(number=wanted.number, unit=unit)
    changed = records.change(records.named(ScheduledJob, [job.pk]), {"cron": cron}, by=by)
    for one in changed:
        one.cron = cron
    schedules.set_clocks(changed)


expose(
    "ir.cron",
    model=ScheduledJob,
    label=_("Scheduled Actions"),
    order="cron_name, id",
    writes="priority is_active user",
    reads="cron_name=name name lastcall=last_run_at",
    labels={"cron_name": _("Name")},
    computed=(
        computed(
            "interval_number",
            "integer",
            label=_("Repeat Every"),
            function=intervals("number"),
            write=lambda number: {"number": number},
            required=True,
        ),
        computed(
            "interval_type",
            "selection",
            label=_("Interval Unit"),
            choices=ScheduledJob.Unit.choices,
            function=intervals("unit"),
            write=lambda unit: {"unit": unit},
            required=True,
        ),
        computed(
            "nextcall",
            "datetime",
            label=_("Next Execution Date"),
            sql="{next_run_at}",
            write=lambda moment: {"next_run_at": moment},
            required=True,
        ),
        computed("code", "text", label=_("Task"), sql="{task}"),
        computed(
            "state",
            "selection",
            label=_("Type"),
            choices=[("code", _("Execute Code"))],
            sql="'code'",
        ),
    ),
    write=write,
    permissions={
        "create": None,
        "write": "base.change_scheduledjob",
        "unlink": None,
    },
    verbs={"method_direct_trigger": does(jobs.run_now)},
    methods={"toggle": record_method(toggle)},
)
