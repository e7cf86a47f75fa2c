"""JSON-2: one path for each method, named arguments, an API key as bearer, HTTP status codes."""

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from base.actors import Actor
from base.services import credentials
from rpc import dispatch, registry
from rpc.faults import HttpError, WireError, bad_request, not_found, unauthorized
from rpc.protocols.bodies import answer, json_of, page, wrong_content_type
from rpc.protocols.reception import media_type, received
from rpc.refusals import refusal_of

NO_KEY = "User not authenticated, use an API Key with a Bearer Authorization header."
USAGE = "Did you mean POST /json/2/<model>/<method>?"


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a call at `/json/2/<model>/<method>`."""
    if (
        request.headers.get("X-Odoo-Database", settings.RPC_DATABASE_NAME)
        != settings.RPC_DATABASE_NAME
    ):
        return page(404, "Not Found", "There is no such database here.")
    steps = path.removeprefix("/json/2").strip("/").split("/")
    well_formed = request.method == "POST" and len(steps) == 2 and all(steps)
    if well_formed and media_type(request) not in {"application/json", ""}:
        return wrong_content_type("application/json")
    if not well_formed:
        return refused(not_found(USAGE))
    try:
        return answer(json_of(_answered(request, *steps)))
    except Exception as error:  # noqa: BLE001 - every failure is answered in the contract's form
        return refused(refusal_of(error))


def refused(error: WireError) -> HttpResponse:
    """A refusal with its HTTP status."""
    response = answer(json_of(error.data()), status=error.kind.status)
    if error.kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer "
    return response


def actor_of(request: HttpRequest) -> Actor:
    """The owner of the key. Raises 401."""
    word, _, key = request.headers.get("Authorization", "").partition(" ")
    if word.lower() != "bearer" or not key.strip():
        raise unauthorized(NO_KEY)
    try:
        return credentials.check_key(key.strip())
    except credentials.BadCredentials:
        raise unauthorized("Invalid apikey") from None


def _answered(request: HttpRequest, model: str, method: str) -> Any:
    actor = actor_of(request)
    named = _arguments(received(request))
    exposure = registry.find(model)
    if exposure is None:
        raise not_found(f"the model {model!r} does not exist")
    try:
        return dispatch.by_name(actor, exposure, method, named)
    except WireError as error:
        raise _as_http(error) from None


def _as_http(error: WireError) -> WireError:
    """An unknown method is a 404 here."""
    unknown = error.kind.name == "builtins.AttributeError" and not isinstance(error, HttpError)
    return not_found(error.message) if unknown else error


def _arguments(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request(f"could not parse the body as json: {error}") from None
    return given if isinstance(given, dict) else {}
