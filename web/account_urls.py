"""Where sign-in and two-factor are. What would need mail, and open sign-up, is not offered here."""

from typing import Any, NoReturn

from django.http import Http404
from django.urls import include, path


def closed(*_args: Any, **_kwargs: Any) -> NoReturn:
    """There is no such page: addresses are the contact's, and passwords are reset by an administrator."""
    raise Http404


urlpatterns = [
    path("email/", closed),
    path("confirm-email/", closed),
    path("confirm-email/<path:key>", closed),
    path("password/set/", closed),
    path("password/reset/", closed),
    path("password/reset/<path:rest>", closed),
    path("login/code/<path:rest>", closed),
    path("", include("allauth.urls")),
]
