"""What can be done with activities: plan one, do it, drop it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.actors import Actor
from base.errors import Missing, Refused
from base.external_ids import row as row_named
from base.html import cleaned
from base.models import Activity, ActivityPlan, ActivityType, Message
from base.policies import visible
from base.scopes import check_visible
from base.services import messages
from base.verbs import verb


class AlreadyDone(Refused):
    """The activity is not open any more."""

    code = "already_done"
    message = gettext_lazy("“%(activity)s” has been done already.")


@verb("base.add_activity")
def schedule(
    row: Model,
    type: ActivityType | str = "",  # noqa: A002 - it is one
    *,
    due_date: date | None = None,
    summary: str = "",
    note: str = "",
    user_id: int | None = None,
    previous: Activity | None = None,
    is_automated: bool = False,
    on: date,
    by: Actor,
) -> Activity:
    """Plan an activity about a record: of a type (or its external id), by a day, for somebody.

    Without a day it is due as the type says; without a user it is for the type's usual one, else the actor. Refuses
    with `AccessDenied` or `Missing` when the actor may not see the record.
    """
    check_visible(row, by=by)
    known: ActivityType | None = row_named(type) if isinstance(type, str) and type else type or None
    return Activity.objects.create(
        row=row,
        record_name=str(row)[:400],
        type=known,
        summary=summary or (known.summary if known else ""),
        note=note,
        due_date=due_date or (known.due(_start(known, previous, on)) if known else on),
        user_id=user_id or (known.default_user_id if known else None) or by.user_id,
        previous_type=previous.type if previous else None,
        is_automated=is_automated,
    )


@verb("base.add_activity")
def follow_plan(row: Model, plan: ActivityPlan, *, on: date, by: Actor) -> list[Activity]:
    """Plan all that a plan says about a record, counted from a day. All or nothing. Refuses like `schedule`.

    What no user is named for is for the usual one of its type, else for the actor.
    """
    return [
        schedule(
            row,
            step.type,
            summary=step.summary,
            due_date=step.due(on),
            user_id=step.user_id,
            on=on,
            by=by,
        )
        for step in plan.steps.select_related("type")
    ]


@verb("base.change_activity")
def change(activity: Activity, *, by: Actor, **values: Any) -> Activity:
    """Change what is to be done, by when or by whom. Refuses with `AlreadyDone`, or `Missing` when it is hidden."""
    found: Activity | None = (
        visible(Activity.objects.all(), by)
        .filter(pk=activity.pk)
        .select_for_update(of=("self",))
        .first()
    )
    if found is None:
        raise Missing(model=Activity._meta.verbose_name, ids=activity.pk)
    if not found.is_active:
        raise AlreadyDone(activity=found)
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))
    return found


@verb("base.change_activity")
def done(
    activities: QuerySet[Activity],
    *,
    feedback: str = "",
    attachment_ids: Iterable[int] = (),
    on: date,
    by: Actor,
) -> list[Message]:
    """Mark activities as done and say so on their records; what a type plans next is planned. Answers the messages.

    Refuses with `AlreadyDone`, all or none.
    """
    rows = list(visible(activities, by).order_by("pk").select_for_update(of=("self",)))
    file_ids = list(attachment_ids)
    said = []
    for activity in rows:
        if not activity.is_active:
            raise AlreadyDone(activity=activity)
        activity.is_active, activity.done_date, activity.feedback = False, on, feedback
        activity.save(update_fields=["is_active", "done_date", "feedback"])
        if file_ids:
            activity.attachments.add(*file_ids)
        row = activity.row
        if row is not None:
            said.append(_say_done(activity, row, file_ids, by))
            _plan_next(activity, row, on, by)
    return said


@verb("base.delete_activity")
def cancel(activities: QuerySet[Activity], *, by: Actor) -> int:
    """Drop activities that are still open; answers how many."""
    rows = visible(activities, by).filter(is_active=True)
    return Activity.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()[0]


def counters(by: Actor, *, on: date) -> dict[str, int]:
    """How many open activities the actor has: overdue, due today, planned. One query."""
    return Activity.objects.of_user(by.user_id).aggregate(
        overdue=Count("pk", filter=Q(due_date__lt=on)),
        today=Count("pk", filter=Q(due_date=on)),
        planned=Count("pk", filter=Q(due_date__gt=on)),
    )


def _start(known: ActivityType, previous: Activity | None, on: date) -> date:
    if previous is not None and known.delay_from == ActivityType.CountedFrom.PREVIOUS:
        return previous.due_date
    return on


def _say_done(activity: Activity, row: Model, file_ids: list[int], by: Actor) -> Message:
    name = str(activity.type) if activity.type else _("Activity")
    body = format_html(
        "<p>{}</p>",
        _("%(activity)s done: %(summary)s") % {"activity": name, "summary": activity.summary},
    )
    if activity.note:
        body += mark_safe(cleaned(activity.note))  # noqa: S308 - cleaned
    if activity.feedback:
        body += format_html("<p>{}</p>", activity.feedback)
    return messages.post(row, body, subtype="mail.mt_activities", attachment_ids=file_ids, by=by)


def _plan_next(activity: Activity, row: Model, on: date, by: Actor) -> None:
    kind = activity.type
    if kind and kind.chaining == ActivityType.Chaining.TRIGGER and kind.triggered_next:
        schedule(row, kind.triggered_next, previous=activity, on=on, by=by)
