"""Apps: which modules there are, and installing, upgrading and uninstalling them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Missing
from base.models import Module, ModuleOperation
from base.services import modules
from base.services.modules import PERMISSION, Card, Preview
from web.context import TINTS, address
from web.pages import PageRequest, Told, page, told

LATELY = 5
SECONDS_BETWEEN_LOOKS = 2
FORM = ("GET", "HEAD", "POST")
State = ModuleOperation.State
TONES = {State.ASKED: "note", State.RUNNING: "note", State.DONE: "good", State.FAILED: "bad"}


@dataclass(frozen=True)
class Shown:
    """A module as the page shows it: its card, and other modules by the names people know."""

    card: Card
    tint: int
    requires: list[str]
    needed_by: list[str]
    home: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A filter of the page."""

    key: str
    label: Any
    keeps: Callable[[Card], bool]


CHOICES = (
    Choice(key="all", label=_("All"), keeps=lambda _card: True),
    Choice(key="installed", label=_("Installed"), keeps=lambda card: card.is_installed),
    Choice(key="absent", label=_("Not installed"), keeps=lambda card: not card.is_installed),
    Choice(key="outdated", label=_("New versions"), keeps=lambda card: card.is_outdated),
)


class Found:
    """The modules that are looked for; to `parts/list_tools.html` what a listing is."""

    choices = CHOICES

    def __init__(self, request: PageRequest) -> None:
        self.path = request.path
        self.text = request.GET.get("q", "").strip()[:200]
        wanted = request.GET.get("show")
        self.choice = next((one for one in CHOICES if one.key == wanted), CHOICES[0])

    @property
    def is_narrowed(self) -> bool:
        """Whether words or a filter hide modules."""
        return bool(self.text) or self.choice is not CHOICES[0]

    def fits(self, one: Shown) -> bool:
        """Whether a module is of the kind chosen, and its name or summary holds every word."""
        card = one.card
        told = f"{card.name} {card.title} {card.summary} {card.package}".casefold()
        words = self.text.casefold().split()
        return self.choice.keeps(card) and all(word in told for word in words)


@page(PERMISSION)
def listing(request: PageRequest) -> HttpResponse:
    """All modules: those behind their code, those installed, those that can be."""
    return _listing(request, Told())


@page(PERMISSION)
def show(request: PageRequest, name: str) -> HttpResponse:
    """One module."""
    return _page(request, name, Told())


@page(PERMISSION, methods=("POST",))
def install(request: PageRequest, name: str) -> HttpResponse:
    """Ask that a module be installed."""
    return _ask(request, name, modules.request_install)


@page(PERMISSION, methods=("POST",))
def upgrade(request: PageRequest, name: str) -> HttpResponse:
    """Ask that a module be brought up to its code."""
    return _ask(request, name, modules.request_upgrade)


@page(PERMISSION, methods=("POST",))
def upgrade_all(request: PageRequest) -> HttpResponse:
    """Ask that everything that is behind its code be brought up to it."""
    with told() as refusal:
        return redirect("web:app_operation", modules.request_upgrade([], by=request.actor).pk)
    return _listing(request, refusal)


@page(PERMISSION, methods=FORM)
def uninstall(request: PageRequest, name: str) -> HttpResponse:
    """Show what would go with a module; once that is confirmed, ask that it be uninstalled."""
    is_sure = request.POST.get("sure") == "yes"
    with told() as refusal:
        if request.method == "POST":
            operation = modules.request_uninstall([name], by=request.actor, confirmed=is_sure)
            return redirect("web:app_operation", operation.pk)
    shown = _shown(request.actor)
    if name not in shown:
        raise Missing(model=Module._meta.verbose_name, ids=name)
    preview = modules.preview([name])
    context = {
        "app": shown[name],
        "preview": preview,
        "going": [_title(shown, other) for other in preview.modules if other != name],
        "tables": [(noun_of_table(table), rows) for table, rows in preview.rows.items() if rows],
        "empty": sum(not rows for rows in preview.rows.values()),
        "others": _counted(preview),
        "refusal": refusal,
    }
    return render(request, "web/apps/uninstall.html", context, status=refusal.status)


