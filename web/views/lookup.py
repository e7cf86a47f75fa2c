"""Answers the boxes in which one types to find a record."""

from django.http import HttpResponse, JsonResponse

from web import lookups
from web.pages import PageRequest, page


@page()
def lookup(request: PageRequest, name: str) -> HttpResponse:
    """The first records of a lookup that hold the words of `q`, as `{"rows": [{"id", "text"}], "more"}`."""
    text = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    found = lookups.named(name).found(request.actor, text)[: lookups.SHOWN + 1]
    rows = [{"id": row.pk, "text": str(row)} for row in found]
    return JsonResponse({"rows": rows[: lookups.SHOWN], "more": len(rows) > lookups.SHOWN})
