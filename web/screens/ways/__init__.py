"""Ways of looking at the rows of a screen: list, cards, calendar and the others, each in a file of its own.

A way is a function from a `Listing` to what its template shows:

    @way("kanban", _("Cards"), "kanban", fits=lambda screen: screen.kanban is not None)
    def kanban(listing: Listing) -> Shown: …
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from base.actors import Actor
from web.screens.declarations import Screen, Text

Fits = Callable[[Screen], bool]


@dataclass(frozen=True)
class Shown:
    """What a way of looking shows: a template that extends `screens/screen.html`, and its context."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """A way of looking at rows."""

    key: str
    label: Text
    icon: str
    fits: Fits
    show: Callable[[Any], Shown]


_ways: dict[str, Way] = {}


def way(key: str, label: Text, icon: str, *, fits: Fits) -> Callable[[Any], Any]:
    """Register a way of looking, for the screens that it fits."""

    def register(function: Callable[[Any], Shown]) -> Callable[[Any], Shown]:
        _ways[key] = Way(key, label, icon, fits, function)
        return function

    return register


def ways_of(screen: Screen, _actor: Actor) -> Iterator[Way]:
    """The ways in which a screen can be looked at, the one that opens first."""
    fitting = [one for one in _ways.values() if one.fits(screen)]
    yield from sorted(fitting, key=lambda one: one.key != screen.first)
