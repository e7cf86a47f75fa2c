"""The language switch: kept in a cookie for guests, on the user for whoever is signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from base.services import users

YEAR = 60 * 60 * 24 * 365


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, and go back to where the reader was."""
    response = HttpResponseRedirect(back(request))
    language = request.POST.get("language", "")
    if translation.check_for_language(language) and language in dict(settings.LANGUAGES):
        actor = request.actor  # type: ignore[attr-defined]
        if actor is not None:
            users.choose(language=language, by=actor)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


def back(request: HttpRequest) -> str:
    """Where the form says it came from, if that is one of our own pages; else home."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"
