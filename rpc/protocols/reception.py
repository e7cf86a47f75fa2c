"""Taking in the body of a request, no more than is allowed."""

from django.conf import settings
from django.http import HttpRequest, UnreadablePostError


def is_too_large(request: HttpRequest) -> bool:
    """Whether the body says it is larger than the house takes in."""
    return body_length(request) > settings.RPC_MAX_BODY


def is_without_length(request: HttpRequest) -> bool:
    """Whether a body comes whose length nobody has said."""
    return "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()


class CutShort(Exception):
    """The body ended before it was as long as it said."""


def received(request: HttpRequest) -> bytes:
    """The whole body. Raises `CutShort`: what has not come as a whole is not to be acted upon."""
    length = body_length(request)
    if not length:
        return b""
    try:
        body: bytes = request.read(length)
    except UnreadablePostError:
        raise CutShort from None
    if len(body) < length:
        raise CutShort
    return body


def media_type(request: HttpRequest) -> str:
    """The content type without its parameters."""
    return str(request.META.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()


def body_length(request: HttpRequest) -> int:
    """How long the body says it is."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        return 0
    return int(length[:18]) if len(length) > 18 else int(length)
