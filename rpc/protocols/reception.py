"""Taking in the body of a request, no more than is allowed."""

from django.conf import settings
from django.http import HttpRequest


class TooLarge(Exception):
    """The body is larger than the house takes in."""


def received(request: HttpRequest) -> bytes:
    """The whole body. Raises `TooLarge` before reading one that says it is too large."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > settings.RPC_MAX_BODY:
        raise TooLarge
    return request.read(length) if length else b""


def media_type(request: HttpRequest) -> str:
    """The content type without its parameters."""
    return str(request.META.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
