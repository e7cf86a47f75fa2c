"""The web session: sign in once, then call by cookie."""

from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

from base.actors import Actor
from base.models import User
from base.modules import installed
from base.services import credentials
from rpc import dispatch, registry, throttle
from rpc.faults import EXPIRED, HttpError, WireError, access_denied, access_error, type_error
from rpc.protocols.bodies import page
from rpc.protocols.info import session_info
from rpc.protocols.jsonrpc import Params, enveloped
from rpc.services import databases

COOKIE = "session_id"
SECONDS = 604_800
STORE = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
UNKNOWN = (
    "404 Not Found: The requested URL was not found on the server. If you entered the URL manually please check your "
    "spelling and try again."
)


def authenticate(request: HttpRequest) -> HttpResponse:
    """`POST /web/session/authenticate`: sign in; the answer sets the cookie."""
    opened: list[SessionBase] = []

    def work(params: Params) -> Any:
        actor = _signed_in(params, opened)
        return session_info(request, actor)

    response = enveloped(request, work)
    if opened:
        _set_cookie(response, opened[0])
    return response


def get_session_info(request: HttpRequest) -> HttpResponse:
    """`POST /web/session/get_session_info`."""
    return _by_cookie(request, lambda actor, _params: session_info(request, actor))


def check(request: HttpRequest) -> HttpResponse:
    """`POST /web/session/check`: nothing, or "expired"."""
    return _by_cookie(request, lambda _actor, _params: None)


def destroy(request: HttpRequest) -> HttpResponse:
    """`POST /web/session/destroy`: sign out."""

    def work(_actor: Actor, _params: Params) -> None:
        _store(request).flush()

    return _by_cookie(request, work)


def modules(request: HttpRequest) -> HttpResponse:
    """`POST /web/session/modules`: the names of the installed modules."""
    return _by_cookie(request, lambda _actor, _params: [config.name for config in installed()])


def get_lang_list(request: HttpRequest) -> HttpResponse:
    """`POST /web/session/get_lang_list`."""
    return enveloped(request, lambda _params: databases.languages())


def logout(request: HttpRequest) -> HttpResponse:
    """`GET /web/session/logout`: sign out and go to the sign-in page, or to a path of this site."""
    if COOKIE in request.COOKIES:
        _store(request).flush()
    wanted = request.GET.get("redirect", "/")
    target = wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/"
    response = page(303, "Redirecting", "You should be redirected automatically.", Location=target)
    response.delete_cookie(COOKIE, path="/")
    return response


def call_kw(request: HttpRequest, _path: str) -> HttpResponse:
    """`POST /web/dataset/call_kw[/…]`: a method, by cookie."""
    return _by_cookie(request, _called)


def call_button(request: HttpRequest, _path: str) -> HttpResponse:
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


def _signed_in(params: Params, opened: list[SessionBase]) -> Actor:
    if params.get("db") not in databases.names():
        raise access_error("Database not found.")
    login, secret = params.get("login"), params.get("password")
    if not isinstance(login, str) or not isinstance(secret, str) or not secret:
        raise access_denied()
    throttle.require_open(login)
    user_id = credentials.verify(login, secret)
    if user_id is None:
        throttle.failed(login)
        raise access_denied()
    throttle.passed(login)
    user = User.objects.get(pk=user_id)
    store = STORE()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store.set_expiry(SECONDS)
    store.save()
    opened.append(store)
    return Actor.of(user, door="rpc")


def _by_cookie(request: HttpRequest, work: Any) -> HttpResponse:
    named = request.headers.get("X-Odoo-Database")
    if named and COOKIE in request.COOKIES and named not in databases.names():
        text = "Cannot use both the session_id cookie and the x-odoo-database header."
        return page(403, "Forbidden", text)
    return enveloped(request, lambda params: work(_actor(request), params))


def _actor(request: HttpRequest) -> Actor:
    """Who has signed in. Raises the contract's SessionExpired."""
    store = _store(request)
    user_id = store.get(SESSION_KEY)
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if user is None or not constant_time_compare(
        store.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    ):
        raise WireError(EXPIRED, "Session expired")
    return Actor.of(user, door="rpc")


def _store(request: HttpRequest) -> SessionBase:
    store: SessionBase = STORE(request.COOKIES.get(COOKIE))
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


def _set_cookie(response: HttpResponse, store: SessionBase) -> None:
    response.set_cookie(
        COOKIE,
        str(store.session_key),
        max_age=SECONDS,
        httponly=True,
        path="/",
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
