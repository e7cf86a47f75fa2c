"""The pages of all screens: one view for each way of looking."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from web.pages import PageRequest, page
from web.screens import registry
from web.screens.asked import Asked
from web.screens.declarations import Screen
from web.screens.listing import Listing
from web.screens.refusing import readable


def urls() -> list[URLPattern]:
    """The addresses of every screen that is declared."""
    return [
        path(f"{one.key}/", partial(show, screen=one), name=f"screen-{one.key}")
        for one in registry.everything()
    ]


@page()
def show(request: PageRequest, screen: Screen) -> HttpResponse:
    """A screen as the address asks for it."""
    with readable():
        asked = Asked(screen, request.GET, request.path)
        listing = Listing(asked, request.actor)
        context = {
            "screen": screen,
            "asked": asked,
            "listing": listing,
            "new_url": _new_url(screen, listing),
        }
        if asked.groups:
            _ = listing.groups
            return render(request, "screens/groups.html", context)
        _ = listing.rows, listing.count, listing.totals
        return render(request, "screens/list.html", context)


def _new_url(screen: Screen, listing: Listing) -> str:
    needed = listing.call.exposure.permissions["create"]
    if not screen.new or needed is None or not listing.call.actor.has_perm(needed):
        return ""
    return reverse(screen.new)
