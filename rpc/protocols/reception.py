"""Taking in the body of a request, no more than is allowed."""

from django.conf import settings
from django.http import HttpRequest


def is_too_large(request: HttpRequest) -> bool:
    """Whether the body says it is larger than the house takes in."""
    return _length(request) > settings.RPC_MAX_BODY


def received(request: HttpRequest) -> bytes:
    """The whole body."""
    length = _length(request)
    return request.read(length) if length else b""


def media_type(request: HttpRequest) -> str:
    """The content type without its parameters."""
    return str(request.META.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0
