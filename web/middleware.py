"""What happens around every page: language, who acts, which policy the browser keeps, and how errors are told."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from base.actors import Actor
from base.errors import ERPError, translated
from web.views import errors

Respond = Callable[[HttpRequest], HttpResponse]
COMPANIES = "companies"
ACTOR_SECONDS = 300


class ChosenLanguage:
    """Speaks the language of the cookie, else of the browser; `WhoActs` changes it to the user's own."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.respond(request)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault(
            "Content-Language", translation.get_language() or settings.LANGUAGE_CODE
        )
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


class WhoActs:
    """Puts `request.actor` on a signed-in request, speaks the user's language and keeps the user's time zone.

    Also turns an error of the house that a view did not catch into a page.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = None  # type: ignore[attr-defined]
        if user.is_authenticated:
            actor = with_chosen_companies(actor_of(user), request.session.get(COMPANIES))
            request.actor = actor  # type: ignore[attr-defined]
            translation.activate(actor.language)
            request.LANGUAGE_CODE = actor.language
            with timezone.override(actor.timezone):
                return self.respond(request)
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell errors of the house as what they are; leave bugs to the 500 page."""
        if isinstance(error, IntegrityError):
            return errors.refused(request, translated(error))
        if isinstance(error, ERPError):
            return errors.refused(request, error)
        if isinstance(error, OperationalError | InterfaceError):
            return errors.unavailable(request)
        return None


class BackOfficePolicy:
    """Gives the back office its own content security policy, because its theme needs more than our pages do."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if request.path_info.startswith("/admin/"):
            setattr(response, "_csp_config", settings.ADMIN_CONTENT_SECURITY_POLICY)  # noqa: B010 - django-csp's own name
        return response


def actor_of(user: Any) -> Actor:
    """The actor a user is. Kept in Valkey by access version, so that a page asks the database nothing for it."""
    key = f"actor.web.{user.pk}.{user.access_version}"
    actor: Actor | None = cache.get(key)
    if actor is None:
        actor = Actor.of(user, door="web")
        cache.set(key, actor, ACTOR_SECONDS)
    return actor


def with_chosen_companies(actor: Actor, chosen: list[int] | None) -> Actor:
    """The actor with the companies switched on in the session, as far as they are still the actor's."""
    still = [company for company in chosen or () if company in actor.allowed_company_ids]
    if still:
        return actor.for_companies(still)
    return actor.for_companies([actor.company_id]) if actor.company_id else actor
