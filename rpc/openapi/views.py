"""Where the description is found: the document at `/api/openapi.json`, pages to read it and try it at `/api/docs`."""

from typing import Any, cast
from urllib.parse import urlencode

import orjson
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from base.actors import Actor
from rpc import registry, throttle
from rpc.context import Call, locale_of
from rpc.exposure import Exposure
from rpc.faults import not_found
from rpc.methods.describing import fields_get
from rpc.openapi.documents import document, open_to
from rpc.openapi.reading import operations
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
    """The nouns; with `?model=` what one of them is made of and what can be done with it."""
    actor = Actor.of(request.user, door="web")  # type: ignore[arg-type]
    language = translation.get_language() or "en"
    name = request.GET.get("model", "")
    if not name:
        return render(request, "rpc/docs.html", {"shelves": _shelves(open_to(actor, language))})
    noun, described = registry.find(name), document(actor, language, name)
    if noun is None or described is None:
        raise Http404
    context = {
        "noun": noun,
        "document": f"{reverse('rpc:document')}?{urlencode({'model': name})}",
        "fields": fields_get(Call(noun, actor, {"lang": locale_of(language)})),
        "operations": operations(orjson.loads(described)),
        "host": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "rpc/docs_noun.html", context)


def _shelves(nouns: list[Exposure]) -> dict[str, list[Exposure]]:
    """Nouns by the first word of their names."""
    found: dict[str, list[Exposure]] = {}
    for one in sorted(nouns, key=lambda one: one.name):
        found.setdefault(one.name.partition(".")[0], []).append(one)
    return found
