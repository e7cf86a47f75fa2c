"""The list: rows in a table, or groups of them."""

from django.utils.translation import gettext_lazy as _

from web.screens.listing import Listing
from web.screens.ways import Shown, way


@way("list", _("List"), "list-ul", fits=lambda _screen: True)
def rows(listing: Listing) -> Shown:
    """A page of rows, or the groups of the first level."""
    if listing.asked.groups:
        _ = listing.groups
        return Shown("screens/groups.html")
    _ = listing.rows, listing.count, listing.totals
    return Shown("screens/list.html")
