"""Dashboards: cards that a module declares over its screens or its reports, each opening the rows behind it.

dashboard("overview", Dashboard(label=_("Contacts"), cards=(
    Number(label=_("New contacts"), screen="contacts", month="create_date"),
    Picture(label=_("By country"), screen="contacts", by="country_id"),
    Rows(label=_("The newest"), screen="contacts", columns=("name", "city"), order="create_date desc"),
)))
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from base import policies
from base.actors import Actor
from rpc import access
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.reading import rows as reading
from rpc.reading.plans import EXACT
from web.pages import PageRequest, page
from web.screens import measures, registry
from web.screens.asked import Asked
from web.screens.cells import Cells, Drawn, record_url
from web.screens.cubes import Axis, Cube, Path, in_zone, start_of
from web.screens.declarations import Domain, Screen, Text
from web.screens.domains import every
from web.screens.graphs import Pictures, cube_of, graphing
from web.screens.listing import Listing
from web.screens.refusing import readable

Found = TypeVar("Found")


class Sight:
    """One look at a dashboard: who looks, and what its cards have found already."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._found: dict[Any, Any] = {}

    def once(self, find: Callable[..., Found], *about: Any) -> Found:
        """What is found, or what was found for another card."""
        key = (find, about)
        if key not in self._found:
            self._found[key] = find(self.actor, *about)
        found: Found = self._found[key]
        return found

    def told(self, card: "Told") -> Mapping[str, Any] | None:
        """What a card's own function answers, asked once for all cards that it tells."""
        if card.tell not in self._found:
            self._found[card.tell] = card.tell(self)
        found: Mapping[str, Any] | None = self._found[card.tell]
        return found


@dataclass(frozen=True, kw_only=True)
class Card:
    """What cards have in common: the rows they are about, and who may see them.

    `filters` are keys of the screen's own filters, so that the list that opens says them by name.
    """

    label: Text
    screen: str = ""
    filters: tuple[str, ...] = ()
    domain: Domain = ()
    permission: str = ""
    is_wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Number(Card):
    """One figure with a sentence. With `month`, a date, it is that of this month, and compared with the last one."""

    measure: str = measures.COUNT
    note: Text = ""
    month: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture(Card):
    """A graph."""

    by: str
    series: str = ""
    measure: str = measures.COUNT
    kind: str = "bar"


@dataclass(frozen=True, kw_only=True)
class Rows(Card):
    """The first rows of a list."""

    columns: tuple[str, ...] = ()
    order: str = ""
    most: int = 5
    empty: Text = ""


@dataclass(frozen=True, kw_only=True)
class Told(Card):
    """A card of a module's own: what `tell` answers is drawn by `template`. It is left out where that is nothing."""

    tell: Callable[[Sight], Mapping[str, Any] | None]
    template: str
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """The cards of a module, in order."""

    label: Text
    cards: tuple[Card, ...]
    permission: str = ""


@dataclass(frozen=True)
class Painted:
    """A card ready to be drawn."""

    card: Card
    template: str
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_number(self) -> bool:
        """Whether it stands in the row of figures."""
        return isinstance(self.card, Number) or getattr(self.card, "is_number", False)

    @property
    def is_picture(self) -> bool:
        """Whether a script draws it."""
        return isinstance(self.card, Picture)


@dataclass(frozen=True)
class Row:
    """A row of a card's list."""

    name: str
    url: str
    cells: list[Drawn]


_dashboards: dict[str, Dashboard] = {}


def dashboard(key: str, declared: Dashboard) -> Dashboard:
    """Declare a dashboard; `key` is its address, and `web:dashboard-<key>` the name of that."""
    _dashboards[key] = declared
    return declared


def urls() -> list[URLPattern]:
    """The addresses of every dashboard that is declared."""
    return [path(f"{key}/", _open, {"key": key}, name=f"dashboard-{key}") for key in _dashboards]


@page()
def _open(request: PageRequest, key: str) -> HttpResponse:
    """A dashboard by its key, for those who hold its permission."""
    declared = _dashboards[key]
    if declared.permission:
        policies.require(request.actor, declared.permission)
    return shown(request, declared)


def painted(dashboard: Dashboard, actor: Actor) -> list[Painted]:
    """The cards that the actor may see. Each asks the database a fixed number of times."""
    found, sight = [], Sight(actor)
    for card in dashboard.cards:
        if card.permission and not actor.has_perm(card.permission):
            continue
        with readable():
            one = _told(card, sight) if isinstance(card, Told) else _over_a_screen(card, actor)
        if one is not None:
            found.append(one)
    return found


def shown(
    request: PageRequest,
    dashboard: Dashboard,
    template: str = "screens/dashboard.html",
    **more: Any,
) -> HttpResponse:
    """A dashboard as a page."""
    cards = painted(dashboard, request.actor)
    context = {
        "dashboard": dashboard,
        "numbers": [one for one in cards if one.is_number],
        "cards": [one for one in cards if not one.is_number],
        "has_pictures": any(one.is_picture for one in cards),
        **more,
    }
    return render(request, template, context)


def _told(card: Told, sight: Sight) -> Painted | None:
    said = sight.told(card)
    return None if said is None else Painted(card, card.template, said)


