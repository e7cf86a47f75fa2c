"""How a user likes the pages: light or dark, with how much room. Kept with the user, so that every machine knows."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from base.models import Preference
from base.services import preferences
from web.pages import PageRequest, page, told

THEMES, DENSITIES = set(Preference.Theme.values), set(Preference.Density.values)


@page(methods=("POST",))
def choose(request: PageRequest) -> HttpResponse:
    """Keep what the form says of theme and density, and go back. What is unknown changes nothing."""
    theme, density = request.POST.get("theme"), request.POST.get("density")
    with told():
        preferences.choose(
            theme=theme if theme in THEMES else None,
            density=density if density in DENSITIES else None,
            by=request.actor,
        )
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if is_ours else "web:home")
