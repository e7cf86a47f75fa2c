"""The list: rows in a table, or groups of them that open where they stand."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from web.screens import builder as _builder  # noqa: F401 - likewise
from web.screens import favourites as _favourites  # noqa: F401 - importing registers its addresses
from web.screens import inline, selections
from web.screens import many as _many  # noqa: F401 - likewise
from web.screens.listing import Listing
from web.screens.ways import Shown, way


@way("list", _("List"), "list-ul", fits=lambda _screen: True)
def rows(listing: Listing) -> Shown:
    """A page of rows, the groups of the first level, or the part of the page that opens below a group."""
    many = selections.deeds_of(listing)
    fields = listing.call.exposure.fields
    context: dict[str, Any] = {
        "many": many,
        "many_fields": [
            (one.name, one.label or fields[one.name].heading)
            for one in (selections.fields_of(listing) if many else ())
        ],
        "most_at_once": selections.MOST_AT_ONCE,
        "can_edit": bool(inline.places_of(listing)),
    }
    if "part" in listing.asked.query:
        return Shown("screens/parts/part.html", {**context, **_part(listing, bool(many))})
    if listing.asked.groups:
        _ = listing.groups, listing.count, listing.totals
        return Shown("screens/groups.html", context)
    _ = listing.rows, listing.count, listing.totals
    return Shown("screens/list.html", context)


def _part(listing: Listing, has_ticks: bool) -> dict[str, Any]:
    """What the part below a group needs to know: in which group it is, and where its next page is."""
    inside = listing.asked.query.get("in", "")[:60]
    inside = inside if inside.replace("-", "").isdecimal() else ""
    more = listing.grouped.next_url if listing.asked.groups else listing.next_url
    again = urlencode({"part": "1", "in": inside})
    return {
        "inside": inside,
        "depth": inside.count("-") + 1,
        "width": len(listing.heads) + has_ticks + bool(listing.row_buttons),
        "whole_url": listing.asked.address(listing.asked.pairs),
        "more_url": f"{more}&{again}" if more else "",
    }
