"""The addresses of all screens, and the page of one record."""

from collections.abc import Iterator
from functools import partial, wraps
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from base import policies
from rpc import registry as exposures
from web import undo
from web.pages import PageRequest, page
from web.panels import has_panels, panels_of
from web.screens import dashboards, finding, leading, lists, previews, registry, ways, wizards
from web.screens import export_page as _export_page  # noqa: F401 - importing registers its addresses
from web.screens.asked import came_from
from web.screens.cells import new_url, record_url
from web.screens.declarations import Screen
from web.screens.moves import list_url
from web.screens.record_page import RecordPage
from web.screens.records import Record
from web.screens.refusing import readable
from web.views import imports, talk

FORM = ("GET", "HEAD", "POST")

for _one in iter_modules(ways.__path__):
    import_module(f"{ways.__name__}.{_one.name}")


def urls() -> list[URLPattern]:
    """The addresses of every screen that is declared."""
    found = [*finding.urls(), *wizards.urls(), *imports.urls(), *dashboards.urls()]
    for one in registry.everything():
        if not _is_wizard(one):
            found += [_behind(pattern, one) for pattern in _urls_of(one)]
    return found


def _urls_of(screen: Screen) -> Iterator[URLPattern]:
    given: dict[str, Any] = {"screen": screen}
    at, name = screen.key, f"screen-{screen.slug}"
    yield from lists.urls(screen)
    for act in ways.acts_of(screen):
        yield path(f"{at}/{act.path}/", partial(act.view, **given), name=f"{name}-{act.name}")
    if screen.form is not None:
        yield from previews.urls_of(screen)
        if screen.is_made_here:
            yield path(f"{at}/new/", partial(record, pk=None, **given), name=f"{name}-new")
        yield path(f"{at}/<int:pk>/", partial(record, **given), name=f"{name}-record")


def _behind(pattern: URLPattern, screen: Screen) -> URLPattern:
    """A page of a screen behind the screen's own permission."""
    view: Any = pattern.callback

    @wraps(getattr(view, "func", view))
    def opened(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if screen.permission and request.actor is not None:
            policies.require(request.actor, screen.permission)
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    pattern.callback = opened
    return pattern


def _is_wizard(screen: Screen) -> bool:
    noun = exposures.find(screen.name)
    return noun is not None and noun.kind == "wizard"


@page(methods=FORM)
def record(request: PageRequest, screen: Screen, pk: int | None) -> HttpResponse:
    """The page of a record, or of a new one; what its form sends is saved, and then the button's verb is run."""
    asks_beside = "beside" in request.GET
    if asks_beside and request.headers.get("HX-Request"):
        found_beside = lists.beside(request, screen, pk)
        return render(request, "screens/parts/beside.html", {"beside": found_beside})
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    with readable():
        found = Record(screen, request, pk, data, files)
    if data is not None and (answer := _acted(request, found)) is not None:
        return answer
    context: dict[str, Any] = {
        "screen": screen,
        "record": found,
        "shown": RecordPage(found),
        "back": list_url(screen, came_from(request)),
        "beside": lists.beside(request, screen, pk) if asks_beside else {},
        "beside_url": lists.beside_url(request, pk),
        "new_url": new_url(found.call, screen),
    }
    row = found.instance
    if row is not None:
        if "panels" in request.GET:
            context["panels"] = panels_of(request, row)
            if request.headers.get("HX-Request"):
                return render(request, "screens/parts/panels.html", context)
        context |= {"row": row, "has_panels": has_panels(type(row)), **talk.context(request, row)}
    return render(request, "screens/record.html", context, status=found.status)


def _acted(request: PageRequest, found: Record) -> HttpResponse | None:
    """Do what the form asks; answers where to go then, or nothing where the form has to say what is wrong."""
    verb = request.POST.get("_do", "")
    answer: Any = None
    if found.is_editable:
        answer = found.save(then=verb)
    elif verb and found.pk is not None:
        with found._told():
            answer = found.run(verb, found.pk)
            answer = found.pk if answer in (None, True, False) else answer
    if answer is None:
        return None
    if isinstance(answer, int):
        said = _("Saved.") if not verb else _("Done.")
        undo.say_done(request, said, found.call.exposure.name, verb, [answer])
        return redirect(_with_query(request, record_url(found.screen, answer)))
    return redirect(leading.next_of(request, found, answer))


def _with_query(request: PageRequest, address: str) -> str:
    """An address that still knows from which list one came."""
    came = came_from(request)
    return f"{address}?{urlencode({'list': came})}" if came else address
