"""JSON-2: one path for each method, named arguments, an API key as bearer, HTTP status codes. On REST framework."""

from typing import Any, cast

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import (
    AuthenticationFailed,
    NotAuthenticated,
    Throttled,
    UnsupportedMediaType,
)
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from base.actors import Actor
from base.services import credentials
from rpc import dispatch, identity, limits, registry, throttle
from rpc.faults import HttpError, WireError, access_denied, bad_request, not_found, unauthorized
from rpc.protocols.bodies import answer, json_answer, json_of, page, wrong_content_type
from rpc.protocols.reception import CutShort, received
from rpc.refusals import refusal_of

NO_KEY = "User not authenticated, use an API Key with a Bearer Authorization header."
USAGE = "Did you mean POST /json/2/<model>/<method>?"
ROOT = "/json/2"


class Bearer(BaseAuthentication):
    """Who calls is the owner of the API key; sessions and passwords mean nothing here."""

    def authenticate(self, request: Request) -> tuple[Any, str] | None:
        """The owner of the key, as an `Actor`; None when no key came along. Raises 401 for one that opens nothing."""
        key = key_of(request)
        if not key:
            return None
        try:
            return credentials.check_key(key), key
        except credentials.BadCredentials:
            throttle.failed()
            raise AuthenticationFailed("Invalid apikey") from None

    def authenticate_header(self, request: Request) -> str:
        """What a client that came without a key is told to bring."""
        del request
        return "Bearer "


class KnownActor(BasePermission):
    """Only owners of a key come in."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether a key came along; what its owner may do is asked where it is done."""
        del view
        return isinstance(request.user, Actor)


class NoGuessing(BaseThrottle):
    """After many wrong keys from one address, further ones have to wait. Keys known to be right do not."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether the key is looked at now."""
        del view
        return throttle.is_open() or credentials.knows_key(key_of(request))

    def wait(self) -> float:
        """How many seconds, at most."""
        return float(settings.RPC_LOGIN_COOLDOWN)


class NamedArguments(BaseParser):
    """A body is one JSON object of named arguments; any other JSON says nothing."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The arguments. Raises 400 for what is no JSON."""
        del media_type, parser_context
        try:
            body = received(stream)
        except CutShort:
            raise bad_request("could not parse the body as json: it ended early") from None
        if not body.strip():
            return {}
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise bad_request(f"could not parse the body as json: {error}") from None
        if limits.is_too_deep(given, body):
            raise bad_request(
                f"could not parse the body as json: nested more than {limits.DEEPEST} levels deep"
            )
        return given if isinstance(given, dict) else {}


class OnlyJson(BaseContentNegotiation):
    """JSON in, JSON out, whatever a client says it accepts."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """The parser, if the body is what it reads."""
        given = str(request.content_type).partition(";")[0].strip().lower()
        return next((one for one in parsers if one.media_type == given), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The only one."""
        del request, format_suffix
        return renderers[0], renderers[0].media_type


class Json2(APIView):
    """A call of one method of one noun."""

    authentication_classes: tuple[type[BaseAuthentication], ...] = (Bearer,)
    throttle_classes = (NoGuessing,)
    permission_classes = (KnownActor,)
    parser_classes = (NamedArguments,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = OnlyJson
    schema: Any = None

    def post(self, request: Request, model: str, method: str) -> HttpResponseBase:
        """Do it, and answer the bare result."""
        named = request.data
        exposure = registry.find(model)
        if exposure is None:
            raise not_found(f"the model {model!r} does not exist")
        try:
            with identity.visiting():
                result = dispatch.by_name(
                    cast("Actor", request.user), exposure, method, dict(named)
                )
        except WireError as error:
            raise _as_http(error) from None
        return json_answer(result, result)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the call in: guessers wait before their next key is even looked at."""
        del args, kwargs
        self.check_throttles(request)
        self.perform_authentication(request)
        self.check_permissions(request)

    def handle_exception(self, exc: Exception) -> Any:
        """Say every refusal in the contract's form."""
        if isinstance(exc, UnsupportedMediaType):
            return wrong_content_type("application/json")
        if isinstance(exc, NotAuthenticated):
            return refused(unauthorized(NO_KEY))
        if isinstance(exc, AuthenticationFailed):
            return refused(unauthorized(str(exc.detail)))
        if isinstance(exc, Throttled):
            response = refused(access_denied(throttle.WAIT))
            response.headers["Retry-After"] = str(settings.RPC_LOGIN_COOLDOWN)
            return response
        return refused(refusal_of(exc))

    @property
    def default_response_headers(self) -> dict[str, str]:
        """None of REST framework's own."""
        return {}


CALL = Json2.as_view()


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer a call at `/json/2/<model>/<method>`, and whatever else lies below `/json/2`."""
    named = request.headers.get("X-Odoo-Database")
    if named is not None and named != settings.RPC_DATABASE_NAME:
        return page(404, "Not Found", "There is no such database here.")
    steps = path.removeprefix(ROOT).strip("/").split("/")
    if request.method != "POST" or len(steps) != 2 or not all(steps):
        return refused(not_found(USAGE))
    return CALL(request, model=steps[0], method=steps[1])


def refused(error: WireError) -> HttpResponse:
    """A refusal with its HTTP status."""
    response = answer(json_of(error.data()), status=error.kind.status)
    if error.kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer "
    return response


def key_of(request: Request) -> str:
    """The API key that a client brings along, or nothing."""
    word, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
    return key.strip() if word.lower() == "bearer" else ""


def _as_http(error: WireError) -> WireError:
    """An unknown method is a 404 here."""
    unknown = error.kind.name == "builtins.AttributeError" and not isinstance(error, HttpError)
    return not_found(error.message) if unknown else error
