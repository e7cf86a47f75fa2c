"""The gate: the outermost of all that happens around a request. Open, it counts; closed, it says so and when to come back."""

import xmlrpc.client
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from base.presence import door
from base.upkeep import RETRY_AFTER, Closed
from rpc.faults import HttpError
from rpc.middleware import door_of
from web.views import errors

Respond = Callable[[HttpRequest], HttpResponseBase]
HEALTH = "/web/health"


class Gate:
    """Lets requests in while the house is open. A memory flag decides; nothing is asked of anybody.

    Closed, people get a page in their language that comes back by itself, programs a fault in their protocol, both
    with 503 and `Retry-After`. Files for the browser are served all the same.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let it in, or turn it away."""
        if not door.enter():
            if request.path_info.startswith(settings.STATIC_URL):
                return self.respond(request)
            return turned_away(request)
        try:
            response = self.respond(request)
        except BaseException:
            door.leave()
            raise
        # A page that listens is not inside: it only waits, and is told when the house closes.
        if response.streaming and not getattr(response, "only_waits", False):
            # It still asks the database while it is being sent.
            response._resource_closers.append(door.leave)  # type: ignore[attr-defined]
        else:
            door.leave()
        return response


def turned_away(request: HttpRequest) -> HttpResponse:
    """The answer while modules are being changed."""
    language = translation.get_language_from_request(request)
    request.LANGUAGE_CODE = language
    with translation.override(language):
        response = _answer(request)
    response.status_code = 503
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # nobody need be told of each
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    path = request.path_info
    if path.rstrip("/") == HEALTH:
        return JsonResponse({"status": "fail", "output": str(Closed())})
    if path.startswith("/xmlrpc/"):
        fault = xmlrpc.client.Fault(503, str(Closed()))
        return HttpResponse(xmlrpc.client.dumps(fault), content_type="text/xml; charset=utf-8")
    if door_of(path) is not None:
        return JsonResponse(_fault(path))
    return errors.closed(request)


def _fault(path: str) -> dict[str, object]:
    data = HttpError(503, "ServiceUnavailable", str(Closed())).data()
    if path.startswith("/json/"):
        return data
    error = {"code": 503, "message": str(Closed()), "data": data}
    return {"jsonrpc": "2.0", "id": None, "error": error}
