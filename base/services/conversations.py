"""What people do in a conversation: write a note or a message, and name those who should look."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import Model, Q
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Refused
from base.models import Message, User
from base.policies import visible
from base.services import messages
from base.services.messages import COMMENT, NOTE
from base.verbs import verb

NAMED = re.compile(r"(?<![\w.@+-])@([\w.@+-]*\w)")


class MayNotLook(Refused):
    """Somebody is named who may not see what it is about."""

    code = "may_not_look"
    message = _(
        "%(names)s may not see this record, and has been told nothing. Take the name out, or let it be shared first."
    )


@verb("base.add_message")
def say(
    row: Model,
    text: str,
    *,
    to_followers: bool = False,
    user_ids: Iterable[int] = (),
    attachment_ids: Sequence[int] = (),
    by: Actor,
) -> Message:
    """Write a note for colleagues, or a message to all who follow the record, also by mail. Answers it.

    Those named in it (by id, or in the text as `@login`) follow the record from now on and are told. Whoever writes
    a message follows it too. Refuses with `MayNotLook`, and like `messages.post`.
    """
    named = named_in(text, user_ids)
    _check_may_look(row, named)
    partner_ids = [user.partner_id for user in named]
    following = [*partner_ids, *([by.partner_id] if to_followers and by.partner_id else [])]
    if following:
        messages.follow_too(row, following, by=by)
    return messages.post(
        row,
        written(text, named),
        kind=Message.Kind.COMMENT,
        subtype=COMMENT if to_followers else NOTE,
        recipient_ids=partner_ids,
        attachment_ids=attachment_ids,
        by=by,
    )


def named_in(text: str, user_ids: Iterable[int] = ()) -> list[User]:
    """The users that a text names: by `@login`, or chosen by id and still named by `@Name`. One query."""
    logins = Q(pk__in=[])
    for login in set(NAMED.findall(text)):
        logins |= Q(username__iexact=login)
    found = User.objects.active().filter(Q(pk__in=list(user_ids)) | logins, pk__gt=1)
    users = list(found.select_related("partner").order_by("pk"))
    return [user for user in users if any(name in text.lower() for name in _marks(user))]


def written(text: str, named: Iterable[User] = ()) -> SafeString:
    """A plain text as it is kept: escaped, with its lines, its links, and the names in it marked."""
    if not text.strip():
        return SafeString("")
    marked = str(urlize(escape(text.strip()), nofollow=True))
    for user in named:
        for mark in _marks(user):
            shown = re.compile(re.escape(str(escape(mark))) + r"(?!\w)", re.IGNORECASE)
            marked = shown.sub(lambda found: f'<span class="mention">{found[0]}</span>', marked)
    return mark_safe("<p>" + marked.replace("\r\n", "\n").replace("\n", "<br>") + "</p>")  # noqa: S308 - escaped above


def may_look(row: Model, user: User) -> bool:
    """Whether a user may see a record, in whichever of their companies."""
    actor = Actor.of(user, door="web")
    everywhere = actor.for_companies(actor.allowed_company_ids)
    return visible(type(row)._default_manager.filter(pk=row.pk), everywhere).exists()


def _check_may_look(row: Model, named: Iterable[User]) -> None:
    if outside := [str(user.partner.name) for user in named if not may_look(row, user)]:
        raise MayNotLook(names=", ".join(outside))


def _marks(user: User) -> tuple[str, ...]:
    """How a user is named in a text."""
    marks = (f"@{user.partner.name}".lower(), f"@{user.username}".lower())
    return tuple(dict.fromkeys(marks))
