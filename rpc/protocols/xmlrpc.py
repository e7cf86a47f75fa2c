"""XML-RPC, old (`/xmlrpc/…`: fault codes are text) and new (`/xmlrpc/2/…`: they are numbers)."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rpc import services
from rpc.chunks import chunked_in
from rpc.faults import WireError
from rpc.protocols import marshal, unmarshal
from rpc.protocols.bodies import XML, answer, no_such_page, only, page, streamed
from rpc.protocols.reception import CutShort, received
from rpc.refusals import refusal_of

ROOT = "/xmlrpc"


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call at `/xmlrpc/<service>` or `/xmlrpc/2/<service>`."""
    steps = path.removeprefix(ROOT).strip("/").split("/")
    new = len(steps) == 2 and steps[0] == "2"
    if not (new or len(steps) == 1) or not all(steps) or steps == ["2"]:
        return no_such_page()
    if request.method != "POST":
        return only(request, "POST")
    try:
        given = received(request)
    except CutShort:
        return page(400, "Bad Request", "The body ended before it was as long as it said.")
    try:
        method, params = unmarshal.loads(given)
        result = services.serve(steps[-1], method, params)
        if rows := chunked_in(result):
            return streamed(marshal.dumps(result), rows, marshal.IN_XML, XML)
        body = marshal.dumps(result)
    except Exception as error:  # noqa: BLE001 - every failure is answered in the contract's form
        body = _fault(refusal_of(error), new=new)
    return answer(body, XML)


def _fault(error: WireError, *, new: bool) -> bytes:
    kind = error.kind
    if new:
        return marshal.dumps_fault(kind.code, error.message if kind.code > 1 else error.debug)
    if kind.v1 is None:
        return marshal.dumps_fault(error.message, error.debug)
    if kind.v1 == "AccessDenied":
        return marshal.dumps_fault(kind.v1, error.message)
    return marshal.dumps_fault(f"{kind.v1}\n\n{error.message}", "")
