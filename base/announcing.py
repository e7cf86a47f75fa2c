"""What has changed is announced: by the database as it commits, whoever wrote, and through Valkey to whoever listens.

Triggers say what by `NOTIFY` (`base.triggers.announce`): a word for the kind, a number for the row. One process of the
house hands that on to Valkey; where it dies, the next one does. So it costs one connection however many listen.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from base import upkeep
from base.triggers import ANNOUNCED as CHANNEL

log = logging.getLogger(__name__)

RELAYING = 8  # the second half of the advisory lock that the one who relays holds
BEAT = 2.0  # seconds after which it is said that there is nothing to say
REST = 2.0  # before one who does not relay asks whether somebody still does
MOST = 500  # more than these at once are not told apart
EVERYTHING, NOTHING = "*", ""


class Relay(threading.Thread):
    """Hands on what the database announces, in one process of all; in the others it waits for its turn."""

    def __init__(self) -> None:
        super().__init__(name="relay", daemon=True)

    def run(self) -> None:
        """Relay for as long as the process lives, whatever becomes of the database and of Valkey."""
        while True:
            try:
                with upkeep.connected("relay") as line, valkey() as others:
                    while not _takes_over(line):
                        time.sleep(REST)
                    relay(line, others)
            except (psycopg.Error, RedisError) as error:
                log.warning("Changes are not announced for now: %s", error)
            time.sleep(REST)


def relay(line: psycopg.Connection[Any], others: Redis) -> None:
    """Hand on whatever is announced; begins with `EVERYTHING`, since nobody knows what was said before."""
    line.execute(f"LISTEN {CHANNEL}")
    others.publish(channel(), EVERYTHING)
    while True:
        heard = [notice.payload for notice in line.notifies(timeout=BEAT, stop_after=1)]
        others.publish(channel(), said(heard))


def said(keys: Iterable[str]) -> str:
    """What is said in one piece of several keys."""
    different = dict.fromkeys(keys)
    return EVERYTHING if len(different) > MOST else "\n".join(different)


@contextmanager
def heard() -> Iterator[Any]:
    """An ear for what is announced: `redis.client.PubSub`, of which each message is a piece that `said` made."""
    with valkey() as line, line.pubsub(ignore_subscribe_messages=True) as ear:  # type: ignore[no-untyped-call]
        ear.subscribe(channel())
        yield ear


def channel() -> str:
    """Where it is said in Valkey, which houses may share."""
    return f"{CHANNEL}.{settings.DATABASES['default']['NAME']}"


@contextmanager
def valkey() -> Iterator[Redis]:
    """A connection of one's own to Valkey."""
    line: Redis = Redis.from_url(
        settings.CACHES["default"]["LOCATION"], decode_responses=True, socket_connect_timeout=2
    )
    try:
        yield line
    finally:
        line.close()


def _takes_over(line: psycopg.Connection[Any]) -> bool:
    found = line.execute("SELECT pg_try_advisory_lock(%s, %s)", [upkeep.LOCKS, RELAYING]).fetchone()
    return bool(found and found[0])
