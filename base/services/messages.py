"""What can be done around a record: say something, follow it, read what one was told."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import AccessDenied, Refused
from base.models import (
    Attachment,
    ExternalId,
    Follower,
    Message,
    MessageSubtype,
    Notification,
    Partner,
)
from base.scopes import check_all_visible, check_visible
from base.services import attachments as files
from base.services import letters
from base.verbs import verb

NOTE, COMMENT = "mail.mt_note", "mail.mt_comment"


class NothingToSay(Refused):
    """A message without text, subject and files."""

    code = "nothing_to_say"
    message = _("Write something first.")


@verb("base.add_message")
def post(
    row: Model,
    body: str = "",
    *,
    subject: str = "",
    kind: str = Message.Kind.NOTIFICATION,
    subtype: str = NOTE,
    recipient_ids: Iterable[int] = (),
    attachment_ids: Iterable[int] = (),
    parent: Message | None = None,
    author_id: int | None = None,
    email_from: str = "",
    by: Actor,
) -> Message:
    """Say something about a record. Recipients and the followers who hear of the subtype are told, the author is not.

    A comment that is not for employees only goes to them by mail, too, unless they read their messages here.
    A plain `body` is text and is escaped; markup must come as `SafeString`, and is cleaned all the same. Notes reach
    employees only. Refuses with `NothingToSay`, and with `AccessDenied` or `Missing` for what the actor may not see.
    """
    check_visible(row, by=by)
    file_ids = list(attachment_ids)
    if not (body or subject or file_ids):
        raise NothingToSay
    known = _subtype(subtype)
    message = Message.objects.create(
        row=row,
        body=body if isinstance(body, SafeString) else escape(body),
        subject=subject,
        kind=kind,
        subtype=known,
        record_name=str(row)[:400],
        author_id=author_id or by.partner_id,
        email_from=email_from,
        parent=parent,
        is_internal=bool(known and known.is_internal),
    )
    told = list(dict.fromkeys(recipient_ids))
    if told:
        check_all_visible(Partner, told, by=by)
        message.recipients.set(told)
    if file_ids:
        files.attach(Attachment.objects.filter(pk__in=file_ids), row, by=by)
        message.attachments.set(Attachment.objects.about(row).filter(pk__in=file_ids))
    reached = _tell(message, told, row, known)
    if subtype == COMMENT and kind == Message.Kind.COMMENT:
        letters.write(message, reached, by=by)
    return message


@verb("base.add_follower")
def follow(
    row: Model, partner_ids: Iterable[int], *, subtype_ids: Iterable[int] | None = None, by: Actor
) -> list[Follower]:
    """Let partners hear what happens to a record: of the default subtypes, unless some are named.

    Refuses with `AccessDenied` or `Missing` for what the actor may not see.
    """
    check_visible(row, by=by)
    wanted = list(dict.fromkeys(partner_ids))
    check_all_visible(Partner, wanted, by=by)
    kind = ContentType.objects.get_for_model(row)
    Follower.objects.bulk_create(
        [Follower(content_type=kind, row_id=row.pk, partner_id=pk) for pk in wanted],
        ignore_conflicts=True,
    )
    followers = list(Follower.objects.about(row).filter(partner__in=wanted))
    chosen = _default_subtypes(row) if subtype_ids is None else list(subtype_ids)
    for follower in followers:
        follower.subtypes.set(chosen)
    return followers


@verb("base.add_follower")
def follow_too(row: Model, partner_ids: Iterable[int], *, by: Actor) -> None:
    """Let partners hear what happens to a record; those who follow it already hear what they chose. Refuses like `follow`."""
    known = Follower.objects.about(row).values_list("partner", flat=True)
    new = set(partner_ids) - set(known)
    if new:
        follow(row, sorted(new), by=by)


@verb("base.delete_follower")
def unfollow(row: Model, partner_ids: Iterable[int], *, by: Actor) -> int:
    """Let partners hear of a record no more; answers how many."""
    check_visible(row, by=by)
    rows = Follower.objects.about(row).filter(partner__in=list(partner_ids))
    return rows.delete()[1].get(Follower._meta.label, 0)


@verb("base.delete_message")
def delete(messages: QuerySet[Message], *, by: Actor) -> int:
    """Take back what the actor has said; an administrator may take back anything. Refuses with `AccessDenied`."""
    if not by.is_superuser and messages.exclude(author=by.partner_id).exists():
        raise AccessDenied(permission="base.delete_message")
    ids = list(messages.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    Message.objects.filter(pk__in=ids).delete()
    return len(ids)


@verb("base.view_message", audited=False)
def mark_read(messages: QuerySet[Message], *, by: Actor) -> int:
    """Note that the actor has read messages; answers how many were new."""
    mine = Notification.objects.filter(message__in=messages, partner=by.partner_id, is_read=False)
    return mine.update(is_read=True, read_at=timezone.now())


@verb("base.view_message", audited=False)
def star(message: Message, *, starred: bool = True, by: Actor) -> None:
    """Put a message on the actor's list of starred ones, or take it off."""
    check_visible(message, by=by)
    if by.partner_id is None:
        return
    Notification.objects.update_or_create(
        message=message,
        partner=by.partner_id,
        defaults={"is_starred": starred},
        create_defaults={"partner_id": by.partner_id, "is_starred": starred, "is_read": True},
    )


def counters(by: Actor) -> dict[str, int]:
    """How many messages the actor has not read, and how many are starred. One query."""
    return Notification.objects.filter(partner=by.partner_id).aggregate(
        unread=Count("pk", filter=Q(is_read=False)), starred=Count("pk", filter=Q(is_starred=True))
    )


def _subtype(name: str) -> MessageSubtype | None:
    found = ExternalId.objects.named(name).first()
    return MessageSubtype.objects.filter(pk=found.row_id).first() if found else None


def _default_subtypes(row: Model) -> list[int]:
    suitable = Q(model="") | Q(model=row._meta.label_lower)
    return list(
        MessageSubtype.objects.filter(suitable, is_default=True).values_list("pk", flat=True)
    )


def _tell(
    message: Message, recipient_ids: list[int], row: Model, subtype: MessageSubtype | None
) -> list[int]:
    """Write one notification for everyone concerned; outsiders are never told of what is internal. Answers whom."""
    told = Partner.objects.filter(pk__in=recipient_ids)
    if subtype is not None:
        told |= Partner.objects.filter(
            pk__in=Follower.objects.about(row).filter(subtypes=subtype).values("partner")
        )
    if message.is_internal:
        told = told.filter(user__is_active=True)
    found = told.exclude(pk=message.author_id or 0).order_by("pk").values_list("pk", flat=True)
    ids = list(dict.fromkeys(found))
    Notification.objects.bulk_create([Notification(message=message, partner_id=pk) for pk in ids])
    return ids
