"""What waits for me and what I have been told: the small lists of the top bar, and as pages of their own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.vary import vary_on_headers

from base.services import messages
from web import counters, places
from web.pages import PageRequest, page

AT_MOST = 100


@page()
@vary_on_headers("HX-Request")
def activities(request: PageRequest) -> HttpResponse:
    """What the actor has to do."""
    today = request.actor.today()
    found = counters.my_activities(request.actor)[: _shown(request)]
    rows = [{"row": row, "state": row.state_on(today), "url": places.url_of(row)} for row in found]
    return _answer(request, "activities", rows)


@page()
@vary_on_headers("HX-Request")
def told(request: PageRequest) -> HttpResponse:
    """What the actor has been told and not read."""
    found = counters.my_messages(request.actor)[: _shown(request)]
    return _answer(request, "messages", [{"row": row, "url": places.url_of(row)} for row in found])


@page(methods=("POST",))
def read_all(request: PageRequest) -> HttpResponse:
    """Note that the actor has read everything."""
    messages.mark_read(counters.my_messages(request.actor), by=request.actor)
    return redirect("web:my_messages")


def _shown(request: HttpRequest) -> int:
    return counters.AT_MOST if request.headers.get("HX-Request") else AT_MOST


def _answer(request: HttpRequest, subject: str, rows: list[dict[str, Any]]) -> HttpResponse:
    form = "parts" if request.headers.get("HX-Request") else "web"
    return render(request, f"{form}/my_{subject}.html", {"rows": rows})
