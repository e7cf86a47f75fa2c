"""What a module says about a screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
Domain = Sequence[Any]

TONES = frozenset(("good", "warn", "bad", "muted", "info"))


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list: a field, whether it is there at first, and whether its sum stands at the foot."""

    name: str
    is_shown: bool = True
    is_summed: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A condition people switch on by name. Filters of one `family` are alternatives; families narrow each other."""

    key: str
    label: Text
    domain: Domain
    family: str = ""


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A noun as people see it.

    `key` is its address (`contacts` is at `/contacts/`). `columns` are those of its list. `search` names the fields
    that the search box offers, the first ones being those that plain words look into. `tones` colours rows by domain.
    `page` is the URL name of a record's own page; without it the screen's form is used.
    """

    name: str
    key: str
    label: Text
    one: Text
    icon: str = "box"
    columns: tuple[Column, ...] = ()
    search: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    groups: tuple[str, ...] = ()
    tones: Mapping[str, Domain] = field(default_factory=dict)
    domain: Domain = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    order: str = ""
    page: str = ""
    new: str = ""
    empty: Text = ""

    def __post_init__(self) -> None:
        if unknown := set(self.tones) - TONES:
            raise ValueError(f"{self.key}: no such tone: {', '.join(sorted(unknown))}")
        keys = [one.key for one in self.filters]
        if len(keys) != len(set(keys)):
            raise ValueError(f"{self.key}: two filters share a key")


def columns(words: str) -> tuple[Column, ...]:
    """Columns in words: `name`, `name?` to be switched on by those who want it, `amount_total+` summed at the foot."""
    return tuple(
        Column(
            name=word.rstrip("?+"),
            is_shown="?" not in word,
            is_summed="+" in word,
        )
        for word in words.split()
    )
