"""The pivot: figures by what stands at the side and on top, with totals at every level; the same as a sheet."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rpc import access
from web.pages import PageRequest, page
from web.screens import measures
from web.screens.asked import Asked
from web.screens.cubes import Cube, TooManyFigures, in_zone
from web.screens.declarations import Screen
from web.screens.groupings import Choice, Menu, grouping, menu
from web.screens.listing import Listing
from web.screens.measures import Measure
from web.screens.pivot_sheet import TYPE, sheet
from web.screens.pivot_table import Table
from web.screens.pivots import SIDES, Pivoting, pivoting, read
from web.screens.refusing import readable
from web.screens.ways import Shown, act, way


def has_pivot(screen: Screen) -> bool:
    """Whether a screen can be looked at as a pivot."""
    return screen.pivot is not None


@dataclass(frozen=True)
class Measured:
    """A field in the menu of measures: what can be done with its numbers."""

    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Side:
    """The menu of one side: the levels there are, and those that can be added."""

    key: str
    label: Any
    levels: list[Choice]
    menu: Menu


@way("pivot", _("Pivot"), "table", fits=has_pivot)
def pivot(listing: Listing) -> Shown:
    """A table of figures."""
    found, table = _table(listing)
    context: dict[str, Any] = {
        "pivot": found,
        "table": table,
        "measured": _measured(listing, found),
        "sides": [
            _side(listing, found, "row", _("Rows")),
            _side(listing, found, "column", _("Columns")),
        ],
        "flip_url": found.flipped().url(),
        "sheet_url": f"{reverse(f'web:screen-{listing.screen.slug}-pivot')}?{found.url().partition('?')[2]}",
        "asking": _asking(listing, found),
    }
    try:
        table.cube.read()
        if asking := context["asking"]:
            asking["label"] = table.cube.named(found.axis(asking["side"]), asking["path"])
    except TooManyFigures as refusal:
        context["too_many"] = str(refusal)
    return Shown("screens/pivot.html", context)


def _table(listing: Listing) -> tuple[Pivoting, Table]:
    call = in_zone(listing.call)
    found = pivoting(listing.asked, call)
    cube = Cube(call, listing.asked.domain, found.row, found.column, found.measures)
    return found, Table(found, cube)


def _measured(listing: Listing, found: Pivoting) -> list[Measured]:
    """The menu of measures."""
    call, on = listing.call, {one.spec for one in found.measures}

    def choice(one: Measure, label: str) -> Choice:
        return Choice(label, found.measuring(one).url(), one.spec in on)

    rows = measures.measure(call, measures.COUNT)
    offered = [Measured("", [choice(rows, rows.label)])]
    for field in measures.fields(call):
        ways = [
            choice(measures.measure(call, f"{field.name}:{key}"), label)
            for key, label in measures.function_labels().items()
        ]
        offered.append(Measured(field.heading, ways))
    return offered


def _side(listing: Listing, found: Pivoting, side: str, label: Any) -> Side:
    axis = found.axis(side)
    levels = [
        Choice(listing.asked.group_label(spec), found.without_level(side, spec).url(), is_on=True)
        for spec in axis.specs
    ]
    offered = menu(
        listing.asked, listing.call, found.used, lambda spec: found.with_level(side, spec).url()
    )
    return Side(side, label, levels, offered)


def _asking(listing: Listing, found: Pivoting) -> dict[str, Any] | None:
    """The head that is asked by what it shall be opened, with what there is."""
    side = listing.asked.query.get("menu", "")
    if side not in SIDES:
        return None
    path = read(listing.asked.query.get("menu_at", "[]"))
    offered = menu(
        listing.asked,
        listing.call,
        found.used,
        lambda spec: found.opened_by(side, path, grouping(listing.call, spec)).url(),
    )
    return {"side": side, "path": path, "menu": offered, "close": found.url()}


@act("pivot", fits=has_pivot)
@page()
def pivot_sheet(request: PageRequest, screen: Screen) -> HttpResponse:
    """The pivot that an address asks for, as a sheet with numbers as numbers."""
    with readable():
        address = reverse(f"web:screen-{screen.slug}")
        listing = Listing(Asked.opened(screen, request.GET, address, request.actor), request.actor)
        access.require(listing.call, "read")
        _found, table = _table(listing)
        content = sheet(table, str(screen.label))
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{screen.slug}-pivot.xlsx"'
    return response
