"""The doors at which open pages ask whether anything is new, or listen for it."""

from contextlib import suppress

from django.db.models import Model
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from base.errors import Missing
from base.presence import door
from web import live
from web.conversation import model_named
from web.pages import PageRequest, page
from web.streams import Hub, Listener

hub = Hub(door)


@page()
def news(request: PageRequest, label: str = "", pk: int = 0) -> HttpResponse:
    """What has come, as JSON; 304 where the page knows it already. Of records that one may not see there is no news."""
    text = live.text(request.actor, _model(label), pk)
    tag = f'"{live.digest(text)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    answer = HttpResponse(text, content_type="application/json")
    answer["ETag"] = tag
    return answer


@page(methods=("GET",))
def stream(request: PageRequest, label: str = "", pk: int = 0) -> HttpResponseBase:
    """The same, told as soon as it happens; 204 where there is no room to listen, so that the page asks."""
    listener = Listener(
        request.actor,
        request.user.access_version,  # type: ignore[union-attr]
        request.session.session_key,
        _model(label),
        pk,
    )
    opened = hub.join_in(listener)
    if opened is None:
        return HttpResponse(status=204)
    answer = StreamingHttpResponse(opened, content_type="text/event-stream")
    answer["X-Accel-Buffering"] = "no"  # nginx would keep it back
    answer.only_waits = True  # type: ignore[attr-defined]
    return answer


def _model(label: str) -> type[Model] | None:
    with suppress(Missing):
        return model_named(label) if label else None
    return None
