"""Home: the installed modules, and what waits for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web import counters
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
    return render(
        request, "web/home.html", {"greeting": _greeting(), "waiting": waiting, "told": told}
    )


def _greeting() -> str | Promise:
    hour = timezone.localtime().hour
    if hour < 11:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
