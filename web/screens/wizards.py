"""The pages of wizards: what has to be asked before a verb can do its work, and then the verb."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from base.errors import Missing
from rpc import registry as exposures
from rpc.exposure import Exposure
from web.pages import PageRequest, page
from web.screens import leading, previews, registry
from web.screens.declarations import Button, Form, Group, Place, Screen
from web.screens.record_page import RecordPage
from web.screens.records import Record
from web.screens.refusing import readable

KEY = "do"
UNSEEN = frozenset(("one2many", "many2many", "binary", "json", "reference", "many2one_reference"))


def urls() -> list[URLPattern]:
    """The addresses of every wizard: its page, and what it would come to."""
    return [
        path(f"{KEY}/<str:name>/", show, name="wizard"),
        path(f"{KEY}/<str:name>/preview/", preview, name="wizard-preview"),
    ]


@page(methods=("GET", "HEAD", "POST"))
def show(request: PageRequest, name: str) -> HttpResponse:
    """What a wizard asks for; the button pressed does it, and its answer says where to go."""
    opened, back = _opened(request, name)
    home = back or reverse("web:home")
    request.menu_path = back.partition("?")[0] or request.path
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    with readable():
        found = Record(opened, request, None, data, files)
    if data is not None and (answer := _answered(found, data.get("_do", ""))) is not None:
        leads = leading.opened(request, answer, home) if isinstance(answer, dict) else home
        return redirect(leads)
    told = {
        "screen": opened,
        "record": found,
        "shown": RecordPage(found),
        "back": home,
        "preview_url": f"{reverse('web:wizard-preview', args=[name])}?{request.GET.urlencode()}",
    }
    return render(request, "screens/record.html", told, status=found.status)


@page(methods=("POST",))
def preview(request: PageRequest, name: str) -> HttpResponse:
    """What a wizard works out from what is typed so far, as JSON."""
    opened, _back = _opened(request, name)
    return previews.previewed(request, opened, None)


def _opened(request: PageRequest, name: str) -> tuple[Screen, str]:
    """A wizard's screen in the context it is opened in, and the page to come back to. Refuses with `Missing`."""
    context, back = leading.unsealed(request)
    screen = screen_of(name)
    if screen is None:
        raise Missing(model=_("window"), ids=name)
    return replace(screen, context={**screen.context, **context}), back


def _answered(found: Record, verb: str) -> Any:
    """Do what the button says; without one, what the first button does."""
    buttons = found.form.buttons
    return found.save(then=verb or (buttons[0].verb if buttons else ""))


def screen_of(name: str) -> Screen | None:
    """How a wizard is shown: as its module declares it, else all of its fields and a button for each of its methods."""
    noun = exposures.find(name)
    if noun is None or noun.kind != "wizard":
        return None
    return registry.of_exposure(name) or _plain(noun)


def by_key(key: str) -> Screen | None:
    """The screen of a wizard that is not declared, by the key that its boxes ask with."""
    start, slash, name = key.partition("/")
    return screen_of(name) if start == KEY and slash else None


def _plain(noun: Exposure) -> Screen:
    label = str(noun.label)
    fields = tuple(Place(name=one) for one in _asked(noun))
    return Screen(
        name=noun.name,
        key=f"{KEY}/{noun.name}",
        label=label,
        one=label,
        form=Form(groups=(Group(fields=fields),), buttons=tuple(_buttons(noun))),
    )


def _asked(noun: Exposure) -> Iterator[str]:
    for field in noun.fields.values():
        is_own = field.name not in {"id", "display_name"} and not field.readonly
        if is_own and field.type not in UNSEEN and field.function is None:
            yield field.name


def _buttons(noun: Exposure) -> Iterator[Button]:
    for at, verb in enumerate(noun.methods):
        words = verb.removeprefix("action_").replace("_", " ").capitalize()
        yield Button(
            verb=verb, label=noun.label if len(noun.methods) == 1 else words, is_main=at == 0
        )
