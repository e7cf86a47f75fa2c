"""JSON-RPC 2.0: the envelope, and the path `/jsonrpc`."""

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rpc import limits, services
from rpc.faults import EXPIRED, HttpError, WireError, type_error
from rpc.protocols.bodies import HTML, answer, json_answer, json_of, wrong_content_type
from rpc.protocols.reception import CutShort, media_type, received
from rpc.refusals import refusal_of

TYPES = frozenset(("application/json", "application/json-rpc"))
Params = dict[str, Any]


def serve(request: HttpRequest) -> HttpResponseBase:
    """Answer a call of a service at `/jsonrpc`."""
    return enveloped(request, _service)


def enveloped(request: HttpRequest, work: Callable[[Params], Any]) -> HttpResponseBase:
    """Open the envelope, do the work on its params, and send the answer back in the same envelope."""
    if media_type(request) not in TYPES or request.method != "POST":
        return wrong_content_type("application/json, application/json-rpc")
    try:
        body = received(request)
        call = orjson.loads(body)
    except (CutShort, orjson.JSONDecodeError):
        return answer(b"Invalid JSON data", HTML, 400)
    if limits.is_too_deep(call, body):
        return answer(b"Invalid JSON data", HTML, 400)
    if not isinstance(call, dict):
        return answer(b"Invalid JSON-RPC data", HTML, 400)
    reply: dict[str, Any] = {"jsonrpc": "2.0", "id": call.get("id")}
    try:
        result = work(_params(call))
        if result is not None:
            reply["result"] = result
        return json_answer(reply, result)
    except Exception as error:  # noqa: BLE001 - every failure is answered in the contract's form
        reply.pop("result", None)
        reply["error"] = fault(refusal_of(error))
    return answer(json_of(reply))


def fault(error: WireError) -> dict[str, Any]:
    """The `error` member of an answer."""
    data = error.data()
    if error.kind is EXPIRED:
        return {"code": 100, "message": "Odoo Session Expired", "data": data}
    if isinstance(error, HttpError):
        return {
            "code": error.kind.status,
            "message": f"{error.kind.status}: {error.phrase}",
            "data": data,
        }
    return {"code": 0, "message": "Odoo Server Error", "data": data}


def _params(call: dict[str, Any]) -> Params:
    params = call.get("params")
    if params is None:
        return {}
    if not isinstance(params, dict):
        raise type_error("cannot convert dictionary update sequence element #0 to a sequence")
    return params


def _service(params: Params) -> Any:
    args = params.get("args")
    if args is not None and not isinstance(args, list):
        raise type_error(f"args must be a list, not {type(args).__name__}")
    return services.serve(params.get("service"), params.get("method"), args or [])
