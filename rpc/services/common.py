"""The service `common`: who may come in, and which server this is."""

from collections.abc import Callable
from typing import Any

from base.services import credentials, users
from rpc import throttle
from rpc.faults import WireError, access_denied, builtin, type_error
from rpc.services.databases import require_known
from rpc.services.version import ABOUT, SERIE, VERSION


def version(*_nothing: Any) -> dict[str, Any]:
    """The version of the contract."""
    return VERSION


def about(extended: Any = False) -> Any:
    """A sentence about this server."""
    return [ABOUT, SERIE] if extended else ABOUT


def _authenticated(db: Any, login: Any, password: Any) -> int | bool:
    require_known(db)
    if not isinstance(login, str) or not isinstance(password, str) or not password:
        return False
    try:
        return verified(login, password)
    except WireError:
        return False


def verified(login: str, password: str) -> int:
    """The id of the user with these credentials. Raises AccessDenied, also while tries have to wait."""
    throttle.require_open(login)
    found = credentials.verify(login, password)
    if found is None:
        throttle.failed(login)
        raise access_denied()
    throttle.passed(login)
    users.came_in(found)
    return found


def login(db: Any, login: Any, password: Any) -> int | bool:
    """The id of the user with these credentials, or false."""
    return _authenticated(db, login, password)


def authenticate(db: Any, login: Any, password: Any, user_agent_env: Any = None) -> int | bool:
    """The same, for clients that say who they are."""
    del user_agent_env
    return _authenticated(db, login, password)


METHODS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "version": (version, ()),
    "about": (about, ()),
    "login": (login, ("db", "login", "password")),
    "authenticate": (authenticate, ("db", "login", "password")),
}


def serve(method: str, args: list[Any]) -> Any:
    """Answer a call."""
    if method not in METHODS:
        raise builtin("Exception", f"Method not found: {method}")
    function, needed = METHODS[method]
    lacking = [repr(name) for name in needed[len(args) :]]
    if lacking:
        listed = lacking[0] if len(lacking) == 1 else f"{', '.join(lacking[:-1])} and {lacking[-1]}"
        plural = "s" if len(lacking) > 1 else ""
        raise type_error(
            f"exp_{method}() missing {len(lacking)} required positional argument{plural}: {listed}"
        )
    try:
        return function(*args)
    except TypeError as error:
        if error.__traceback__ is not None and error.__traceback__.tb_next is None:
            raise type_error(str(error)) from None
        raise
