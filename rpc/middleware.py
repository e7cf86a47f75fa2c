"""The door itself: requests of programs are answered here, before sessions and everything else that people need."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rpc import throttle
from rpc.protocols import json2, jsonrpc, logo, plain, session, xmlrpc
from rpc.protocols.bodies import page
from rpc.protocols.reception import is_too_large, is_without_length

Door = Callable[[HttpRequest], HttpResponseBase]

EXACT: dict[str, Door] = {
    "/jsonrpc": jsonrpc.serve,
    **dict.fromkeys(("/web/binary/company_logo", "/logo", "/logo.png"), logo.serve),
    **plain.PATHS,
    **session.PATHS,
}
BELOW: tuple[tuple[str, Callable[[HttpRequest, str], HttpResponseBase]], ...] = (
    ("/xmlrpc", xmlrpc.serve),
    ("/json/2", json2.serve),
    ("/web/dataset/call_kw", session.call_kw),
    ("/web/dataset/call_button", session.call_button),
)


class RpcDoor:
    """Answers the paths of the wire; passes everything else on."""

    def __init__(self, get_response: Door) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or pass on."""
        found = door_of(request.path_info)
        if found is None:
            return self.get_response(request)
        if is_too_large(request):
            return page(413, "Request Entity Too Large", "The body of the request is too large.")
        if is_without_length(request):
            return page(411, "Length Required", "Say how long the body is: Content-Length.")
        throttle.address.set(request.META.get("REMOTE_ADDR", ""))
        return found(request)


def door_of(path: str) -> Door | None:
    """Who answers a path; a slash at its end makes no difference."""
    found = EXACT.get(path)
    if found is not None:
        return found
    bare = path.rstrip("/") or "/"
    if bare in EXACT:
        return EXACT[bare]
    for start, serve in BELOW:
        if bare == start or bare.startswith(f"{start}/"):
            return lambda request, serve=serve: serve(request, bare)  # type: ignore[misc]
    return None
