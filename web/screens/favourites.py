"""Keeping the search of a screen under a name, and forgetting it."""

import json
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Refused
from base.services import favourites
from rpc.reading import rows
from web.pages import PageRequest, page
from web.screens import lists
from web.screens.asked import LONGEST_QUERY, Asked
from web.screens.declarations import Screen
from web.screens.listing import Listing
from web.screens.many import told
from web.screens.refusing import readable
from web.screens.ways import act

LONGEST_NAME = 80


class QueryTooLong(Refused):
    """A search that is too long to keep."""

    code = "query_too_long"
    message = gettext_lazy("This search has too many conditions to be kept.")


class NoName(Refused):
    """A favourite without a name."""

    code = "no_name"
    message = gettext_lazy("Give the favourite a name.")


@act("favourites", fits=lambda _screen: True)
@page(methods=("POST",))
def keep(request: PageRequest, screen: Screen) -> HttpResponse:
    """Keep the search of the address under the name sent, or forget a favourite."""
    address = reverse(f"web:screen-{screen.slug}")
    with readable():
        asked = Asked.opened(screen, request.GET, address, request.actor)
        work = _forgotten if "forget" in request.POST else _kept
        sentences, status, answer = told(lambda: work(request, asked))
        return answer or lists.shown(request, asked, sentences, status)


def _kept(request: PageRequest, asked: Asked) -> HttpResponse:
    listing = Listing(asked, request.actor)
    rows.search(listing.call, listing.node, order=asked.order, limit=1)
    name = " ".join(request.POST.get("name", "").replace("\x00", "").split())[:LONGEST_NAME]
    query = urlencode([*asked.pairs]) or "all=1"
    if not name:
        raise NoName
    if len(query) > LONGEST_QUERY:
        raise QueryTooLong
    favourites.keep(
        screen=asked.screen.key,
        name=name,
        query=query,
        is_shared="shared" in request.POST,
        is_default="default" in request.POST,
        by=request.actor,
        model=asked.screen.name,
        domain=repr(asked.domain),
        context=repr({"group_by": asked.groups} if asked.groups else {}),
        sort=json.dumps([asked.order] if asked.sort else []),
    )
    messages.success(request, _("“%s” is kept among your favourites.") % name)
    return redirect(f"{asked.path}?{query}")


def _forgotten(request: PageRequest, asked: Asked) -> HttpResponse:
    text = request.POST["forget"]
    favourites.forget(int(text) if text.isdecimal() and len(text) < 18 else 0, by=request.actor)
    messages.success(request, _("The favourite is forgotten."))
    return redirect(f"{asked.path}?{asked.text_of_query}" if asked.text_of_query else asked.path)
