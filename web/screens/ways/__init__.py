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


@dataclass(frozen=True)
class Act:
    """What a way of looking answers besides its page: an address below the screen's own, for the screens it fits."""

    path: str
    fits: Fits
    view: Callable[..., Any]

    @property
    def name(self) -> str:
        """The end of the URL's name."""
        return self.path.partition("/")[0]


_ways: dict[str, Way] = {}
_acts: dict[str, Act] = {}


def way(key: str, label: Text, icon: str, *, fits: Fits) -> Callable[[Any], Any]:
    """Register a way of looking, for the screens that it fits."""

    def register(function: Callable[[Any], Shown]) -> Callable[[Any], Shown]:
        _ways[key] = Way(key, label, icon, fits, function)
        return function

    return register


def act(path: str, *, fits: Fits) -> Callable[[Any], Any]:
    """Register a page below the screens that it fits: a view that takes the request and the screen.

    Its name is that of the screen's page and the first step of the path: `web:screen-people-move`.
    """

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        _acts[path] = Act(path, fits, view)
        return view

    return register


def acts_of(screen: Screen) -> Iterator[Act]:
    """What can be done on a screen besides looking at it."""
    yield from (one for one in _acts.values() if one.fits(screen))


def ways_of(screen: Screen, _actor: Actor) -> Iterator[Way]:
    """The ways in which a screen can be looked at, the one that opens first."""
    fitting = [one for one in _ways.values() if one.fits(screen)]
    yield from sorted(fitting, key=lambda one: one.key != screen.first)
