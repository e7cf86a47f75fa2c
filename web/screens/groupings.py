"""What rows can be grouped by in pivots and graphs, as menus offer it and addresses name it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rpc.context import Call
from rpc.fields import DATES, NUMBERS, Field
from web.screens.asked import PERIODS, Asked, UnreadableLink, period_labels

MOST_LEVELS = 4
UNOFFERED = NUMBERS | {"text", "html", "reference", "many2one_reference"}
"""Types whose values hardly ever repeat: an address may name them, a menu does not."""


@dataclass(frozen=True)
class Choice:
    """One thing of a menu."""

    label: str
    url: str
    is_on: bool = False


@dataclass(frozen=True)
class Menu:
    """The fields of a menu: those that the screen names, and all others; a date is there once for each period."""

    first: list[Choice]
    more: list[Choice]


def grouping(call: Call, spec: str) -> str:
    """A grouping that an address names. Refuses with `UnreadableLink` what is not there or is hidden."""
    name, _colon, period = spec.partition(":")
    field = call.exposure.fields.get(name)
    fits = field is not None and call.may(field) and field.groupable
    if not fits or not _period_fits(field, period):
        raise UnreadableLink(what=_("rows cannot be grouped by “%s”") % spec[:60])
    return spec


def _period_fits(field: Any, period: str) -> bool:
    return period in PERIODS if field.type in DATES else not period


def declared(call: Call, specs: Iterable[str]) -> tuple[str, ...]:
    """The groupings of a declaration that the actor may see."""
    fields = call.exposure.fields
    return tuple(
        spec
        for spec in specs
        if (one := fields.get(spec.partition(":")[0])) and one.groupable and call.may(one)
    )


def menu(asked: Asked, call: Call, used: Iterable[str], link: Callable[[str], str]) -> Menu:
    """The fields that rows may be grouped by further; `link` says where a choice leads."""
    taken = set(used)
    fields = [one for one in call.exposure.fields.values() if one.groupable and call.may(one)]
    named = list(dict.fromkeys(spec.partition(":")[0] for spec in asked.screen.groups))
    by_name = {one.name: one for one in fields}
    first = [by_name[name] for name in named if name in by_name]
    more = [one for one in fields if one.name not in named and one.type not in UNOFFERED]
    more.sort(key=lambda one: one.heading.casefold())
    return Menu(_choices(first, taken, link), _choices(more, taken, link))


def _choices(fields: list[Field], taken: set[str], link: Callable[[str], str]) -> list[Choice]:
    return [
        Choice(label, link(spec))
        for one in fields
        for spec, label in specs_of(one)
        if spec not in taken
    ]


def specs_of(field: Field) -> list[tuple[str, str]]:
    """The ways to group by a field, with what they are called."""
    if field.type not in DATES:
        return [(field.name, field.heading)]
    labels = period_labels()
    return [(f"{field.name}:{one}", f"{field.heading}: {labels[one]}") for one in PERIODS]
