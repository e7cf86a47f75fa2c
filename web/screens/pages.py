"""The addresses of all screens, and the page of one record."""

from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from web.pages import PageRequest, page
from web.panels import has_panels, panels_of
from web.screens import finding, lists, previews, registry, ways
from web.screens.cells import record_url
from web.screens.declarations import Screen
from web.screens.lists import new_url
from web.screens.record_page import RecordPage
from web.screens.records import Record
from web.screens.refusing import readable
from web.views import talk

FORM = ("GET", "HEAD", "POST")

for _one in iter_modules(ways.__path__):
    import_module(f"{ways.__name__}.{_one.name}")


def urls() -> list[URLPattern]:
    """The addresses of every screen that is declared."""
    found = finding.urls()
    for one in registry.everything():
        given: dict[str, Any] = {"screen": one}
        at, name = one.key, f"screen-{one.slug}"
        found += lists.urls(one)
        found += [
            path(f"{at}/{act.path}/", partial(act.view, **given), name=f"{name}-{act.name}")
            for act in ways.acts_of(one)
        ]
        if one.form is not None:
            found += [
                *previews.urls_of(one),
                path(f"{at}/new/", partial(record, pk=None, **given), name=f"{name}-new"),
                path(f"{at}/<int:pk>/", partial(record, **given), name=f"{name}-record"),
            ]
    return found


@page(methods=FORM)
def record(request: PageRequest, screen: Screen, pk: int | None) -> HttpResponse:
    """The page of a record, or of a new one; what its form sends is saved, and then the button's verb is run."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    with readable():
        found = Record(screen, request, pk, data, files)
    if data is not None and (answer := _acted(request, found)) is not None:
        return answer
    context: dict[str, Any] = {
        "screen": screen,
        "record": found,
        "shown": RecordPage(found),
        "back": _back(request, screen),
        "new_url": new_url(found.call, screen),
    }
    model = found.call.exposure.model
    if pk is not None and model is not None:
        row = model._base_manager.filter(pk=pk).first()
        if row is not None and "panels" in request.GET:
            context["panels"] = panels_of(request, row)
            if request.headers.get("HX-Request"):
                return render(request, "screens/parts/panels.html", context)
        context |= {"row": row, "has_panels": has_panels(model), **talk.context(request, row)}
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
        messages.success(request, _("Saved.") if not verb else _("Done."))
        return redirect(_with_query(request, record_url(found.screen, answer)))
    return redirect(_next(request, found, answer))


def _next(request: PageRequest, found: Record, answer: Any) -> str:
    """Where a verb's answer leads: to another record, to a list, or back."""
    here = reverse(f"web:screen-{found.screen.slug}")
    if not isinstance(answer, dict):
        return record_url(found.screen, found.pk) if found.pk else here
    if "copied" in answer:
        return record_url(found.screen, answer["copied"])
    if "deleted" in answer:
        messages.success(request, _("%(name)s is deleted.") % {"name": found.name})
        return here
    screen = registry.of_exposure(str(answer.get("res_model", "")))
    if screen is None:
        return record_url(found.screen, found.pk) if found.pk else here
    pk = answer.get("res_id")
    return record_url(screen, pk) if pk else reverse(f"web:screen-{screen.slug}")


def _with_query(request: PageRequest, address: str) -> str:
    """An address that still knows from which list one came."""
    came = request.GET.get("list", "")
    return f"{address}?{urlencode({'list': came})}" if came else address


def _back(request: PageRequest, screen: Screen) -> str:
    """The list one came from, with its search and page."""
    address = reverse(f"web:screen-{screen.slug}")
    came = request.GET.get("list", "")[:2000]
    return f"{address}?{came}" if came else address