def _over_a_screen(card: Card, actor: Actor) -> Painted | None:
    screen = registry.find(card.screen)
    if screen is None:
        return None
    pairs = [("f", key) for key in card.filters]
    pairs += [("d", _text(card.domain))] if card.domain else []
    asked = _asked(screen, pairs, actor)
    listing = Listing(asked, actor)
    if not access.may(listing.call, "read"):
        return None
    if isinstance(card, Picture):
        return _picture(card, screen, pairs, actor)
    if isinstance(card, Rows):
        return _rows(card, listing)
    if isinstance(card, Number):
        return _number(card, listing)
    return None


def _asked(screen: Screen, pairs: Sequence[tuple[str, str]], actor: Actor) -> Asked:
    query = QueryDict(urlencode(pairs) or "all=1")
    return Asked(screen, query, reverse(f"web:screen-{screen.slug}"), actor)


def _text(domain: Sequence[Any]) -> str:
    return json.dumps(list(domain), separators=(",", ":"))


def _number(card: Number, listing: Listing) -> Painted:
    call, asked = in_zone(listing.call), listing.asked
    measure = measures.measure(call, card.measure)
    first = call.today().replace(day=1)
    now, before = _two_months(card, call, asked, measure, first)
    amounts = now or {None: Decimal(0)}
    behind = [("d", _text(_between(card.month, first)))] if card.month else []
    said = {
        "lines": measure.written(amounts, measures.currencies([amounts])),
        "note": card.note,
        "trend": trend(amounts, before) if card.month else "",
        "url": asked.address([*asked.pairs, ("v", "list"), *behind]),
    }
    return Painted(card, "screens/dashboard_number.html", said)


def _two_months(
    card: Number, call: Call, asked: Asked, measure: measures.Measure, first: date
) -> tuple[measures.Sums, measures.Sums]:
    """The figure of this month and that of the last one; of all rows where it is no figure of a month. One query."""
    if not card.month:
        cube = Cube(call, asked.domain, Axis(), Axis(), [measure])
        return cube.figures.get(((), ()), {}).get(measure.spec, {}), {}
    earlier = first - relativedelta(months=1)
    domain = every([asked.domain, [[card.month, ">=", earlier.isoformat()]]])
    cube = Cube(call, domain, Axis((f"{card.month}:month",)), Axis(), [measure])
    paths = [_month_of(cube, cube.below("row", ()), one) for one in (first, earlier)]
    now, before = (
        cube.figures.get((path, ()), {}).get(measure.spec, {}) if path else {} for path in paths
    )
    return now, before


def _between(name: str, first: date) -> list[Any]:
    after = first + relativedelta(months=1)
    return [[name, ">=", first.isoformat()], [name, "<", after.isoformat()]]


def _month_of(cube: Cube, paths: Sequence[Path], first: date) -> Path:
    """The head of a month, or nothing where it has no rows."""
    name = cube.rows.levels[0].partition(":")[0]
    zone = cube.call.zone if cube.call.exposure.fields[name].type == "datetime" else None
    wanted = (first.year, first.month)
    starts = ((path, start_of(path[0], zone)) for path in paths if path[0])
    return next((path for path, day in starts if (day.year, day.month) == wanted), ())


def trend(now: measures.Sums, before: measures.Sums) -> str:
    """How a figure compares with the one a month earlier, in words; nothing where the two cannot be compared."""
    if len(now) != 1 or set(now) != set(before):
        return ""
    [new], [old] = now.values(), before.values()
    if old <= 0:
        return ""
    percent = int(((new - old) * 100 / old).to_integral_value())
    if percent == 0:
        return _("as in the month before")
    if percent > 0:
        return _("%(percent)s%% more than in the month before") % {"percent": percent}
    return _("%(percent)s%% less than in the month before") % {"percent": -percent}


def _picture(
    card: Picture, screen: Screen, pairs: Sequence[tuple[str, str]], actor: Actor
) -> Painted:
    more = [("by", card.by), ("series", card.series), ("m", card.measure), ("kind", card.kind)]
    asked = _asked(screen, [*pairs, *more], actor)
    call = in_zone(Listing(asked, actor).call)
    graph = graphing(asked, call)
    pictures = Pictures(graph, cube_of(graph, call, asked.domain))
    said = {
        "graph": graph,
        "charts": pictures.charts,
        "heading": asked.group_label(card.by),
        "url": graph.url(),
    }
    return Painted(card, "screens/dashboard_picture.html", said)


def _rows(card: Rows, listing: Listing) -> Painted:
    call, asked = listing.call, listing.asked
    fields = call.exposure.fields
    names = [name for name in card.columns if name in fields and call.may(fields[name])]
    wanted = {"display_name", *names, *(fields[name].currency for name in names)} & set(fields)
    order = card.order or asked.order
    found = reading.search_read(
        call, parse(asked.domain), sorted(wanted), EXACT, order=order, limit=card.most
    )
    cells = Cells(call, names, found)
    rows = [
        Row(str(row["display_name"] or ""), record_url(asked.screen, row["id"]), cells.of(row))
        for row in found
    ]
    url = asked.address([*asked.pairs, ("v", "list")])
    return Painted(card, "screens/dashboard_rows.html", {"rows": rows, "url": url})
