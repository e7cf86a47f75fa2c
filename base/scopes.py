"""Who sees what is about records: messages, files, activities and followers go with the record they are about."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model, Q

from base.actors import Actor
from base.errors import AccessDenied
from base.models import (
    Activity,
    ApiKey,
    Attachment,
    ColumnChoice,
    DefaultValue,
    Favourite,
    Follower,
    JobRun,
    Message,
    Notification,
    OutgoingMail,
)
from base.models.about import AboutRecord
from base.policies import require_all_visible, row_filter, scope, visible

# Jumps from one kind of record to the next along the index, instead of reading the whole table.
KINDS = """
WITH RECURSIVE kinds(found) AS (
    (SELECT content_type_id FROM {table} WHERE content_type_id IS NOT NULL ORDER BY 1 LIMIT 1)
    UNION ALL
    SELECT (SELECT content_type_id FROM {table} WHERE content_type_id > found ORDER BY 1 LIMIT 1)
      FROM kinds WHERE found IS NOT NULL
)
SELECT found FROM kinds WHERE found IS NOT NULL
"""


@scope(Message)
def message_seen(actor: Actor) -> Q:
    """Messages about records that the actor sees, and those written by or to the actor."""
    own = Q(author=actor.partner_id) | Q(notifications__partner=actor.partner_id)
    return _about_visible(Message, actor, own=Q(pk__in=Message.objects.filter(own).values("pk")))


@scope(Favourite)
def favourite_seen(actor: Actor) -> Q:
    """One's own favourites, and those of everybody."""
    return Q(user=actor.user_id) | Q(user__isnull=True)


@scope(DefaultValue)
def default_seen(actor: Actor) -> Q:
    """One's own defaults, and those of everybody; all of them for whoever may change everybody's."""
    everybodys = actor.has_perm("base.change_defaultvalue")
    return Q() if everybodys else Q(user=actor.user_id) | Q(user__isnull=True)


@scope(ColumnChoice)
def columns_seen(actor: Actor) -> Q:
    """One's own choices."""
    return Q(user=actor.user_id)


@scope(Attachment)
def attachment_seen(actor: Actor) -> Q:
    """Files on records that the actor sees, the actor's own loose files, and public ones."""
    loose = Q(content_type__isnull=True, created_by=actor.user_id)
    return _about_visible(Attachment, actor, own=loose | Q(is_public=True))


@scope(Activity)
def activity_seen(actor: Actor) -> Q:
    """Activities about records that the actor sees, and those the actor has to do."""
    return _about_visible(Activity, actor, own=Q(user=actor.user_id))


@scope(Follower)
def follower_seen(actor: Actor) -> Q:
    """Followers of records that the actor sees."""
    return _about_visible(Follower, actor, own=Q(partner=actor.partner_id))


@scope(Notification)
def notification_seen(actor: Actor) -> Q:
    """The actor's own."""
    return Q() if actor.is_superuser else Q(partner=actor.partner_id)


@scope(ApiKey)
def api_key_seen(actor: Actor) -> Q:
    """The actor's own."""
    return Q() if actor.is_superuser else Q(user=actor.user_id)


@scope(OutgoingMail)
def outgoing_mail_seen(actor: Actor) -> Q:
    """Mail about records that the actor sees, and what the actor has written."""
    return _about_visible(OutgoingMail, actor, own=Q(created_by=actor.user_id))


@scope(JobRun)
def job_run_seen(actor: Actor) -> Q:
    """Jobs that the actor has asked for; all of them for whoever steers jobs."""
    return Q() if actor.has_perm("base.steer_jobrun") else Q(asked_by=actor.user_id)


def check_visible(row: Model, *, by: Actor) -> None:
    """Refuse with `AccessDenied` or `Missing` unless the actor may see a record."""
    check_all_visible(type(row), [row.pk], by=by)


def check_all_visible(model: type[Model], ids: Iterable[int], *, by: Actor) -> None:
    """Refuse with `AccessDenied` or `Missing` unless the actor may see all of some records."""
    _check(model, "view", by)
    require_all_visible(model._default_manager.all(), ids, by)


def check_changeable(row: Model, *, by: Actor) -> None:
    """Refuse with `AccessDenied` or `Missing` unless the actor may see and change a record."""
    _check(type(row), "change", by)
    check_visible(row, by=by)


def _check(model: type[Model], action: str, by: Actor) -> None:
    permission = f"{model._meta.app_label}.{action}_{model._meta.model_name}"
    if not by.has_perm(permission):
        raise AccessDenied(permission=permission)


def _about_visible(about: type[AboutRecord], actor: Actor, *, own: Q) -> Q:
    if actor.is_superuser and actor.sees_all_companies:
        return Q()
    condition = own
    for kind in _kinds(about):
        model = kind.model_class()
        if model is None or issubclass(model, AboutRecord):
            continue
        condition |= _of_kind(kind, model, actor)
    return condition


def _of_kind(kind: ContentType, model: Any, actor: Actor) -> Q:
    rows = model._default_manager.all()
    if not actor.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        return Q(pk__in=[])
    if not row_filter(model, actor):
        return Q(content_type=kind)
    return Q(content_type=kind, row_id__in=visible(rows, actor).order_by().values("pk"))


def _kinds(about: type[AboutRecord]) -> list[ContentType]:
    with connection.cursor() as cursor:
        cursor.execute(KINDS.format(table=about._meta.db_table))
        return [ContentType.objects.get_for_id(kind) for (kind,) in cursor.fetchall()]
