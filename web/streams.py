"""Open pages that listen: each is told, as soon as it is committed, that its record has changed or something has come.

A stream is a thread that waits and asks the database nothing. One thread of the process, the `Hub`, hears what is
announced and asks on behalf of whom it concerns; by their rights as they are then.
"""

import logging
import random
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.db.models import Model
from django.utils import timezone, translation
from redis.exceptions import RedisError

from base import announcing
from base.actors import Actor
from base.models import User
from base.presence import Door
from web import live

log = logging.getLogger(__name__)

LIFE = 120.0  # seconds after which a page has to come again
BEAT = 15.0  # between two signs of life: whoever does not take it has gone
PAUSE = 0.5  # at the least, between two news of one page
AT_MOST_EACH = 12  # streams that one person may have, in one process
_DEAF = 3 * announcing.BEAT  # without a word for so long, nobody announces any more
_TICK = 0.25


@dataclass(frozen=True)
class Listener:
    """Who listens to what: an actor as signed in by a session, and a record or none."""

    actor: Actor
    access_version: int
    session_key: str | None
    model: type[Model] | None = None
    pk: int = 0

    @property
    def keys(self) -> set[str]:
        """What concerns it, of all that is announced."""
        keys = {f"partner {self.actor.partner_id}", f"user {self.actor.user_id}"}
        if self.model is not None:
            kind = ContentType.objects.get_for_model(self.model).pk
            keys |= {f"{self.model._meta.db_table} {self.pk}", f"talk {kind} {self.pk}"}
        return keys

    @property
    def is_unannounced(self) -> bool:
        """Whether its record keeps no history: then only looking tells whether it has changed."""
        triggers = getattr(self.model._meta, "triggers", ()) if self.model else ()
        return self.model is not None and all(one.name != "remember" for one in triggers)

    def counts_still(self) -> bool:
        """Whether this is still signed in, with the rights of before."""
        user = User.objects.active().filter(pk=self.actor.user_id)
        sessions = import_module(settings.SESSION_ENGINE).SessionStore()
        return (
            user.filter(access_version=self.access_version).exists()
            and self.session_key is not None
            and sessions.exists(self.session_key)
        )

    def news(self) -> str:
        """What its page is to know now, in its own language."""
        with translation.override(self.actor.language), timezone.override(self.actor.timezone):
            return live.text(self.actor, self.model, self.pk)


@dataclass(eq=False)
class Stream:
    """What one page is told, until it goes, its time is up, or the house closes. Iterating waits."""

    hub: "Hub"
    listener: Listener
    keys: frozenset[str]
    may_be_told_at: float = 0.0
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _text: str = ""
    _is_new: bool = False
    _is_over: bool = False
    _until: float = 0.0

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        """The next piece for the page: news, or a sign of life."""
        now = time.monotonic()
        if not self._until:
            self._until = now + LIFE * random.uniform(0.9, 1.1)  # noqa: S311 - so that pages do not all come again at once
        with self._changed:
            self._changed.wait_for(self._has_word, min(BEAT, max(self._until - now, 0.0)))
            if self._is_over or time.monotonic() >= self._until:
                raise StopIteration
            is_new, self._is_new = self._is_new, False
            return f"data: {self._text}\n\n".encode() if is_new else b"event: beat\ndata:\n\n"

    def tell(self, text: str) -> None:
        """Have the page told this, unless it knows. What it has not taken yet is told no more."""
        with self._changed:
            if text != self._text:
                self._text, self._is_new = text, True
                self._changed.notify()

    def end(self) -> None:
        """Let the page go."""
        with self._changed:
            self._is_over = True
            self._changed.notify()

    def close(self) -> None:
        """Give its place back."""
        self.hub.leave(self)

    def _has_word(self) -> bool:
        return self._is_new or self._is_over


class Hub(threading.Thread):
    """Everybody of this process who listens. Without `room` there is nobody, and pages ask."""

    def __init__(self, door: Door, room: int = 0) -> None:
        super().__init__(name="hub", daemon=True)
        self.room = room
        self._door = door
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()
        self._due: set[Stream] = set()
        self._heard_at = 0.0
        self._looked_at = time.monotonic()
        self._has_to_end = threading.Event()
        door.when_closed(self.end_all)

    def __len__(self) -> int:
        return len(self._streams)

    def join_in(self, listener: Listener) -> Stream | None:
        """A stream for whoever wants to listen, with the news of now; nothing where there is no room, or nobody is heard."""
        stream = Stream(self, listener, frozenset(listener.keys))
        with self._lock:
            if not self._has_room(listener.actor.user_id):
                return None
            self._streams.add(stream)
        try:
            stream.tell(listener.news())
        except BaseException:
            self.leave(stream)
            raise
        return stream

    def leave(self, stream: Stream) -> None:
        """Let somebody go."""
        with self._lock:
            self._streams.discard(stream)
            self._due.discard(stream)

    def end_all(self) -> None:
        """Let everybody go; their pages ask until they are let in again."""
        with self._lock:
            for stream in self._streams:
                stream.end()

    def stop(self) -> None:
        """Listen no more."""
        self._has_to_end.set()

    def run(self) -> None:
        """Listen until told to stop."""
        while not self._has_to_end.is_set():
            begun = time.monotonic()
            with suppress(RedisError), announcing.heard() as ear:
                while (
                    not self._has_to_end.is_set()
                    and time.monotonic() - max(begun, self._heard_at) < _DEAF
                ):
                    self._turn(ear)
            if self._heard_at:
                log.warning("Nothing is heard of changes for now; pages ask")
            self._heard_at = 0.0
            self.end_all()
            self._has_to_end.wait(announcing.REST)

    def hear(self, piece: str) -> None:
        """Note whom it concerns."""
        self._heard_at = time.monotonic()
        with self._lock:
            if piece == announcing.EVERYTHING:
                self._due |= self._streams
            elif piece:
                keys = set(piece.split("\n"))
                self._due |= {stream for stream in self._streams if stream.keys & keys}

    def tell_due(self) -> None:
        """Tell all whom something concerns and who were not told just before."""
        now = time.monotonic()
        with self._lock:
            ready = [stream for stream in self._due if stream.may_be_told_at <= now]
            self._due.difference_update(ready)
        if not ready or not self._door.enter():
            return
        try:
            self._tell(ready)
        finally:
            self._door.leave()

    def _tell(self, streams: Iterable[Stream]) -> None:
        for stream in streams:
            stream.may_be_told_at = time.monotonic() + PAUSE
            try:
                told = stream.listener.news() if stream.listener.counts_still() else None
            except (DatabaseError, InterfaceError) as error:
                log.warning("Open pages could not be told: %s", error)
                connections.close_all()
                self.end_all()
                return
            if told is None:
                stream.end()
            else:
                stream.tell(told)

    def _turn(self, ear: Any) -> None:
        message = ear.get_message(timeout=_TICK if self._due else announcing.BEAT / 2)
        if message:
            self.hear(message["data"])
        now = time.monotonic()
        if now - self._looked_at > live.EVERY:
            self._looked_at = now
            with self._lock:
                self._due |= {one for one in self._streams if one.listener.is_unannounced}
        self.tell_due()
        close_old_connections()

    def _has_room(self, user_id: int) -> bool:
        mine = sum(stream.listener.actor.user_id == user_id for stream in self._streams)
        return (
            self._door.is_open
            and self._heard_at > 0
            and len(self._streams) < self.room
            and mine < AT_MOST_EACH
        )
