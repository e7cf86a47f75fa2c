"""What somebody has kept about a screen: favourites, and the columns of its list."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from base.actors import Actor
from base.models import ColumnChoice, Favourite
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
    """The favourites of a screen that an actor sees, and the actor's columns. Two queries, or none without them."""

    def __init__(self, screen: Screen, actor: Actor) -> None:
        self.screen, self.actor = screen, actor

    @cached_property
    def kept(self) -> list[Kept]:
        """The favourites, one's own first."""
        if not self.actor.has_perm("base.view_favourite"):
            return []
        shares = self.actor.has_perm(favourites.SHARE)
        rows = Favourite.objects.filter(screen=self.screen.key, user_id=self.actor.user_id)
        rows |= Favourite.objects.filter(screen=self.screen.key, user_id=None)
        found = rows.values_list("pk", "name", "query", "user_id", "is_default")
        return sorted(
            (
                Kept(pk, name, query, user is None, is_default, user is not None or shares)
                for pk, name, query, user, is_default in found
            ),
            key=lambda one: (one.is_shared, one.name.casefold()),
        )

    @property
    def begins(self) -> str:
        """The query that the screen opens with, or nothing: one's own default goes before the shared one."""
        return next((one.query for one in self.kept if one.is_default), "")


def columns_of(screen: Screen, actor: Actor) -> list[str] | None:
    """The columns that the actor has chosen; None where there is no choice. One query."""
    found = ColumnChoice.objects.filter(user_id=actor.user_id, screen=screen.key)
    text = found.values_list("columns", flat=True).first()
    return None if text is None else text.split()


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
