"""Talk about records on the wire: messages, followers and activities of the nouns that have them."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from base.errors import Missing
from base.external_ids import row as row_named
from base.models import (
    Activity,
    ActivityType,
    ExternalId,
    Follower,
    Message,
    MessageSubtype,
)
from base.rpc.abouts import TODAY
from base.services import activities, messages
from rpc import computed, extend, record_method
from rpc.context import Call
from rpc.faults import value_error
from rpc.fields import Declared, Field, Link
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows
from rpc.writing.values import python_value

DAY = Field(name="date_deadline", type="date", label="")
OPEN_STATES = [one for one in Activity.State.choices if one[0] != Activity.State.DONE]
STATE = f"""CASE WHEN a.due_date < {TODAY} THEN 'overdue'
                 WHEN a.due_date = {TODAY} THEN 'today' ELSE 'planned' END"""
FILES = """(
    SELECT count(*) FROM base_attachment b
     WHERE b.row_id = {{pk}} AND b.content_type_id = {kind} AND b.field = ''
)"""
FIRST = """(
    SELECT {what} FROM base_activity a
     WHERE a.row_id = {{pk}} AND a.content_type_id = {kind} AND a.is_active ORDER BY a.due_date, a.id LIMIT 1
)"""


def thread(name: str, model: type[Model]) -> None:
    """Let programs talk about the rows of a noun: say something, follow them, plan activities."""
    kind = kind_of(model)
    extend(name, computed=(*_sets(kind), *_told(model), *_next(kind)), methods=METHODS)


def message_post(
    call: Call,
    ids: Any,
    *,
    body: Any = "",
    subject: Any = "",
    message_type: Any = "notification",
    subtype_xmlid: Any = None,
    subtype_id: Any = None,
    partner_ids: Any = (),
    attachment_ids: Any = (),
    parent_id: Any = None,
    author_id: Any = None,
    email_from: Any = "",
    body_is_html: Any = False,
) -> list[int]:
    """Say something about one record; answers the message."""
    if message_type not in Message.Kind.values:
        raise value_error(f"Wrong value for mail.message.message_type: {message_type!r}")
    text = str(body or "")
    message = messages.post(
        _one(call, ids),
        mark_safe(text if body_is_html or not text else linebreaks(text, autoescape=True)),  # noqa: S308 - cleaned by the verb
        subject=str(subject or ""),
        kind=str(message_type),
        subtype=_subtype(subtype_xmlid, subtype_id),
        recipient_ids=row_ids(partner_ids),
        attachment_ids=row_ids(attachment_ids),
        parent=Message.objects.filter(pk__in=row_ids(parent_id)).first(),
        author_id=next(iter(row_ids(author_id)), None),
        email_from=str(email_from or ""),
        by=call.actor,
    )
    return [message.pk]


def message_subscribe(call: Call, ids: Any, partner_ids: Any = (), subtype_ids: Any = None) -> bool:
    """Let partners hear what happens to records."""
    chosen = row_ids(subtype_ids) or None
    for row in _rows(call, ids):
        messages.follow(row, row_ids(partner_ids), subtype_ids=chosen, by=call.actor)
    return True


def message_unsubscribe(call: Call, ids: Any, partner_ids: Any = ()) -> bool:
    """Let partners hear of records no more."""
    for row in _rows(call, ids):
        messages.unfollow(row, row_ids(partner_ids), by=call.actor)
    return True


def activity_schedule(
    call: Call,
    ids: Any,
    act_type_xmlid: Any = "",
    date_deadline: Any = None,
    summary: Any = "",
    note: Any = "",
    *,
    user_id: Any = None,
    activity_type_id: Any = None,
) -> list[int]:
    """Plan an activity about each record."""
    kind = _type(act_type_xmlid, activity_type_id)
    day: date | None = python_value(call, DAY, date_deadline)
    return [
        activities.schedule(
            row,
            kind,
            due_date=day,
            summary=str(summary or ""),
            note=str(note or ""),
            user_id=next(iter(row_ids(user_id)), None),
            is_automated=True,
            on=call.today(),
            by=call.actor,
        ).pk
        for row in _rows(call, ids)
    ]


def activity_feedback(
    call: Call,
    ids: Any,
    act_type_xmlids: Any,
    user_id: Any = None,
    feedback: Any = "",
    attachment_ids: Any = (),
    only_automated: Any = True,
) -> bool:
    """Mark the open activities of some types on records as done: those that programs planned, of one user if named."""
    found = _open(call, ids, act_type_xmlids, user_id, planned=bool(only_automated))
    activities.done(
        found,
        feedback=str(feedback or ""),
        attachment_ids=row_ids(attachment_ids),
        on=call.today(),
        by=call.actor,
    )
    return True


def activity_unlink(
    call: Call, ids: Any, act_type_xmlids: Any, user_id: Any = None, only_automated: Any = True
) -> bool:
    """Drop the open activities of some types on records: those that programs planned, of one user if named."""
    found = _open(call, ids, act_type_xmlids, user_id, planned=bool(only_automated))
    activities.cancel(found, by=call.actor)
    return True


METHODS = {
    one.__name__: record_method(one)
    for one in (
        message_post,
        message_subscribe,
        message_unsubscribe,
        activity_schedule,
        activity_feedback,
        activity_unlink,
    )
}


def _rows(call: Call, ids: Any) -> list[Any]:
    return list(found_rows(call, row_ids(ids), "read"))


def _one(call: Call, ids: Any) -> Any:
    rows = _rows(call, ids)
    if len(rows) != 1:
        raise value_error(f"Expected singleton: {call.exposure.name}{tuple(row_ids(ids))}")
    return rows[0]


def _known(name: Any) -> Any:
    """The row behind an external id. Raises the contract's ValueError."""
    try:
        return row_named(str(name))
    except Missing:
        raise value_error(f"External ID not found in the system: {name}") from None


