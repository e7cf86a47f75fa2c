"""What somebody has kept about a screen: favourites, and the columns of its list."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from base.actors import Actor
from base.models import ColumnChoice, Favourite
from base.models.favourite import screen_of
from base.services import favourites
from web.pages import PageRequest, page
from web.screens.declarations import Screen
from web.screens.ways import act

KEEPS = "base.add_favourite"


@dataclass(frozen=True)
class Kept:
    """A favourite as the search menu shows it."""

    pk: int
    name: str
    query: str
    is_shared: bool
    is_default: bool
    can_forget: bool


class Preferences:
    """The favourites of a screen that an actor sees, and the actor's columns. One query."""

    def __init__(self, screen: Screen, actor: Actor) -> None:
        self.screen, self.actor = screen, actor

    @cached_property
    def _found(self) -> list[tuple[Any, ...]]:
        """Favourites and the choice of columns (which has no name), in one query."""
        own = Q(user_id=self.actor.user_id)
        here = Q(screen=self.screen.key)
        by_programs = Q(screen=screen_of(self.screen.name)) & ~Q(query="")
        favourites_here = Favourite.objects.order_by().filter(
            here | by_programs, own | Q(user_id=None)
        )
        choice = ColumnChoice.objects.order_by().filter(here, own)
        named = favourites_here.values_list(
            "pk", Cast("name", TextField()), "query", "user_id", "is_default"
        )
        nameless = choice.values_list(
            "pk", Value("", output_field=TextField()), "columns", "user_id", Value(False)
        )
        return list(named.union(nameless, all=True))

    @cached_property
    def kept(self) -> list[Kept]:
        """The favourites, one's own first."""
        if not self.actor.has_perm("base.view_favourite"):
            return []
        shares = self.actor.has_perm(favourites.SHARE)
        return sorted(
            (
                Kept(pk, name, query, user is None, is_default, user is not None or shares)
                for pk, name, query, user, is_default in self._found
                if name
            ),
            key=lambda one: (one.is_shared, one.name.casefold()),
        )

    @property
    def columns(self) -> list[str] | None:
        """The columns that the actor has chosen; None where there is no choice."""
        return next((text.split() for _pk, name, text, *_rest in self._found if not name), None)

    @property
    def begins(self) -> str:
        """The query that the screen opens with, or nothing: one's own default goes before the shared one."""
        return next((one.query for one in self.kept if one.is_default), "")


def columns_of(screen: Screen, actor: Actor) -> list[str] | None:
    """The columns that the actor has chosen; None where there is no choice. One query."""
    return Preferences(screen, actor).columns


@act("columns", fits=lambda _screen: True)
@page(methods=("POST",))
def columns(request: PageRequest, screen: Screen) -> HttpResponse:
    """Remember which columns one wants, in the order of the declaration."""
    known = [one.name for one in screen.columns]
    wanted = [name for name in known if name in request.POST.getlist("column")]
    is_forgotten = "forget" in request.POST or not wanted
    favourites.choose_columns(screen.key, None if is_forgotten else wanted, by=request.actor)
    query = request.GET.copy()
    query.pop("c", None)
    address = reverse(f"web:screen-{screen.slug}")
    return redirect(f"{address}?{query.urlencode()}" if query else address)
