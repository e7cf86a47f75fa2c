"""Home: the installed modules, and what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from web import counters
from web.concerns import Concern, concerns_of
from web.context import Frame, Tile
from web.pages import PageRequest, page

WAITING = 6


def root(request: HttpRequest) -> HttpResponse:
    """Lead to home, or to sign-in."""
    return redirect("web:home" if request.user.is_authenticated else "account_login")


@page()
def home(request: PageRequest) -> HttpResponse:
    """The home page."""
    today = request.actor.today()
    waiting = [
        {"activity": activity, "state": activity.state_on(today)}
        for activity in counters.my_activities(request.actor)[:WAITING]
    ]
    told = counters.my_messages(request.actor)[:WAITING]
    context = {
        "greeting": _greeting(),
        "today": today,
        "tiles": _tiles(request.actor, Frame(request, request.actor).tiles),
        "waiting": waiting,
        "told": told,
    }
    return render(request, "web/home.html", context)


def _tiles(actor: Actor, tiles: list[Tile]) -> list[tuple[Tile, list[Concern]]]:
    """The modules, each with what should be looked at in it."""
    return [(tile, concerns_of(tile.label, actor)) for tile in tiles]


def _greeting() -> str | Promise:
    hour = timezone.localtime().hour
    if hour < 11:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
