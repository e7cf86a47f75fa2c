"""Against guessing: after some failures from one address, further tries wait, in every process.

Failures are counted in Valkey, for each login at an address and for each address. A process that sees a count reached
remembers it by itself, so that a call with good credentials never asks Valkey anything. Credentials that have been
verified within the last minute are let in all the same: nobody who shares an address with a guesser is locked out.
"""

import hashlib
import time
from contextvars import ContextVar

from django.conf import settings
from django.core.cache import cache

from rpc.faults import access_denied

REMEMBER_AT_MOST = 10_000
WAIT = "Too many login failures, please wait a bit before trying again."
LOGINS_OF_AN_ADDRESS = (
    10  # times as many failures as one login has: an office may share one address
)

address: ContextVar[str] = ContextVar("address", default="")
_closed: dict[str, float] = {}


def is_open(who: object = None) -> bool:
    """Whether a try for this name may be made now; without a name, any try from this address."""
    if not _closed:
        return True
    now = time.monotonic()
    return all(_closed.get(key, 0.0) <= now for key in _keys(who))


def require_open(who: object = None) -> None:
    """Let a try pass, or raise AccessDenied while tries have to wait."""
    if not is_open(who):
        raise access_denied(WAIT)


def failed(who: object = None) -> None:
    """Count a failure."""
    most = settings.RPC_LOGIN_FAILURES
    if not most:
        return
    *named, everybody = _keys(who)
    for key in named:
        _count(key, most)
    _count(everybody, most * LOGINS_OF_AN_ADDRESS)


def passed(who: object) -> None:
    """Forget the failures of a name: the right person has come."""
    key = _keys(who)[0]
    _closed.pop(key, None)
    cache.delete(key)


def forget_all() -> None:
    """Empty what is remembered in this process."""
    _closed.clear()


def _count(key: str, most: int) -> None:
    """Count one failure; the count runs out by itself after the time of waiting."""
    cache.add(key, 0, settings.RPC_LOGIN_COOLDOWN)
    try:
        reached = cache.incr(key) >= most
    except ValueError:  # it has run out in between
        return
    if reached:
        if len(_closed) >= REMEMBER_AT_MOST:
            _closed.clear()
        _closed[key] = time.monotonic() + settings.RPC_LOGIN_COOLDOWN


def _keys(who: object) -> list[str]:
    """Where failures are counted: for the name at this address, if there is one, and for the address."""
    here = address.get()
    names = [here] if who is None else [f"{here} {str(who).lower()[:200]}", here]
    return [
        f"rpc.failures.{hashlib.sha256(one.encode(errors='replace')).hexdigest()[:32]}"
        for one in names
    ]
