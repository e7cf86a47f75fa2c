"""What the frame around every page needs to know. Nothing is asked before a template asks for it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, cached_property

from base.actors import Actor
from base.modules import ModuleConfig, installed
from web import counters

TINTS = 8


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a module's menu, as an actor may open it."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A module as the home page and the apps menu show it."""

    label: str
    name: str | Promise
    summary: str | Promise
    icon: str
    url: str
    tint: int
    entries: tuple[Entry, ...]

    @property
    def current(self) -> Entry | None:
        """The entry whose page is open."""
        return next((entry for entry in self.entries if entry.is_current), None)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame` for whoever is signed in, and the languages for everyone."""
    actor = getattr(request, "actor", None)
    return {
        "frame": Frame(request, actor) if actor else None,
        "languages": settings.LANGUAGES,
        "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }


class Frame:
    """The frame of one page for one actor."""

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.request = request
        self.actor = actor

    @cached_property
    def tiles(self) -> list[Tile]:
        """The modules the actor may open, in the order they stand on each other.

        A view whose address does not begin with that of its menu entry sets `request.menu_path`.
        """
        return tiles_of(self.actor, getattr(self.request, "menu_path", self.request.path))

    @cached_property
    def tile(self) -> Tile | None:
        """The module whose page is open."""
        return next((tile for tile in self.tiles if tile.current), None)

    @cached_property
    def companies(self) -> list[dict[str, Any]]:
        """The companies the actor belongs to: which are switched on, and which is the current one."""
        return [
            {
                "id": pk,
                "name": name,
                "is_on": pk in self.actor.company_ids,
                "is_current": pk == self.actor.company_id,
            }
            for pk, name in self.counts.companies
        ]

    @cached_property
    def company_name(self) -> str:
        """The current company's name."""
        return next((row["name"] for row in self.companies if row["is_current"]), "")

    @property
    def user_name(self) -> str:
        """What colleagues call the actor."""
        return self.counts.name or self.actor.login

    @property
    def initials(self) -> str:
        """Up to two letters for the round picture."""
        return initials(self.user_name)

    @cached_property
    def counts(self) -> counters.Counts:
        """How many activities wait, how many messages are unread, and for whom. One query."""
        return counters.counts(self.actor)

    @property
    def theme(self) -> str:
        """Light or dark, if the user has chosen."""
        return self.counts.theme

    @property
    def density(self) -> str:
        """How much room the user likes."""
        return self.counts.density

    @property
    def may_use_back_office(self) -> bool:
        """Whether the back office opens for the user."""
        return bool(getattr(self.request.user, "is_staff", False))


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper() or "?"


def tiles_of(actor: Actor, path: str) -> list[Tile]:
    """The modules an actor may open, with the entry marked that leads to `path`."""
    tiles = []
    for place, config in enumerate(config for config in installed() if config.manifest.home):
        entries = [
            (menu, address(menu.url, menu.kwargs))
            for menu in config.manifest.menu
            if _may(actor, menu)
        ]
        home = address(config.manifest.home)
        if home and (entries or not config.manifest.menu):
            tiles.append(_tile(config, place, home, _marked(entries, path)))
    return tiles


def address(name: str, kwargs: Any = None) -> str:
    """The URL of a URL name, or nothing where no such page is installed."""
    try:
        return reverse(name, kwargs=dict(kwargs or {}))
    except NoReverseMatch:
        return ""


def _may(actor: Actor, menu: Any) -> bool:
    return not menu.permission or actor.has_perm(menu.permission)


def _marked(entries: list[tuple[Any, str]], path: str) -> tuple[Entry, ...]:
    """Entries whose address exists; the longest one that `path` begins with is current."""
    shown = [(menu, url) for menu, url in entries if url]
    fitting = [
        url for _menu, url in shown if path == url or (path.startswith(url) and url.endswith("/"))
    ]
    best = max(fitting, key=len, default="")
    return tuple(
        Entry(label=menu.label, url=url, icon=menu.icon or "dot", is_current=url == best)
        for menu, url in shown
    )


def _tile(config: ModuleConfig, place: int, home: str, entries: tuple[Entry, ...]) -> Tile:
    return Tile(
        label=config.label,
        name=config.verbose_name,
        summary=config.manifest.summary,
        icon=config.manifest.icon,
        url=home,
        tint=place % TINTS + 1,
        entries=entries,
    )
