"""Where the description is found: the document at `/api/openapi.json`, a page to read it and try it at `/api/docs`."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from base.actors import Actor
from rpc import throttle
from rpc.faults import not_found
from rpc.openapi.documents import document, open_to
from rpc.protocols.bodies import answer, only
from rpc.protocols.json2 import Bearer, Json2


class Document(Json2):
    """The OpenAPI document of one noun (`?model=res.partner`) or of all, for owners of a key and for who has signed in."""

    authentication_classes = (Bearer, SessionAuthentication)
    http_method_names = ("get", "head", "options")

    def get(self, request: Request) -> HttpResponse:
        """Answer the document."""
        model = request.query_params.get("model", "")
        language = translation.get_language() or "en"
        found = document(cast("Actor", request.user), language, model)
        if found is None:
            raise not_found(f"the model {model!r} does not exist")
        response = answer(found)
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """405."""
        del args, kwargs
        return only(request, "GET", "HEAD")

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in owners of a key, and people who have signed in, as actors."""
        del args, kwargs
        throttle.address.set(request.META.get("REMOTE_ADDR", ""))
        self.check_throttles(request)
        self.perform_authentication(request)
        person: Any = request.user
        if not isinstance(person, Actor) and person.is_authenticated:
            request.user = cast("Any", Actor.of(person, door="rpc"))
        self.check_permissions(request)


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Show the description of one noun after the other."""
    actor = Actor.of(request.user, door="web")  # type: ignore[arg-type]
    where = reverse("rpc:document")
    nouns = [
        {"url": f"{where}?model={one.name}", "name": f"{one.name} – {one.label}"}
        for one in open_to(actor, translation.get_language() or "en")
    ]
    return render(request, "rpc/docs.html", {"nouns": nouns})
