"""What a page that is open asks now and then: has the record changed, has anything come for me."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.actors import Actor
from base.models import Message, Noun, User
from base.policies import visible
from web import counters, formats

EVERY = 15
"""Seconds between two askings of a page that is looked at."""


@dataclass(frozen=True)
class News:
    """How a record stands now: when it was changed last, by whom, and the last that was said about it."""

    stamp: str
    changed_by: int
    who: str
    at: datetime | None
    said: int

    def told(self, actor: Actor) -> dict[str, Any]:
        """For the page's script."""
        sentence = ""
        if self.at is not None:
            words = {"who": self.who or _("Somebody"), "at": formats.moment(self.at)}
            sentence = _("%(who)s has changed this record (%(at)s).") % words
            if self.changed_by == actor.user_id:
                sentence = _("You have changed this record elsewhere (%(at)s).") % words
        return {"stamp": self.stamp, "said": self.said, "sentence": sentence}


def stamp_of(row: Model) -> str:
    """When a record was changed last, as its page knows it. No query."""
    changed_at = getattr(row, "changed_at", None)
    return _stamp(changed_at) if isinstance(changed_at, datetime) else ""


def news_of(model: type[Model], pk: int, actor: Actor) -> News | None:
    """How a record stands, or nothing where the actor may not see it. One query."""
    said = Message.objects.filter(
        content_type=ContentType.objects.get_for_model(model), row_id=OuterRef("pk")
    )
    rows = visible(model._default_manager.filter(pk=pk), actor).annotate(
        last_said=Subquery(said.order_by("-pk").values("pk")[:1])
    )
    if not issubclass(model, Noun):
        found = rows.values_list("last_said").first()
        return News("", 0, "", None, found[0] or 0) if found else None
    who = User.objects.filter(pk=OuterRef("changed_by")).values("partner__name")[:1]
    row = (
        rows.annotate(who=Subquery(who))
        .values_list("changed_at", "changed_by", "who", "last_said")
        .first()
    )
    if row is None:
        return None
    at, by, name, last = row
    return News(_stamp(at), by or 0, name or "", at, last or 0)


def counted(actor: Actor) -> dict[str, dict[str, Any]]:
    """The numbers of the top bar, with the words that screen readers are told. One query."""
    counts = counters.counts(actor)
    return {
        "activities": {
            "count": counts.activities,
            "label": ngettext(
                "%(counter)s activity waiting",
                "%(counter)s activities waiting",
                counts.activities,
            )
            % {"counter": counts.activities},
        },
        "messages": {
            "count": counts.messages,
            "label": ngettext(
                "%(counter)s new message", "%(counter)s new messages", counts.messages
            )
            % {"counter": counts.messages},
        },
    }


def text(actor: Actor, model: type[Model] | None, pk: int) -> str:
    """All that a page is to know, as JSON; of a record that the actor may not see, nothing. Two queries."""
    found = news_of(model, pk, actor) if model else None
    told = {
        "counts": counted(actor),
        "every": EVERY,
        "record": found.told(actor) if found else None,
    }
    return json.dumps(told, separators=(",", ":"))


def digest(text: str) -> str:
    """A short name of an answer, by which a page says which one it knows."""
    return blake2s(text.encode(), digest_size=8).hexdigest()


def _stamp(at: datetime | None) -> str:
    return f"{at.timestamp():.6f}" if at else ""
