"""Where the buttons of a list lead: what is to be done with the rows that are ticked, or with one of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from base.errors import translated
from rpc import access
from rpc.faults import ACCESS, WireError
from web import undo
from web.pages import REFUSALS, PageRequest, page
from web.screens import leading, lists, selections
from web.screens.asked import Asked
from web.screens.declarations import Screen
from web.screens.listing import Listing
from web.screens.refusing import readable
from web.screens.ways import act


@act("many", fits=lambda _screen: True)
@page(methods=("POST",))
def many(request: PageRequest, screen: Screen) -> HttpResponse:
    """Do something with the ticked rows; where it has to be asked first, ask."""
    address = reverse(f"web:screen-{screen.slug}")
    with readable():
        asked = Asked.opened(screen, request.GET, address, request.actor)
        listing = Listing(asked, request.actor)
        access.require(listing.call, "read")
        sentences, status, answer = told(lambda: _answer(request, listing))
        if answer is not None:
            return answer
        ids = frozenset(selections.ticked(request.POST.getlist("row")))
        return lists.shown(request, asked, sentences, status, ticked=ids)


def told(work: Callable[[], HttpResponse]) -> tuple[Sequence[str], int, HttpResponse | None]:
    """Do some work; answers what it refused instead: sentences and a status."""
    try:
        return [], 200, work()
    except WireError as error:
        return [error.message.partition("\n\n")[0]], 403 if error.kind == ACCESS else 422, None
    except REFUSALS as error:
        refusal = translated(error)
        return str(refusal).splitlines(), refusal.status, None


def _answer(request: PageRequest, listing: Listing) -> HttpResponse:
    data = request.POST
    verb, _colon, pk = data.get("one", "").partition(":")
    if verb:
        return _done(request, listing, verb, selections.chosen(listing, _Only(pk)))
    ids, key = selections.chosen(listing, data), data.get("do", "")
    if key == selections.EDIT:
        return _edited(request, listing, ids)
    deed = next((one for one in selections.deeds_of(listing) if one.key == key), None)
    if deed is not None and deed.confirm and not data.get("sure"):
        return _asking(request, listing, ids, {"deed": deed})
    return _done(request, listing, key, ids)


def _done(request: PageRequest, listing: Listing, key: str, ids: list[int]) -> HttpResponse:
    """Do a deed; where its verb answers with a window, that comes next."""
    said, answer = selections.do(listing, key, ids)
    if isinstance(answer, Mapping):
        return redirect(leading.opened(request, answer, _here(listing)))
    return _back(request, listing, said, key, ids)


def _here(listing: Listing) -> str:
    query = listing.asked.text_of_query
    return f"{listing.asked.path}?{query}" if query else listing.asked.path


class _Only:
    """A form in which one row is ticked."""

    def __init__(self, pk: str) -> None:
        self.pk = pk

    def get(self, _name: str) -> str:
        """Nothing else is said."""
        return ""

    def getlist(self, _name: str) -> list[str]:
        """The row."""
        return [self.pk]


def _edited(request: PageRequest, listing: Listing, ids: list[int]) -> HttpResponse:
    """Ask which value a field is to have, or write it."""
    sent = request.POST if request.POST.get("sure") else None
    boxes = selections.box_for(listing, request.POST.get("field", ""), sent)
    if sent is None:
        return _asking(request, listing, ids, {"boxes": boxes})
    if not boxes.is_valid():
        return _asking(request, listing, ids, {"boxes": boxes}, status=422)
    return _back(request, listing, selections.change(listing, boxes, ids))


def _asking(
    request: PageRequest, listing: Listing, ids: list[int], what: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        "screen": listing.screen,
        "asked": listing.asked,
        "ids": ids,
        "back": listing.asked.address(listing.asked.pairs),
        **what,
    }
    return render(request, "screens/many.html", context, status=status)


def _back(
    request: PageRequest, listing: Listing, said: str, verb: str = "", ids: Sequence[int] = ()
) -> HttpResponse:
    undo.say_done(request, said, listing.call.exposure.name, verb, ids)
    return redirect(_here(listing))
