"""Where modules show something of theirs on the page of another's noun: invoices on a contact, for instance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from web.pages import PageRequest


@dataclass(frozen=True)
class Panel:
    """A part of a page: a template and what it shows."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[PageRequest, Any], Panel | None]
_makers: dict[type[Model], list[Maker]] = {}


def panel(model: type[Model]) -> Callable[[Maker], Maker]:
    """Register a maker of panels for the pages of a noun. It answers None where there is nothing to show."""

    def register(maker: Maker) -> Maker:
        _makers.setdefault(model, []).append(maker)
        return maker

    return register


def panels_of(request: PageRequest, row: Model) -> list[Panel]:
    """The panels that modules show on the page of a record."""
    made = (maker(request, row) for maker in _makers.get(type(row), ()))
    return [one for one in made if one is not None]


def has_panels(model: type[Model]) -> bool:
    """Whether modules have something to show on the pages of a noun."""
    return bool(_makers.get(model))
