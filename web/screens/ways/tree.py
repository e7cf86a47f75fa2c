"""The tree: records below each other, opened and hung elsewhere there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Missing
from rpc.context import Call
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web.pages import PageRequest, page
from web.screens.asked import Asked
from web.screens.branches import Branches, parent_of, places_for
from web.screens.columns import label_of
from web.screens.declarations import Screen
from web.screens.listing import Listing
from web.screens.moves import (
    Moved,
    NoSuchPlace,
    NotForYou,
    answered,
    call_of,
    carried,
    list_url,
    may_write,
    number,
    written,
)
from web.screens.refusing import readable
from web.screens.ways import Shown, act, way

DEEPEST = 200


def _has_branches(screen: Screen) -> bool:
    return screen.tree is not None


@way("tree", gettext_lazy("Tree"), "diagram-3", fits=_has_branches)
def tree(listing: Listing) -> Shown:
    """Records below each other."""
    found = Branches(listing)
    _ = found.rows
    return Shown("screens/tree.html", {"tree": found})


@act("below/<int:pk>", fits=_has_branches)
@page()
def below(request: PageRequest, screen: Screen, pk: int) -> HttpResponse:
    """The rows right below one of them, as our script puts them into the table."""
    level = number(request.GET.get("level", "2")) or 2
    with readable():
        address = reverse(f"web:screen-{screen.slug}")
        found = Branches(Listing(Asked(screen, request.GET, address), request.actor))
        children = found.children(pk, min(level, DEEPEST))
    context = {"tree": found, "rows": children, "screen": screen}
    return render(request, "screens/parts/branches.html", context)


@act("hang", fits=_has_branches)
@page(methods=("GET", "HEAD", "POST"))
def hang(request: PageRequest, screen: Screen) -> HttpResponse:
    """Hang a record below another one; without a script, ask first below which."""
    given = request.POST if request.method == "POST" else request.GET
    call, pk = call_of(screen, request), number(given.get("pk", ""))
    parent = parent_of(call, screen)
    if pk is None:
        raise Missing(model=str(screen.one), ids=given.get("pk", "")[:20])
    if not may_write(call, parent):
        raise NotForYou
    if request.method == "POST":
        to, was = given.get("to", ""), given.get("was")
        return answered(request, screen, lambda: _hung(call, screen, pk, to, was))
    with readable():
        found = rows.read(call, [pk], ["display_name", parent.name], EXACT)
        places = places_for(call, pk) if found else []
    if not found:
        raise Missing(model=str(screen.one), ids=pk)
    back = request.GET.get("back", "")
    context: dict[str, Any] = {
        "screen": screen,
        "row": found[0],
        "field": parent,
        "was": found[0][parent.name][0] if found[0][parent.name] else "",
        "choices": [("", _("Nothing above it")), *places],
        "back": back,
        "back_url": list_url(screen, back),
    }
    return render(request, "screens/kanban_move.html", context)


def _hung(call: Call, screen: Screen, pk: int, to: str, was: str | None) -> Moved:
    parent = parent_of(call, screen)
    above = number(to) if to else None
    if (to and above is None) or (parent.required and above is None):
        raise NoSuchPlace(name=str(parent.label))
    seen = {} if was is None else {parent.name: number(was)}
    row = carried(
        call,
        pk,
        seen,
        lambda _row: written(call, pk, {parent.name: above or False}),
        lambda row: label_of(parent, row[parent.name]),
    )
    now = rows.read(call, [pk], ["display_name", parent.name], EXACT)[0]
    words = {"name": row["display_name"], "above": label_of(parent, now[parent.name])}
    sentence = (
        _("“%(name)s” is now below “%(above)s”.") if above else _("“%(name)s” is now at the top.")
    )
    undo = {} if was is None else {"pk": str(pk), "to": was, "was": str(above or "")}
    return Moved(sentence % words, undo)