@page(PERMISSION)
def operation(request: PageRequest, pk: int) -> HttpResponse:
    """How far an operation is, and how it ended. The browser asks again by itself until then."""
    row = ModuleOperation.objects.select_related("asked_by__partner").filter(pk=pk).first()
    if row is None:
        raise Missing(model=ModuleOperation._meta.verbose_name, ids=pk)
    shown = _shown(request.actor)
    phases = list(ModuleOperation.Phase)
    at = phases.index(ModuleOperation.Phase(row.phase))
    context = {
        "operation": row,
        "tone": TONES[State(row.state)],
        "names": [_title(shown, name) for name in row.names],
        "finished": [shown[name] for name in row.finished_names if name in shown],
        "current": _title(shown, row.current) if row.current else "",
        "differences": [{**one, "what": noun_of_field(one)} for one in row.differences],
        "phases": [
            {"label": phase.label, "is_over": place < at, "is_current": place == at}
            for place, phase in enumerate(phases)
            if phase != ModuleOperation.Phase.EXPORTING
            or row.kind == ModuleOperation.Kind.UNINSTALL
        ],
    }
    response = render(request, "web/apps/operation.html", context)
    if row.is_unfinished:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def noun_of_table(table: str) -> str:
    """What people call the rows of a table; the table's own name where no code here knows it."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return _plural(model)
    return table


def _plural(model: Any) -> str:
    """What people call rows of a model; rows that only tie two others together, by those."""
    if not model._meta.auto_created:
        return str(capfirst(model._meta.verbose_name_plural))
    ends = [one.related_model for one in model._meta.fields if one.is_relation]
    names = [str(one._meta.verbose_name) for one in ends]
    return str(capfirst(gettext("%(one)s – %(other)s") % {"one": names[0], "other": names[-1]}))


def noun_of_label(label: str) -> str:
    """What people call a noun, by its label `base.partner`."""
    try:
        return str(capfirst(apps.get_model(label)._meta.verbose_name_plural))
    except LookupError:
        return label


def noun_of_field(difference: dict[str, Any]) -> str:
    """What people call the field that a difference is in."""
    try:
        field = apps.get_model(difference["model"])._meta.get_field(difference["field"])
    except (LookupError, KeyError, FieldDoesNotExist):
        return str(difference["field"])
    return str(capfirst(getattr(field, "verbose_name", field.name)))


def _ask(request: PageRequest, name: str, verb: Callable[..., ModuleOperation]) -> HttpResponse:
    with told() as refusal:
        return redirect("web:app_operation", verb([name], by=request.actor).pk)
    return _page(request, name, refusal)


def _listing(request: PageRequest, refusal: Told) -> HttpResponse:
    titles, found = _shown(request.actor), Found(request)
    shown = [one for one in titles.values() if found.fits(one)]
    under_way = modules.unfinished()
    installed = [one for one in shown if one.card.is_installed]
    context = {
        "listing": found,
        "found": shown,
        "outdated": [one for one in titles.values() if one.card.is_outdated],
        "shelves": [
            (_("Installed"), [one for one in installed if not one.card.is_kernel]),
            (_("Can be installed"), [one for one in shown if not one.card.is_installed]),
            (_("The house itself"), [one for one in installed if one.card.is_kernel]),
        ],
        "under_way": under_way,
        "under_way_what": _what(under_way, titles) if under_way else "",
        "lately": [
            {"operation": row, "what": _what(row, titles)}
            for row in ModuleOperation.objects.select_related("asked_by__partner")[:LATELY]
        ],
        "refusal": refusal,
    }
    return render(request, "web/apps/list.html", context, status=refusal.status)


def _page(request: PageRequest, name: str, refusal: Told) -> HttpResponse:
    shown = _shown(request.actor)
    if name not in shown:
        raise Missing(model=Module._meta.verbose_name, ids=name)
    under_way = modules.unfinished()
    context = {
        "app": shown[name],
        "under_way": under_way,
        "under_way_what": _what(under_way, shown) if under_way else "",
        "refusal": refusal,
    }
    return render(request, "web/apps/page.html", context, status=refusal.status)


def _shown(actor: Actor) -> dict[str, Shown]:
    cards = {card.name: card for card in modules.listing(language=actor.language)}
    homes = {
        config.label: address(getattr(config, "manifest").home)  # noqa: B009 - not every app has one
        for config in apps.get_app_configs()
        if getattr(getattr(config, "manifest", None), "home", "")
    }
    return {
        name: Shown(
            card=card,
            tint=place % TINTS + 1,
            requires=_titles(cards, (other for other in card.requires if other != "base")),
            needed_by=_titles(cards, card.needed_by if not card.is_kernel else ()),
            home=homes.get(name, ""),
        )
        for place, (name, card) in enumerate(cards.items())
    }


def _titles(cards: dict[str, Card], names: Iterable[str]) -> list[str]:
    return [cards[name].title if name in cards else name for name in names]


def _title(shown: dict[str, Shown], name: str) -> str:
    return shown[name].card.title if name in shown else name


def _what(operation: ModuleOperation, shown: dict[str, Shown]) -> str:
    names = ", ".join(_title(shown, name) for name in operation.names)
    return f"{operation.get_kind_display()}: {names}"


def _counted(preview: Preview) -> list[tuple[Any, int]]:
    """What goes besides the rows of the module's own tables."""
    found = [
        (_("Roles, and the rights that come with them"), preview.roles),
        (_("People who hold one of these roles"), preview.people),
        (_("Schedules"), preview.schedules),
        (_("Runs of jobs"), preview.job_runs),
        (_("Lines of the audit trail"), preview.changes),
    ]
    about = {**preview.about, **preview.shared}
    named = [(noun_of_label(label), count) for label, count in about.items()]
    return [(name, count) for name, count in [*named, *found] if count]
