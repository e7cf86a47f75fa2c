"""The service `object`: every call says who calls, and is checked anew."""

from functools import partial
from typing import Any

from base.actors import Actor
from base.errors import Missing
from base.services import credentials
from rpc import dispatch, throttle
from rpc.faults import access_denied, builtin, missing_error, value_error
from rpc.services.databases import require_known

BIGGEST = 2**63 - 1


def serve(method: str, args: list[Any]) -> Any:
    """Answer a call of `execute` or `execute_kw`."""
    if len(args) < 5:
        raise value_error(f"not enough values to unpack (expected at least 5, got {len(args)})")
    if method not in {"execute", "execute_kw"}:
        raise builtin("NameError", f"Method not available {method}")
    db, user_id, secret, model, name, *rest = args
    require_known(db)
    actor = actor_of(user_id, secret)
    if method == "execute":
        return dispatch.by_position(actor, model, name, rest, None)
    if not rest:
        raise value_error("not enough values to unpack (expected 2, got 0)")
    return dispatch.by_position(actor, model, name, rest[0], rest[1] if len(rest) > 1 else None)


def actor_of(user_id: Any, secret: Any) -> Actor:
    """Who calls. Raises the contract's AccessDenied, and MissingError for an id of nobody."""
    if not user_id or not isinstance(secret, str) or not secret:
        raise access_denied()
    number = _number(user_id)
    try:
        return credentials.check(number, secret, gate=partial(throttle.require_open, number))
    except credentials.BadCredentials:
        throttle.failed(number)
        raise access_denied() from None
    except Missing:
        throttle.failed()
        raise missing_error("res.users", [number], number) from None


def _number(user_id: Any) -> int:
    """The id of a user, as loosely as clients give it; what is too large for one is nobody's."""
    try:
        return min(max(int(user_id), -BIGGEST), BIGGEST)
    except (TypeError, ValueError, OverflowError) as error:
        raise value_error(str(error)[:200]) from None
