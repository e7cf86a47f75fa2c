"""The graph: bars, lines or a pie of sums, with the same as a table."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rpc.context import Call
from web.screens import measures
from web.screens.cubes import TooManyFigures, in_zone
from web.screens.declarations import Screen
from web.screens.graphs import Graphing, Pictures, cube_of, graphing
from web.screens.groupings import Choice, menu
from web.screens.listing import Listing
from web.screens.ways import Shown, way


def has_graph(screen: Screen) -> bool:
    """Whether a screen can be looked at as a graph."""
    return screen.graph is not None


@way("graph", gettext_lazy("Graph"), "bar-chart", fits=has_graph)
def graph(listing: Listing) -> Shown:
    """A picture of sums."""
    call = in_zone(listing.call)
    found = graphing(listing.asked, call)
    pictures = Pictures(found, cube_of(found, call, listing.asked.domain))
    asked = listing.asked
    context: dict[str, Any] = {
        "graph": found,
        "pictures": pictures,
        "heading": asked.group_label(found.by) if found.by else "",
        "series_heading": asked.group_label(found.series) if found.series else "",
        "kinds": _kinds(found),
        "switches": _switches(found),
        "measured": _measured(call, found),
        "by_menu": menu(asked, call, (found.by, found.series), lambda spec: found.but(by=spec)),
        "series_menu": menu(
            asked, call, (found.by, found.series), lambda spec: found.but(series=spec)
        ),
        "without_series": found.but(series="") if found.series else "",
    }
    try:
        pictures.cube.read()
    except TooManyFigures as refusal:
        context["too_many"] = str(refusal)
    return Shown("screens/graph.html", context)


def _kinds(found: Graphing) -> list[tuple[str, Choice]]:
    """The pictures there are, with their icons."""
    labels = {
        "bar": ("bar-chart", _("Bars")),
        "line": ("graph-up", _("Line")),
        "pie": ("pie-chart", _("Pie")),
    }
    return [
        (icon, Choice(label, found.but(kind=key), found.kind == key))
        for key, (icon, label) in labels.items()
    ]


def _switches(found: Graphing) -> list[Choice]:
    """What can be switched on and off for this kind of picture."""
    offered = []
    if found.kind == "bar" and found.series:
        url = found.but(is_stacked=not found.is_stacked)
        offered.append(Choice(_("Stacked"), url, found.is_stacked))
    if found.kind == "line" and found.can_sum_up:
        url = found.but(is_summed_up=not found.is_summed_up)
        offered.append(Choice(_("Added up"), url, found.is_summed_up))
    for key, label in (("down", _("Largest first")), ("up", _("Smallest first"))):
        url = found.but(rank="" if found.rank == key else key)
        offered.append(Choice(label, url, found.rank == key))
    return offered


def _measured(call: Call, found: Graphing) -> list[tuple[str, list[Choice]]]:
    """The menu of measures: by field, what can be done with its numbers."""

    def choice(spec: str, label: str) -> Choice:
        one = measures.measure(call, spec)
        return Choice(label or one.label, found.but(measure=one), one.spec == found.measure.spec)

    offered = [("", [choice(measures.COUNT, "")])]
    functions = measures.function_labels().items()
    for field in measures.fields(call):
        specs = [choice(f"{field.name}:{key}", label) for key, label in functions]
        offered.append((field.heading, specs))
    return offered
