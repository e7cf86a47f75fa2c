"""The web session: sign in once, then call by cookie."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from base.actors import Actor
from base.models import User
from base.modules import installed, wire_name
from base.services import credentials
from rpc import dispatch, identity, registry, throttle
from rpc.faults import EXPIRED, HttpError, WireError, access_denied, access_error, type_error
from rpc.protocols.bodies import no_such_page, page, see_other
from rpc.protocols.info import session_info
from rpc.protocols.jsonrpc import Params, enveloped
from rpc.services import databases
from rpc.services.common import verified

COOKIE = "session_id"
SECONDS = 604_800
STORE = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
COOKIE_BYTES = 63  # 84 characters
HOME = "/odoo"
UNKNOWN = (
    "404 Not Found: The requested URL was not found on the server. If you entered the URL manually please check your "
    "spelling and try again."
)


def authenticate(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/session/authenticate`: sign in; the answer sets the cookie."""
    opened: list[str] = []

    def work(params: Params) -> Any:
        actor = _signed_in(params, opened)
        return session_info(request, actor) if actor else {"uid": None}

    response = enveloped(request, work)
    if opened:
        _set_cookie(response, opened[0])
    return response


def get_session_info(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/session/get_session_info`."""
    return _by_cookie(request, lambda actor, _params: session_info(request, actor))


def check(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/session/check`: nothing, or "expired"."""
    return _by_cookie(request, lambda _actor, _params: None)


def destroy(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/session/destroy`: sign out."""

    def work(_actor: Actor, _params: Params) -> None:
        _store(request).flush()

    return _by_cookie(request, work)


def modules(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/session/modules`: the names of the installed modules."""
    return _by_cookie(
        request, lambda _actor, _params: [wire_name(one.label) for one in installed()]
    )


def get_lang_list(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/session/get_lang_list`."""
    return enveloped(request, lambda _params: databases.languages())


def logout(request: HttpRequest) -> HttpResponseBase:
    """`GET /web/session/logout`: sign out and go to the sign-in page, or to a path of this site."""
    if COOKIE in request.COOKIES:
        _store(request).flush()
    response = see_other(_path_here(request.GET.get("redirect", HOME)))
    response.delete_cookie(COOKIE, path="/")
    return response


def _path_here(wanted: str) -> str:
    """The path, if it is one of this site that a header can carry."""
    fits = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.isprintable()
    return wanted if wanted.startswith("/") and fits else HOME


def call_kw(request: HttpRequest, _path: str) -> HttpResponseBase:
    """`POST /web/dataset/call_kw[/…]`: a method, by cookie."""
    return _by_cookie(request, _called)


def call_button(request: HttpRequest, _path: str) -> HttpResponseBase:
    """`POST /web/dataset/call_button[/…]`: the same; answers an action, or false."""

    def work(actor: Actor, params: Params) -> Any:
        result = _called(actor, params)
        return result if isinstance(result, dict) and "type" in result else False

    return _by_cookie(request, work)


PATHS = {
    "/web/session/authenticate": authenticate,
    "/web/session/get_session_info": get_session_info,
    "/web/session/check": check,
    "/web/session/destroy": destroy,
    "/web/session/modules": modules,
    "/web/session/get_lang_list": get_lang_list,
    "/web/session/logout": logout,
}


def _signed_in(params: Params, opened: list[str]) -> Actor | None:
    """Who signs in, with the cookie in `opened`; None while a second factor is wanting."""
    if params.get("db") not in databases.names():
        raise access_error("Database not found.")
    login, secret = params.get("login"), params.get("password")
    if not isinstance(login, str) or not isinstance(secret, str) or not secret:
        raise access_denied()
    try:
        user = User.objects.get(pk=verified(login, secret))
    except WireError:
        if throttle.is_open(login) and credentials.awaits_second_factor(login, secret):
            return None
        raise
    opened.append(_open(user))
    return Actor.of(user, door="rpc")


def _open(user: User) -> str:
    """Begin a session; answers the cookie. What is kept is no cookie: whoever reads the table cannot sign in."""
    cookie = secrets.token_urlsafe(COOKIE_BYTES)
    store = STORE(_kept_as(cookie))
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store.set_expiry(SECONDS)
    store._session_key = _kept_as(cookie)
    store.save(must_create=True)
    return cookie


def _kept_as(cookie: str) -> str:
    return hashlib.sha256(cookie.encode(errors="replace")).hexdigest()[:40]


def _by_cookie(request: HttpRequest, work: Any) -> HttpResponseBase:
    named = request.headers.get("X-Odoo-Database")
    if named is not None and named not in databases.names():
        if COOKIE not in request.COOKIES:
            return no_such_page()
        text = "Cannot use both the session_id cookie and the x-odoo-database header."
        return page(403, "Forbidden", text)

    def visit(params: Params) -> Any:
        with identity.visiting(_store(request)):
            return work(_actor(request), params)

    return enveloped(request, visit)


def _actor(request: HttpRequest) -> Actor:
    """Who has signed in. Raises the contract's SessionExpired."""
    store = _store(request)
    user_id, signature = store.get(SESSION_KEY), store.get(HASH_SESSION_KEY)
    try:
        return credentials.check_session(int(user_id or 0), str(signature))
    except (ValueError, credentials.BadCredentials):
        raise WireError(EXPIRED, "Session expired") from None


def _store(request: HttpRequest) -> SessionBase:
    cookie = request.COOKIES.get(COOKIE)
    store: SessionBase = STORE(_kept_as(cookie) if cookie else None)
    return store


def _called(actor: Actor, params: Params) -> Any:
    for needed in ("model", "method", "args", "kwargs"):
        if needed not in params:
            raise type_error(
                f"DataSet.call_kw() missing 1 required positional argument: '{needed}'"
            )
    if registry.find(params["model"]) is None:
        unknown = HttpError(404, "NotFound", UNKNOWN)
        unknown.arguments = []
        raise unknown
    return dispatch.by_position(
        actor, params["model"], params["method"], params["args"], params["kwargs"]
    )


def _set_cookie(response: HttpResponseBase, cookie: str) -> None:
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=SECONDS,
        httponly=True,
        path="/",
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
