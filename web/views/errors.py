"""Pages that say what went wrong, what to do about it, and under which number we can find it."""

import logging
import secrets
import sys
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.errors import ERPError

logger = logging.getLogger("niaga.errors")


@dataclass(frozen=True)
class Trouble:
    """A kind of trouble: what it is called, what it means, what to do."""

    title: str | Promise
    sentence: str | Promise
    advice: str | Promise


TROUBLES = {
    400: Trouble(
        _("We could not read that request"),
        _("Your browser sent something this page does not understand."),
        _("Go back, reload the page and try again."),
    ),
    403: Trouble(
        _("You may not open this"),
        _("Your account does not have the right that this page needs."),
        _("Ask an administrator to give you the right, or go back to where you were."),
    ),
    404: Trouble(
        _("There is nothing here"),
        _(
            "The page or record does not exist, has been deleted, or belongs to a company you have not switched on."
        ),
        _(
            "Check the address, or begin again from home; the companies you work in are switched on there, in the top bar."
        ),
    ),
    409: Trouble(
        _("Someone was faster"),
        _("The record has changed in the meantime."),
        _("Go back, reload the page and try again."),
    ),
    422: Trouble(
        _("That cannot be done"),
        _("A rule of the house says no."),
        _("Go back, put it right and try again."),
    ),
    500: Trouble(
        _("Something went wrong on our side"),
        _("This is a fault in the software, not in what you did. Nothing was saved."),
        _("Try again in a moment. If it happens again, tell your administrator this number:"),
    ),
    503: Trouble(
        _("We are not ready yet"),
        _(
            "The database does not answer at the moment: the system is starting, being upgraded or very busy."
        ),
        _("Wait a minute and reload the page. Nothing you saved is lost."),
    ),
}
CLOSED = Trouble(
    _("One moment, please"),
    _("Modules are being installed, upgraded or removed. Everybody waits until that is done."),
    _("This page comes back by itself in a few seconds. Nothing you saved is lost."),
)
CSRF = Trouble(
    _("This page has expired"),
    _(
        "For your safety a form can be sent only from a page that was opened in this session, with cookies allowed."
    ),
    _("Go back, reload the page, and send the form again."),
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """The page of 400."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """The page of 403."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """The page of 404."""
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """The page of a form sent from a stale or foreign page."""
    return _page(request, 403, trouble=CSRF)


def refused(request: HttpRequest, error: ERPError) -> HttpResponse:
    """The page of an error of the house that no form was there to show. A missing right is named in small print."""
    if permission := error.params.get("permission"):
        return _page(request, error.status, detail=str(permission))
    return _page(request, error.status, sentence=str(error))


def unavailable(request: HttpRequest) -> HttpResponse:
    """The page of a database that does not answer."""
    logger.error("Database unavailable at %s %s", request.method, request.path)
    response = _page(request, 503)
    response["Retry-After"] = "30"
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """The page while modules are being changed; the browser asks again by itself where that does no harm."""
    response = _page(request, 503, trouble=CLOSED)
    if request.method in {"GET", "HEAD"}:
        response["Refresh"] = "5"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """The page of a bug. Its support id stands in the log, on the line before the traceback."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable(request)
    support_id = secrets.token_hex(4).upper()
    logger.error(
        "Support id %s: %s %s: %s", support_id, request.method, request.path, type(error).__name__
    )
    return _page(request, 500, support_id=support_id)


def _page(
    request: HttpRequest,
    status: int,
    *,
    trouble: Trouble | None = None,
    sentence: str = "",
    detail: str = "",
    support_id: str = "",
) -> HttpResponse:
    """Render without the frame: an error page asks neither the database nor the cache."""
    trouble = trouble or TROUBLES.get(status, TROUBLES[422])
    context: dict[str, Any] = {
        "status": status,
        "trouble": trouble,
        "sentence": sentence or trouble.sentence,
        "detail": detail,
        "support_id": support_id,
        "home_url": _home(),
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", "en"),
    }
    return HttpResponse(render_to_string("web/error.html", context), status=status)


def _home() -> str:
    try:
        return reverse("web:home")
    except NoReverseMatch:
        return "/"