def _type(name: Any, type_id: Any) -> ActivityType | str:
    if name:
        found: ActivityType = _known(name)
        return found
    return ActivityType.objects.filter(pk__in=row_ids(type_id)).first() or ""


def _subtype(name: Any, subtype_id: Any) -> str:
    if name:
        _known(name)
        return str(name)
    kind = ContentType.objects.get_for_model(MessageSubtype)
    found = ExternalId.objects.filter(content_type=kind, row_id__in=row_ids(subtype_id)).first()
    return found.complete_name if found else messages.NOTE


def _open(call: Call, ids: Any, names: Any, user_id: Any, *, planned: bool) -> QuerySet[Activity]:
    kinds = [_known(name) for name in names or ()]
    rows = [row.pk for row in _rows(call, ids)]
    model: Any = call.exposure.model
    found = Activity.objects.open().about_all(model, rows).filter(type__in=kinds)
    found = found.filter(is_automated=True) if planned else found
    return found.filter(user__in=row_ids(user_id)) if user_id else found


def kind_of(model: type[Model]) -> str:
    """The SQL of a model's content type."""
    meta = model._meta
    where = f"c.app_label = '{meta.app_label}' AND c.model = '{meta.model_name}'"
    return f"(SELECT c.id FROM django_content_type c WHERE {where})"  # noqa: S608 - names of our own models


def about(
    name: str, relation: str, label: Any, model: Any, kind: str, *, only: str = ""
) -> Declared:
    """Declare a set of what is about a row: tied by the kind of record and its number."""
    condition = f"{{content_type}} = {kind}{only}"
    table = f'"{model._meta.db_table}"'
    link = Link("{pk}", table, '"row_id"', '"id"', many=False, only=condition)
    return computed(name, "one2many", label=label, relation=relation, link=link, inverse="res_id")


def _sets(kind: str) -> tuple[Declared, ...]:
    following = (
        f"(SELECT f.row_id, f.partner_id FROM base_follower f WHERE f.content_type_id = {kind})"  # noqa: S608
    )
    partners = Link("{pk}", following, "row_id", "partner_id", many=True)
    return (
        about("message_ids", "mail.message", _("Messages"), Message, kind),
        about("message_follower_ids", "mail.followers", _("Followers"), Follower, kind),
        about(
            "activity_ids",
            "mail.activity",
            _("Activities"),
            Activity,
            kind,
            only=" AND {is_active}",
        ),
        computed(
            "message_partner_ids",
            "many2many",
            label=_("Followers (Partners)"),
            relation="res.partner",
            link=partners,
        ),
        computed(
            "message_attachment_count",
            "integer",
            label=_("Attachment Count"),
            sql=FILES.format(kind=kind),
        ),
    )


def _told(model: type[Model]) -> tuple[Declared, ...]:
    def follows(call: Call, ids: list[int]) -> dict[int, bool]:
        mine = Follower.objects.about_all(model, ids).filter(partner=call.actor.partner_id)
        return dict.fromkeys(mine.values_list("row_id", flat=True), True)

    def unread(call: Call, ids: list[int]) -> dict[int, int]:
        return call.once("unread", partial(counted, call, ids))

    def counted(call: Call, ids: list[int]) -> dict[int, int]:
        mine = Q(notifications__partner=call.actor.partner_id, notifications__is_read=False)
        rows = Message.objects.about_all(model, ids).filter(mine).order_by()
        return dict(rows.values_list("row_id").annotate(count=Count("pk", distinct=True)))

    def is_unread(call: Call, ids: list[int]) -> dict[int, bool]:
        return dict.fromkeys(unread(call, ids), True)

    return (
        computed("message_is_follower", "boolean", label=_("Is Follower"), function=follows),
        computed("message_needaction", "boolean", label=_("Action Needed"), function=is_unread),
        computed(
            "message_needaction_counter", "integer", label=_("Number of Actions"), function=unread
        ),
    )


def _next(kind: str) -> tuple[Declared, ...]:
    """What the activity that is due first says."""

    def first(what: str) -> str:
        return FIRST.format(what=what, kind=kind)

    return (
        computed(
            "activity_state",
            "selection",
            label=_("Activity State"),
            choices=OPEN_STATES,
            sql=first(STATE),
        ),
        computed(
            "activity_date_deadline",
            "date",
            label=_("Next Activity Deadline"),
            sql=first("a.due_date"),
        ),
        computed(
            "activity_summary", "char", label=_("Next Activity Summary"), sql=first("a.summary")
        ),
        computed(
            "activity_user_id",
            "many2one",
            label=_("Responsible User"),
            relation="res.users",
            sql=first("a.user_id"),
        ),
        computed(
            "activity_type_id",
            "many2one",
            label=_("Next Activity Type"),
            relation="mail.activity.type",
            sql=first("a.type_id"),
        ),
    )
