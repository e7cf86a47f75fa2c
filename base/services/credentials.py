"""Passwords and API keys of programs: verified in full once, then remembered for a short while."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.hashers import check_password, make_password
from django.db import OperationalError, connection
from django.utils.crypto import constant_time_compare

from base.actors import Actor
from base.errors import ERPError, Missing
from base.models import ApiKey, User
from base.prepared import rows

REMEMBER_SECONDS = 60.0
REMEMBER_AT_MOST = 10_000
LONGEST = (
    1024  # characters; hashing a longer secret would cost more than anybody's password is worth
)
KEY_LENGTH = 40

VERSION = """SELECT access_version, (SELECT array_agg(DISTINCT model) FROM base_defaultvalue)
  FROM base_user WHERE id = $1 AND is_active"""


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
_owners: dict[bytes, int] = {}
_lock = threading.Lock()


def verify(login: str, secret: str) -> int | None:
    """The id of the active user with this login and password (or API key), or None. Takes the same time for
    an unknown login as for a wrong password.

    A password alone does not open the account of a user who has a second factor; an API key does.
    """
    user = User.objects.named(login).filter(is_active=True).first() if login else None
    if user is None:
        make_password(secret[:LONGEST] or "nobody")
        return None
    return user.pk if secret and _fits(user, secret) is not None else None


def awaits_second_factor(login: str, secret: str) -> bool:
    """Whether the password is right, but the user has to prove who they are in a second way too."""
    user = User.objects.named(login).filter(is_active=True).first() if login else None
    return user is not None and is_mfa_enabled(user) and _is_password(user, secret)


def check(user_id: int, secret: str, *, gate: Callable[[], None] | None = None) -> Actor:
    """The actor behind a user id and a password or API key. One small query when verified within a minute.

    `gate` is called before anything is verified in full; it may refuse. Refuses with `BadCredentials`, and with
    `Missing` for a user id that does not exist.
    """
    place = (user_id, _digest(secret))
    known = _remembered(place)
    if known is not None:
        return known
    if gate is not None:
        gate()
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Missing(model=User._meta.verbose_name, ids=user_id)
    fit = _fits(user, secret) if secret else None
    if fit is None or not user.is_active:
        raise BadCredentials
    return _remember(place, user, fit)


def knows_key(secret: str) -> bool:
    """Whether an API key was verified within a minute and still opens what it did."""
    return _remembered_owner(_digest(secret)) is not None


def check_key(secret: str) -> Actor:
    """The actor behind an API key alone (bearer). One small query when verified within a minute.

    Refuses with `BadCredentials`.
    """
    place = _digest(secret)
    known = _remembered_owner(place)
    if known is not None:
        return known
    for key in ApiKey.objects.usable().filter(index=secret[:8]).select_related("user"):
        if len(secret) == KEY_LENGTH and hmac.compare_digest(key.hashed, hashed(secret)):
            with _lock:
                if len(_owners) >= REMEMBER_AT_MOST:
                    _owners.clear()
                _owners[place] = key.user_id
            return _remember((key.user_id, place), key.user, key)
    raise BadCredentials


def check_session(user_id: int, signature: str) -> Actor:
    """The actor who has signed in, from what a session keeps: the user's id, and the hash that ties it to the password.

    One small query when verified within a minute. Refuses with `BadCredentials`.
    """
    place = (user_id, _digest(f"session {signature}"))
    known = _remembered(place)
    if known is not None:
        return known
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not constant_time_compare(signature, user.get_session_auth_hash()):
        raise BadCredentials
    return _remember(place, user, fit=True)


def access_version(user_id: int) -> tuple[int | None, frozenset[str]]:
    """The user's access version now, or None when there is no such active user, and the nouns that have defaults.
    One prepared query.

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


def _access_version(user_id: int) -> tuple[int | None, frozenset[str]]:
    found = rows(VERSION, [user_id])
    return (found[0][0], frozenset(found[0][1] or ())) if found else (None, frozenset())


def hashed(secret: str) -> str:
    """The hash under which a key is kept. Keys are long and random, so that one round suffices."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def forget_all() -> None:
    """Empty what is remembered in this process."""
    with _lock:
        _known.clear()
        _owners.clear()


def _digest(secret: str) -> bytes:
    """What a secret is remembered by in this process: of no use to anybody who reads its memory."""
    return hmac.digest(_secret, secret.encode(errors="replace"), hashlib.sha256)


def _remembered(place: tuple[int, bytes]) -> Actor | None:
    """The actor verified before, unless anything that decides what they may do has changed since, in any process."""
    version, defaulted = access_version(place[0])
    found = _known.get(place)
    if found is None:
        return None
    if found.until > time.monotonic() and found.actor.access_version == version:
        if found.actor.defaulted != defaulted:
            found.actor = replace(found.actor, defaulted=defaulted)
        return found.actor
    _known.pop(place, None)
    return None


def _remembered_owner(place: bytes) -> Actor | None:
    owner = _owners.get(place)
    return _remembered((owner, place)) if owner is not None else None


def _fits(user: User, secret: str) -> ApiKey | bool | None:
    """True for the password, the key for an API key, None for neither."""
    if len(secret) == KEY_LENGTH:
        for key in ApiKey.objects.usable().filter(user=user, index=secret[:8]):
            if hmac.compare_digest(key.hashed, hashed(secret)):
                return key
    return True if _is_password(user, secret) and not is_mfa_enabled(user) else None


def _is_password(user: User, secret: str) -> bool:
    return bool(secret) and len(secret) <= LONGEST and check_password(secret, user.password)


def _remember(place: tuple[int, bytes], user: User, fit: ApiKey | bool) -> Actor:
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
