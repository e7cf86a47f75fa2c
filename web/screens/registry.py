"""Which screens there are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from base.actors import Actor
from rpc import registry as exposures
from rpc.exposure import Exposure
from web.screens.declarations import Button, Filter, Form, Screen, Stat, Tab, columns

_screens: dict[str, Screen] = {}
_owners: dict[str, str] = {}


def screen(name: str, *, key: str, filters: Sequence[Filter] = (), **what: Any) -> Screen:
    """Declare a screen of the noun exposed as `name`. `list`, `search`, `group_by` and `default` are blank-separated words."""
    if key in _screens and _screens[key].name != name:
        raise ImproperlyConfigured(f"Two screens are called {key}.")
    declared = Screen(
        name=name,
        key=key,
        columns=columns(what.pop("list", "display_name")),
        search=tuple(what.pop("search", "").split()),
        groups=tuple(what.pop("group_by", "").split()),
        default=tuple(what.pop("default", "").split()),
        filters=tuple(filters),
        **what,
    )
    _screens[key] = declared
    return declared


def note_owner(label: str) -> None:
    """Note that what has been declared since the last note is that module's."""
    for key in _screens:
        _owners.setdefault(key, label)


def owned_by(label: str) -> list[str]:
    """The keys of a module's screens."""
    return [key for key, owner in _owners.items() if owner == label]


def everything() -> Iterator[Screen]:
    """Walk over all screens, in the order they were declared."""
    yield from _screens.values()


def find(key: str) -> Screen | None:
    """The screen at an address, if there is one."""
    return _screens.get(key)


def of_exposure(name: str) -> Screen | None:
    """The first screen of a noun: where its records are shown."""
    return next((one for one in _screens.values() if one.name == name), None)


def opened_by(actor: Actor, name: str) -> Screen | None:
    """The screen of a noun, if the actor may open it."""
    one = of_exposure(name)
    return one if one and (not one.permission or actor.has_perm(one.permission)) else None


def extend(
    key: str, *tabs: Tab, stats: Sequence[Stat] = (), buttons: Sequence[Button] = ()
) -> None:
    """Add tabs, numbers and buttons of one's own to the form of another module's screen."""
    one = _screens[key]
    form = one.form or Form()
    more = replace(
        form,
        tabs=(*form.tabs, *tabs),
        stats=(*form.stats, *stats),
        buttons=(*form.buttons, *buttons),
    )
    _screens[key] = replace(one, form=more)


def exposure_of(one: Screen) -> Exposure:
    """The noun of a screen. Raises `ImproperlyConfigured` when no module exposes it."""
    found = exposures.find(one.name)
    if found is None:
        raise ImproperlyConfigured(f"The screen {one.key} shows {one.name}, which is not exposed.")
    return found
