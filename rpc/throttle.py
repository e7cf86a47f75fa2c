"""Against guessing: after some failures from one address for one login, further tries wait, in every process.

Failures are counted in Valkey. A process that sees the count reached remembers it by itself, so that a call with
good credentials never asks Valkey anything.
"""

import hashlib
import time
from contextvars import ContextVar

from django.conf import settings
from django.core.cache import cache

from rpc.faults import access_denied

REMEMBER_AT_MOST = 10_000

address: ContextVar[str] = ContextVar("address", default="")
_closed: dict[str, float] = {}


def require_open(who: object) -> None:
    """Let a try pass, or raise AccessDenied while tries for this name from this address have to wait."""
    if _closed and _closed.get(_key(who), 0.0) > time.monotonic():
        raise access_denied("Too many login failures, please wait a bit before trying again.")


def failed(who: object) -> None:
    """Count a failure."""
    if not settings.RPC_LOGIN_FAILURES:
        return
    key = _key(who)
    cache.add(key, 0, settings.RPC_LOGIN_COOLDOWN)
    if cache.incr(key) >= settings.RPC_LOGIN_FAILURES:
        if len(_closed) >= REMEMBER_AT_MOST:
            _closed.clear()
        _closed[key] = time.monotonic() + settings.RPC_LOGIN_COOLDOWN


def passed(who: object) -> None:
    """Forget the failures: the right person has come."""
    key = _key(who)
    _closed.pop(key, None)
    cache.delete(key)


def forget_all() -> None:
    """Empty what is remembered in this process."""
    _closed.clear()


def _key(who: object) -> str:
    name = f"{address.get()} {str(who).lower()}"
    return f"rpc.failures.{hashlib.sha256(name.encode()).hexdigest()[:32]}"
