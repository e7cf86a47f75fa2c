"""What makes a view a page: it is behind sign-in and a permission, and tells refusals beside its form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.db.models.deletion import ProtectedError, RestrictedError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import reverse

from base.actors import Actor
from base.errors import ERPError, Invalid, Missing, translated
from base.policies import require, visible

View = Callable[..., HttpResponseBase]
REFUSALS = (ERPError, ValidationError, IntegrityError, ProtectedError, RestrictedError)
READS = ("GET", "HEAD")


class PageRequest(HttpRequest):
    """A request that has passed the door; for type checkers only."""

    actor: Actor
    menu_path: str


def page(permission: str = "", *, methods: tuple[str, ...] = READS) -> Callable[[View], View]:
    """Put a view behind sign-in, and behind a permission when one is named.

    Whoever is not signed in is led to sign-in and back. Refuses with `AccessDenied`. Answers are never cached.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def behind_the_door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None:
                return _to_sign_in(request)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if permission:
                require(request.actor, permission)
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        behind_the_door.permission = permission  # type: ignore[attr-defined]
        behind_the_door.is_page = True  # type: ignore[attr-defined]
        return behind_the_door

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("account_login")
        return answer
    return redirect_to_login(request.get_full_path())


def one(rows: "QuerySet[Any]", actor: Actor, pk: int) -> Any:
    """The row with this id, if the actor may see it. Refuses with `Missing`."""
    row = visible(rows, actor).filter(pk=pk).first()
    if row is None:
        raise Missing(model=rows.model._meta.verbose_name, ids=pk)
    return row


@dataclass
class Told:
    """What a verb refused, for the page that shows it."""

    sentences: list[str] = field(default_factory=list)
    status: int = 200


@contextmanager
def told() -> Iterator[Told]:
    """Run a verb inside, where there is no form; what it refuses is kept for the page."""
    answer = Told()
    try:
        yield answer
    except REFUSALS as error:
        refusal = translated(error)
        answer.sentences, answer.status = str(refusal).splitlines(), refusal.status


@contextmanager
def told_beside(form: BaseForm) -> Iterator[None]:
    """Run a verb inside; what it refuses is written beside the form's fields, and the form becomes invalid."""
    try:
        yield
    except REFUSALS as error:
        refusal = translated(error)
        form.refusal_status = refusal.status  # type: ignore[attr-defined]
        if not isinstance(refusal, Invalid):
            form.add_error(None, str(refusal))
            return
        for name, sentences in refusal.fields.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)


def status_of(form: BaseForm) -> int:
    """The HTTP status of a page that shows a form: 200 when fresh, else why it was not accepted."""
    if not form.is_bound:
        return 200
    return int(getattr(form, "refusal_status", 422))
