"""Plain questions about the server, without credentials."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rpc.protocols.bodies import answer, json_of, only, see_other
from rpc.protocols.jsonrpc import enveloped
from rpc.services import databases
from rpc.services.version import INFO, SERIE, VERSION


def version(request: HttpRequest) -> HttpResponseBase:
    """`GET /web/version` and `GET /json/version`."""
    if request.method not in {"GET", "HEAD"}:
        return only(request, "GET", "HEAD")
    return answer(json_of({"version_info": INFO, "version": SERIE}))


def version_info(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/webclient/version_info`."""
    return enveloped(request, lambda _params: VERSION)


def database_list(request: HttpRequest) -> HttpResponseBase:
    """`POST /web/database/list`."""
    return enveloped(request, lambda _params: databases.names())


def home(_request: HttpRequest) -> HttpResponseBase:
    """Where clients of the contract look for the pages of people: ours begin at the root."""
    return see_other("/")


PATHS = {
    "/web/version": version,
    "/json/version": version,
    "/web/webclient/version_info": version_info,
    "/web/database/list": database_list,
    "/odoo": home,
    "/web": home,
    "/web/login": home,
}
