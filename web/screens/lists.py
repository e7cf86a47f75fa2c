"""The pages about many rows of a screen: any way of looking at them, and what typing in the search box offers."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from base.services.favourites import SHARE
from rpc import access
from rpc.faults import WireError
from web.pages import PageRequest, page
from web.screens import ways
from web.screens.asked import Asked, UnreadableLink, came_from
from web.screens.cells import new_url, record_url
from web.screens.declarations import Screen
from web.screens.listing import Listing, neighbours
from web.screens.preferences import KEEPS, Preferences
from web.screens.refusing import let_in, readable
from web.screens.searchbar import SearchBar, typed_offers

LONGEST_TYPED = 120


def urls(screen: Screen) -> list[URLPattern]:
    """The addresses of the rows of a screen."""
    at, name = screen.key, f"screen-{screen.slug}"
    given: dict[str, Any] = {"screen": screen}
    return [
        path(f"{at}/", partial(show, **given), name=name),
        path(f"{at}/offers/", partial(offers, **given), name=f"{name}-offers"),
    ]


@page()
def show(request: PageRequest, screen: Screen) -> HttpResponse:
    """A screen as the address asks for it; without a query, as the actor's default favourite does."""
    kept = Preferences(screen, request.actor)
    with readable():
        asked = Asked.opened(screen, request.GET, request.path, request.actor, kept.begins)
        try:
            return shown(request, asked, kept=kept)
        except (WireError, UnreadableLink):
            if request.GET or not kept.begins:
                raise
        asked = Asked(screen, QueryDict("all=1"), request.path, request.actor, kept.begins)
        told = _("The favourite that this screen opens with does not fit any more; it is left out.")
        return shown(request, asked, [told], kept=kept)


def shown(
    request: PageRequest,
    asked: Asked,
    sentences: Sequence[str] = (),
    status: int = 200,
    *,
    kept: Preferences | None = None,
    ticked: frozenset[int] = frozenset(),
) -> HttpResponse:
    """The page that an address asks for, with what has just been refused and the rows that were ticked."""
    screen, actor = asked.screen, request.actor
    kept = kept or Preferences(screen, actor)
    listing = Listing(asked, actor, kept.columns)
    let_in(listing.call, "read")
    offered_ways = list(ways.ways_of(screen, actor))
    wanted = asked.query.get("v", "")
    current = next((one for one in offered_ways if one.key == wanted), offered_ways[0])
    found = current.show(listing)
    context = {
        "screen": screen,
        "asked": asked,
        "bar": SearchBar(asked, listing.call),
        "kept": kept,
        "may_keep": actor.has_perm(KEEPS),
        "may_share": actor.has_perm(SHARE),
        "listing": listing,
        "ways": [
            {"way": one, "url": asked.instead(v=one.key), "is_on": one is current}
            for one in offered_ways
        ],
        "new_url": new_url(listing.call, screen),
        "sentences": sentences,
        "ticked": ticked,
        **found.context,
    }
    return render(request, found.template, context, status=status)


@page()
def offers(request: PageRequest, screen: Screen) -> HttpResponse:
    """What the text typed into the search box may mean, as the choices of a list box."""
    text = " ".join(request.GET.get("typed", "").replace("\x00", "").split())[:LONGEST_TYPED]
    address = reverse(f"web:screen-{screen.slug}")
    with readable():
        asked = Asked.opened(screen, request.GET, address, request.actor)
        call = Listing(asked, request.actor).call
        access.require(call, "read")
        found = list(typed_offers(asked, call, text)) if text else []
    return render(request, "screens/parts/offers.html", {"offers": found})


def beside_url(request: PageRequest, pk: int | None) -> str:
    """Where a record's page is told of those beside it, once it is there; empty for one not opened from a list."""
    came = came_from(request)
    return f"{request.path}?{urlencode({'list': came, 'beside': 1})}" if pk and came else ""


def beside(request: PageRequest, screen: Screen, pk: int | None) -> dict[str, str]:
    """Where the records before and after one lead, in the list it was opened from; nothing without a list."""
    came = came_from(request)
    if pk is None or not came:
        return {}
    address = reverse(f"web:screen-{screen.slug}")
    try:
        asked = Asked.opened(screen, QueryDict(came), address, request.actor, "begun")
        found = neighbours(Listing(asked, request.actor), pk)
    except (WireError, UnreadableLink):
        return {}
    query = urlencode({"list": came})
    return {
        side: f"{record_url(screen, one)}?{query}" if one else ""
        for side, one in zip(("before", "after"), found, strict=True)
    }
