"""The door at which open pages ask whether anything is new."""

import json

from django.http import HttpResponse

from base.errors import Missing
from web import live
from web.conversation import model_named
from web.pages import PageRequest, page


@page()
def news(request: PageRequest, label: str = "", pk: int = 0) -> HttpResponse:
    """What has come, as JSON; 304 where the page knows it already. Of records that one may not see there is no news."""
    told: dict[str, object] = {"counts": live.counted(request.actor), "every": live.EVERY}
    if label:
        told["record"] = _record(request, label, pk)
    text = json.dumps(told, separators=(",", ":"))
    tag = f'"{live.digest(text)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    answer = HttpResponse(text, content_type="application/json")
    answer["ETag"] = tag
    return answer


def _record(request: PageRequest, label: str, pk: int) -> dict[str, object] | None:
    try:
        model = model_named(label)
    except Missing:
        return None
    found = live.news_of(model, pk, request.actor)
    return found.told(request.actor) if found else None
