"""Passwords and API keys of programs: verified in full once, then remembered for a short while."""

import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import OperationalError, connection

from base.actors import Actor
from base.errors import ERPError, Missing
from base.models import ApiKey, User
from base.prepared import rows

REMEMBER_SECONDS = 60.0
REMEMBER_AT_MOST = 10_000

VERSION = "SELECT access_version FROM base_user WHERE id = $1 AND is_active"


class BadCredentials(ERPError):
    """Login, password or key is wrong, or the user may not sign in. Says nothing about which."""

    code = "bad_credentials"
    status = 401
    message = "Access Denied"


@dataclass(slots=True)
class _Known:
    actor: Actor
    until: float


_secret = secrets.token_bytes(32)
_known: dict[tuple[int, bytes], _Known] = {}
_lock = threading.Lock()


def verify(login: str, secret: str) -> int | None:
    """The id of the active user with this login and password (or API key), or None. Takes the same time for
    an unknown login as for a wrong password."""
    user = User.objects.named(login).filter(is_active=True).first() if login else None
    if user is None:
        make_password(secret or "nobody")
        return None
    return user.pk if secret and _fits(user, secret) is not None else None


def check(user_id: int, secret: str) -> Actor:
    """The actor behind a user id and a password or API key. One small query when verified within a minute.

    Refuses with `BadCredentials`, and with `Missing` for a user id that does not exist.
    """
    place = (user_id, hmac.digest(_secret, secret.encode(), hashlib.sha256))
    version = access_version(user_id)
    found = _known.get(place)
    if (
        found
        and version is not None
        and found.until > time.monotonic()
        and found.actor.access_version == version
    ):
        return found.actor
    _known.pop(place, None)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Missing(model=User._meta.verbose_name, ids=user_id)
    fit = _fits(user, secret) if user.is_active and secret else None
    if fit is None:
        raise BadCredentials
    return _remember(place, user, fit)


def check_key(secret: str) -> Actor:
    """The actor behind an API key alone (bearer). Refuses with `BadCredentials`."""
    for key in ApiKey.objects.usable().filter(index=secret[:8], scope__in=("", "rpc", "read")):
        if hmac.compare_digest(key.hashed, hashed(secret)):
            return check(key.user_id, secret)
    raise BadCredentials


def access_version(user_id: int) -> int | None:
    """The user's access version now, or None when there is no such active user. One prepared query.

    It is the first thing a program's call asks, so it also finds out that the server was restarted meanwhile,
    and connects anew.
    """
    try:
        return _access_version(user_id)
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()
        return _access_version(user_id)


def _access_version(user_id: int) -> int | None:
    found = rows(VERSION, [user_id])
    return found[0][0] if found else None


def hashed(secret: str) -> str:
    """The hash under which a key is kept. Keys are long and random, so that one round suffices."""
    return hashlib.sha256(secret.encode()).hexdigest()


def forget_all() -> None:
    """Empty what is remembered in this process."""
    with _lock:
        _known.clear()


def _fits(user: User, secret: str) -> Any:
    """True for the password, the key for an API key, None for neither."""
    if len(secret) == 40:
        for key in ApiKey.objects.usable().filter(user=user, index=secret[:8]):
            if hmac.compare_digest(key.hashed, hashed(secret)):
                return key
    return True if check_password(secret, user.password) else None


def _remember(place: tuple[int, bytes], user: User, fit: Any) -> Actor:
    actor = Actor.of(user, door="rpc")
    if isinstance(fit, ApiKey) and fit.scope == ApiKey.Scope.READ:
        actor = actor.reading_only()
    until = time.monotonic() + REMEMBER_SECONDS
    if isinstance(fit, ApiKey) and fit.expires_at is not None:
        until = min(until, time.monotonic() + max(0.0, fit.expires_at.timestamp() - time.time()))
    with _lock:
        if len(_known) >= REMEMBER_AT_MOST:
            _known.clear()
        _known[place] = _Known(actor=actor, until=until)
    return actor
