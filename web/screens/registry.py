"""Which screens there are."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from rpc import registry as exposures
from rpc.exposure import Exposure
from web.screens.declarations import Filter, Screen, columns

_screens: dict[str, Screen] = {}


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


def everything() -> Iterator[Screen]:
    """Walk over all screens, in the order they were declared."""
    yield from _screens.values()


def find(key: str) -> Screen | None:
    """The screen at an address, if there is one."""
    return _screens.get(key)


def of_exposure(name: str) -> Screen | None:
    """The first screen of a noun: where its records are shown."""
    return next((one for one in _screens.values() if one.name == name), None)


def exposure_of(one: Screen) -> Exposure:
    """The noun of a screen. Raises `ImproperlyConfigured` when no module exposes it."""
    found = exposures.find(one.name)
    if found is None:
        raise ImproperlyConfigured(f"The screen {one.key} shows {one.name}, which is not exposed.")
    return found
