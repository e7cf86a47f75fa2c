"""Plain questions about the server, without credentials."""

from django.http import HttpRequest, HttpResponse

from rpc.protocols.bodies import answer, json_of
from rpc.protocols.jsonrpc import enveloped
from rpc.services import databases
from rpc.services.version import INFO, SERIE, VERSION


def version(_request: HttpRequest) -> HttpResponse:
    """`GET /web/version` and `GET /json/version`."""
    return answer(json_of({"version_info": INFO, "version": SERIE}))


def version_info(request: HttpRequest) -> HttpResponse:
    """`POST /web/webclient/version_info`."""
    return enveloped(request, lambda _params: VERSION)


def database_list(request: HttpRequest) -> HttpResponse:
    """`POST /web/database/list`."""
    return enveloped(request, lambda _params: databases.names())
