"""From what went wrong inside to what the wire says; anything unforeseen is a bug, logged under a support id."""

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.db.models.deletion import ProtectedError, RestrictedError

from base import errors
from rpc import integrity
from rpc.faults import (
    LOCK,
    MISSING,
    WireError,
    access_error,
    builtin,
    database_error,
    user_error,
    validation_error,
    value_error,
)

log = logging.getLogger("rpc")

FROM_THE_DATABASE = (
    errors.InUse,
    errors.Duplicate,
    errors.Required,
    errors.RuleBroken,
    errors.NothingThere,
)
DATABASE = (IntegrityError, ProtectedError, RestrictedError)


def refusal_of(error: Exception) -> WireError:
    """What the wire says about an exception."""
    if isinstance(error, WireError):
        return error
    if isinstance(error, DATABASE):
        return integrity.refused(error)
    if isinstance(error, ValidationError):
        return _of_ours(errors.translated(error))
    if isinstance(error, errors.ERPError):
        return _of_ours(error)
    if isinstance(error, DatabaseError):
        return _of_database(error) or _bug(error)
    return _bug(error)


def _of_ours(error: errors.ERPError) -> WireError:
    text = str(error)
    if isinstance(error, FROM_THE_DATABASE):
        return integrity.unfit(text)
    for kind, say in SAYINGS:
        if isinstance(error, kind):
            return say(text)
    return user_error(text)


SAYINGS: tuple[tuple[type[errors.ERPError], Callable[[str], WireError]], ...] = (
    (errors.Invalid, validation_error),
    (errors.Refused, user_error),
    (errors.AccessDenied, access_error),
    (errors.Missing, lambda text: WireError(MISSING, text)),
    (errors.Conflict, lambda text: WireError(LOCK, text)),
)


def _of_database(error: DatabaseError) -> WireError | None:
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if isinstance(error, DataError) and "NUL (0x00)" in str(error):
        return value_error("A string literal cannot contain NUL (0x00) characters.")
    if state == "22003":
        return database_error("errors.NumericValueOutOfRange", "integer out of range\n")
    if state.startswith("22"):
        return database_error("DataError", "the database cannot read one of these values")
    if state in {"54001", "54011", "54023"}:
        return value_error("Domain() malformed domain: it is too complex")
    if isinstance(error, OperationalError) and state in {"40001", "40P01", "55P03"}:
        return WireError(LOCK, "Cannot grab a lock on records")
    return None


def _bug(error: Exception) -> WireError:
    support_id = secrets.token_hex(4)
    log.error("bug %s", support_id, exc_info=error)
    return builtin(
        "Exception",
        f"Something went wrong on our side. Tell your administrator this number: {support_id}",
    )
