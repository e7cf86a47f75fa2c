"""What a module finds worth a look in the morning: lines below its name on the home page, each leading to its rows.

    @concerns("fleet", "fleet.view_vehicle")
    def taxes_due(actor: Actor) -> Iterator[Concern]: …

A function asks the database once or twice, and says nothing where all is well.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from base.actors import Actor

TONES = frozenset(("bad", "care", "note"))


@dataclass(frozen=True, kw_only=True)
class Concern:
    """One line: what it is, how much, and where it leads. `tone` says how pressing it is."""

    text: str | Promise
    url: str
    figure: str = ""
    tone: str = "note"

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"no such tone: {self.tone}")


Finder = Callable[[Actor], Iterable[Concern]]
_finders: dict[str, list[tuple[str, Finder]]] = {}


def concerns(label: str, permission: str) -> Callable[[Finder], Finder]:
    """Register what finds the concerns of a module, for those who hold a permission."""

    def register(finder: Finder) -> Finder:
        _finders.setdefault(label, []).append((permission, finder))
        return finder

    return register


def concerns_of(label: str, actor: Actor) -> list[Concern]:
    """What an actor should look at in a module."""
    finders = _finders.get(label, ())
    return [
        one for permission, finder in finders if actor.has_perm(permission) for one in finder(actor)
    ]
