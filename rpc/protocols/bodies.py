"""JSON in and out, and the bodies that are not JSON."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from rpc.chunks import PLACE, Chunked, Notation, chunked_in, spooled

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
XML = "text/xml; charset=utf-8"
OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def json_of(value: Any) -> bytes:
    """Write a value as JSON; what JSON does not know becomes text."""
    try:
        return orjson.dumps(value, default=_text, option=OPTIONS)
    except TypeError:
        return orjson.dumps(_smaller(value), default=_text, option=OPTIONS)


def answer(body: bytes, content_type: str = JSON, status: int = 200) -> HttpResponse:
    """An HTTP answer with its length, not to be sniffed."""
    response = HttpResponse(body, content_type=content_type, status=status)
    # A refusal is no failure of the server, whatever its status; what is one, `rpc.refusals` has logged.
    response._has_been_logged = True  # type: ignore[attr-defined]
    response.headers["Content-Length"] = str(len(body))
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def json_answer(value: Any, result: Any) -> HttpResponseBase:
    """An answer of JSON around a result, which may come in chunks."""
    rows = chunked_in(result)
    return answer(json_of(value)) if rows is None else streamed(json_of(value), rows, IN_JSON, JSON)


def streamed(
    envelope: bytes, rows: Chunked, notation: Notation, content_type: str
) -> HttpResponseBase:
    """An answer whose rows are worked out while it is written; its length is known all the same."""
    content, length = spooled(envelope, rows, notation)
    response = StreamingHttpResponse(content, content_type=content_type)
    response.headers["Content-Length"] = str(length)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def page(status: int, title: str, text: str, **headers: str) -> HttpResponse:
    """A small HTML page that says what is the matter; `text` is our own, never a client's."""
    body = f"<!doctype html>\n<html lang=en>\n<title>{status} {title}</title>\n<h1>{title}</h1>\n<p>{text}</p>\n"
    response = answer(body.encode(), HTML, status)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def no_such_page() -> HttpResponse:
    """404: no route leads here."""
    text = "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again."
    return page(404, "Not Found", text)


def see_other(path: str) -> HttpResponse:
    """303 to another path of this site."""
    return page(303, "Redirecting", "You should be redirected automatically.", Location=path)


def only(request: HttpRequest, *methods: str) -> HttpResponse:
    """405: this path takes other methods; or what they are, if that was the question."""
    allowed = ", ".join((*methods, "OPTIONS"))
    if request.method == "OPTIONS":
        response = answer(b"", HTML, 204)
        response.headers["Allow"] = allowed
        return response
    text = "The method is not allowed for the requested URL."
    return page(405, "Method Not Allowed", text, Allow=allowed)


def wrong_content_type(wanted: str) -> HttpResponse:
    """415: this path takes JSON."""
    text = "Request inferred type is not compatible with this path. Please verify the Content-Type request header."
    return page(415, "Unsupported Media Type", text, Accept=wanted)


def _text(value: Any) -> str:
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d %H:%M:%S" if hasattr(value, "hour") else "%Y-%m-%d"))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def _smaller(value: Any) -> Any:
    """The same value with whole numbers that JSON writers refuse as floats, and text that is not Unicode mended."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        return float(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {str(_smaller(name)): _smaller(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_smaller(one) for one in value]
    return value


IN_JSON = Notation(f'"{PLACE}"'.encode(), b"[", b"]", b",", lambda rows: json_of(rows)[1:-1])
