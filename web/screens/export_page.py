"""The page on which columns are chosen for a file, kept as sets by name, and the file itself."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from base.models import Favourite
from base.services import favourites
from rpc import access, transactions
from rpc.exchange.paths import EXTERNAL_ID
from web.pages import PageRequest, page
from web.screens import selections, sheets
from web.screens.asked import Asked
from web.screens.declarations import Screen
from web.screens.exporting import (
    BETWEEN,
    Choice,
    Export,
    chosen_ids,
    label_of,
    linked_choices,
    links_of,
    own_choices,
)
from web.screens.favourites import LONGEST_NAME, NoName
from web.screens.listing import Listing
from web.screens.many import told
from web.screens.preferences import columns_of
from web.screens.refusing import readable
from web.screens.ways import act

EXPORTS = "base.export_records"
MARK = "#export"


@act("export", fits=lambda _screen: True)
@page(EXPORTS, methods=("GET", "HEAD", "POST"))
def export(request: PageRequest, screen: Screen) -> HttpResponseBase:
    """Choose the columns of a file, keep or forget a choice, or have the file."""
    address = reverse(f"web:screen-{screen.slug}")
    with readable():
        asked = Asked.opened(screen, request.GET, address, request.actor)
        listing = Listing(asked, request.actor, columns_of(screen, request.actor))
        access.require(listing.call, "read")
        form = Chooser(request, listing)
        sentences, status, answer = told(form.answer)
        return answer or form.shown(sentences, status)


class Chooser:
    """One showing of the page: what is ticked on it, and what its buttons do."""

    def __init__(self, request: PageRequest, listing: Listing) -> None:
        self.request, self.listing = request, listing
        self.screen, self.call = listing.screen, listing.call
        data = request.POST
        self.ids = [] if data.get("scope") == "all" else selections.ticked(data.getlist("row"))
        self.sets = list(
            Favourite.objects.filter(
                Q(user=request.actor.user_id) | Q(user=None), screen=f"{self.screen.key}{MARK}"
            )
        )
        kind = str(data.get("kind", ""))
        self.kind = kind if kind in sheets.TYPES else sheets.XLSX
        self.is_first = "do" not in data
        kept = next((one for one in self.sets if str(one.pk) == data.get("set", "")), None)
        if data.get("do") == "choose" and kept is not None:
            self.paths = kept.query.split()
        elif self.is_first:
            self.paths = [one.name for one in listing.columns]
        else:
            self.paths = data.getlist("column")
        self.reads_back = EXTERNAL_ID in self.paths or (
            "reads_back" in data if not self.is_first else True
        )

    def answer(self) -> Any:
        """Do what the button says; None where the page is to be shown again."""
        does = {"file": self.file, "keep": self.keep, "forget": self.forget}
        work = does.get(self.request.POST.get("do", ""))
        return work() if work else None

    def file(self) -> HttpResponseBase:
        """The file."""
        head = [EXTERNAL_ID] if self.reads_back else []
        found = Export(self.call, [*head, *self.paths])
        ids = chosen_ids(self.listing, self.ids)
        name = str(self.screen.label)
        work = partial(sheets.written, self.kind, name, found.heads, found.chunks(ids))
        file = transactions.in_one(work) if self.reads_back else work()
        ending = sheets.ending_of(self.kind)
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"{slugify(name) or self.screen.slug}.{ending}",
            content_type=sheets.TYPES[self.kind],
        )

    def keep(self) -> None:
        """Keep the columns that are ticked, under a name."""
        data = self.request.POST
        name = " ".join(data.get("name", "").replace("\x00", "").split())[:LONGEST_NAME]
        if not name:
            raise NoName
        Export(self.call, self.paths)
        kept = favourites.keep(
            screen=f"{self.screen.key}{MARK}",
            name=name,
            query=" ".join(self.paths),
            is_shared="shared" in data,
            by=self.request.actor,
        )
        self.sets = [kept, *(one for one in self.sets if one.pk != kept.pk)]
        messages.success(self.request, _("The columns are kept as “%s”.") % name)

    def forget(self) -> None:
        """Forget a choice of columns."""
        text = self.request.POST.get("set", "")
        mine = [one for one in self.sets if str(one.pk) == text]
        favourites.forget(mine[0].pk if mine else 0, by=self.request.actor)
        self.sets = [one for one in self.sets if one not in mine]
        messages.success(self.request, _("The choice of columns is forgotten."))

    def shown(self, sentences: Sequence[str], status: int) -> HttpResponse:
        """The page."""
        query = self.listing.asked.text_of_query
        context = {
            "screen": self.screen,
            "asked": self.listing.asked,
            "query": query,
            "back": f"{self.listing.asked.path}?{query}" if query else self.listing.asked.path,
            "ids": self.ids,
            "count": len(self.ids) or self.listing._counted(),
            "sentences": sentences,
            "kind": self.kind,
            "kinds": {
                sheets.XLSX: _("Workbook (XLSX)"),
                sheets.CSV: _("CSV with commas"),
                sheets.SEMICOLONS: _("CSV with semicolons"),
            },
            "parts": self._parts(),
            "links": [one for one in links_of(self.call) if one.path not in self._open_links()],
            "sets": self.sets,
            "reads_back": self.reads_back,
            "may_share": self.request.actor.has_perm(favourites.SHARE),
        }
        return render(self.request, "screens/export.html", context, status=status)

    def _open_links(self) -> list[str]:
        """The links whose columns are shown: those with a ticked one, and the one that was asked for."""
        data = self.request.POST
        asked = [data.get("link", "")] if data.get("do") == "link" else []
        ticked = [path.partition("/")[0] for path in self.paths if "/" in path]
        known = {one.path for one in links_of(self.call)}
        return [
            one for one in dict.fromkeys([*data.getlist("open"), *asked, *ticked]) if one in known
        ]

    def _parts(self) -> list[dict[str, Any]]:
        """The columns that can be ticked: those of the list first, then all others, then those beyond links."""
        known = {one.path: one for one in own_choices(self.call)}
        listed = [known.pop(one.name) for one in self.screen.columns if one.name in known]
        parts = [self._part("", _("In the list"), listed)]
        parts.append(self._part("", _("More of the record"), [*known.values()]))
        for link in self._open_links():
            label = f"{label_of(self.call, link)}{BETWEEN}…"
            parts.append(self._part(link, label, linked_choices(self.call, link)))
        return [one for one in parts if one["choices"]]

    def _part(self, link: str, label: str, choices: list[Choice]) -> dict[str, Any]:
        ticked = [(one, one.path in self.paths) for one in choices]
        return {"link": link, "label": label, "choices": ticked}
