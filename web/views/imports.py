"""Imports: a file is sent, its columns are matched with fields, it is tried out, taken in, mended and perhaps undone."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.actors import Actor
from base.errors import Missing, Refused
from base.models import ImportBatch
from base.services import attachments, importing
from rpc import access
from rpc.context import Call, locale_of
from rpc.exchange.paths import NUMBER, tree_of
from web.pages import PageRequest, page
from web.screens import mapping, registry, sheets
from web.screens.declarations import Screen
from web.screens.importing import given
from web.screens.many import told
from web.screens.reading_cells import COMMA, DAY_FIRST, MONTH_FIRST, POINT
from web.screens.refusing import readable
from web.screens.sheet_files import DELIMITERS, ENCODINGS, SheetFile
from web.screens.ways import act

SENDS = "base.add_attachment"
ALL = "base.steer_jobrun"
FORM = ("GET", "HEAD", "POST")
EXAMPLES, SHOWN = 3, 12
UNDER_WAY = ("queued", "running")
State = ImportBatch.State


class NoFile(Refused):
    """The form was sent without a file."""

    code = "no_file"
    message = gettext_lazy("Choose a file first.")


class NothingMapped(Refused):
    """No column of the file was given a meaning."""

    code = "nothing_mapped"
    message = gettext_lazy("Say for at least one column which field it is.")


class TwiceMapped(Refused):
    """Two columns of the file are to be the same field."""

    code = "twice_mapped"
    message = gettext_lazy("Two columns are “%(name)s”. Leave one of them out.")


def urls() -> list[URLPattern]:
    """The addresses of imports that were sent."""
    return [
        path("imports/<int:pk>/", show, name="import"),
        path("imports/<int:pk>/mend/", mend, name="import-mend"),
    ]


def call_of(screen: Screen, actor: Actor) -> Call:
    """The noun of a screen as the actor may make records of it. Raises the wire's AccessError."""
    context = {"lang": locale_of(actor.language), **screen.context}
    found = Call(registry.exposure_of(screen), actor, context)
    access.require(found, "read")
    access.require(found, "create")
    return found


@act("import", fits=lambda screen: bool(screen.columns) and screen.is_made_here)
@page(SENDS, methods=FORM)
def send(request: PageRequest, screen: Screen) -> HttpResponseBase:
    """Send a file of records, or look at those that were sent."""
    with readable():
        call = call_of(screen, request.actor)
    sentences: Sequence[str] = ()
    status = 200
    if request.method == "POST":
        sentences, status, answer = told(lambda: _sent(request, screen, call))
        if answer is not None:
            return answer
    context = {
        "screen": screen,
        "back": reverse(f"web:screen-{screen.slug}"),
        "batches": _mine(request.actor).filter(noun=screen.name)[:SHOWN],
        "sentences": sentences,
    }
    return render(request, "screens/import.html", context, status=status)


@transaction.atomic
def _sent(request: PageRequest, screen: Screen, call: Call) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise NoFile
    batch = importing.send(
        screen=screen.key,
        noun=screen.name,
        name=file.name or "",
        content=file,  # type: ignore[arg-type]
        size=file.size or 0,
        by=request.actor,
    )
    found = SheetFile(attachments.existing(batch.file))  # type: ignore[arg-type]
    heads = next(found.lines(), [])
    batch.heads = [head.strip()[:200] for head in heads]
    batch.options = {
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "numbers": POINT,
        "days": DAY_FIRST,
    }
    batch.mapping = mapping.guessed(call, batch.heads, request.actor.user_id)
    batch.save(update_fields=["heads", "options", "mapping"])
    return redirect("web:import", batch.pk)


@page(SENDS, methods=FORM)
def show(request: PageRequest, pk: int) -> HttpResponseBase:
    """An import: what its columns mean, how far it is, what came of it; and its buttons."""
    batch = _one(request.actor, pk)
    screen = registry.find(batch.screen)
    if screen is None:
        raise Missing(model=ImportBatch._meta.verbose_name, ids=pk)
    request.menu_path = reverse(f"web:screen-{screen.slug}")
    with readable():
        call = call_of(screen, request.actor)
    sentences: Sequence[str] = ()
    status = 200
    if request.method == "POST":
        sentences, status, answer = told(lambda: _acted(request, batch, call))
        if answer is not None:
            return answer
    context = {"screen": screen, "batch": batch, "sentences": sentences, **_progress(batch)}
    context["back"] = reverse(f"web:screen-{screen.slug}-import")
    context["rows_url"] = reverse(f"web:screen-{screen.slug}")
    context["can_map"] = batch.state in (State.SENT, State.TRIED) and not context["is_under_way"]
    context["has_rows"] = batch.rows.exists()
    if context["can_map"]:
        sentences, more = _mapping(batch, call)
        context |= {"sentences": [*context["sentences"], *sentences], **more}
    return render(request, "screens/import_batch.html", context, status=status)


def _progress(batch: ImportBatch) -> dict[str, Any]:
    run = batch.run
    return {
        "run": run,
        "is_under_way": run is not None and run.state in UNDER_WAY,
        "has_failed": run is not None and run.state in ("failed", "dead", "cancelled"),
        "problems": batch.problems[:100],
        "more_problems": max(len(batch.problems) - 100, 0),
    }


def _mapping(batch: ImportBatch, call: Call) -> tuple[list[str], dict[str, Any]]:
    """The columns of the file, each with what it may be and its first cells; or why the file cannot be read."""
    sentences, _status, answer = told(lambda: _examples(batch))  # type: ignore[arg-type,return-value]
    cells: Any = answer or []
    columns = [
        {
            "place": place,
            "head": head,
            "path": batch.mapping[place] if place < len(batch.mapping) else "",
            "examples": [line[place][:60] for line in cells if place < len(line) and line[place]],
            "is_key": place in batch.keys,
        }
        for place, head in enumerate(batch.heads)
    ]
    return list(sentences), {
        "columns": columns,
        "choices": mapping.choices(call),
        "is_text": bool(batch.options.get("encoding")),
        "encodings": ENCODINGS,
        "delimiters": DELIMITERS,
        "numbers": {POINT: "1,234.50", COMMA: "1.234,50"},
        "days": {DAY_FIRST: "31/12/2026", MONTH_FIRST: "12/31/2026"},
    }


def _examples(batch: ImportBatch) -> list[list[str]]:
    if batch.file is None:
        return []
    lines = SheetFile(attachments.existing(batch.file), **given(batch.options)).lines()
    heads = [head.strip()[:200] for head in next(lines, [])]
    if heads != batch.heads:
        batch.heads = heads
        batch.save(update_fields=["heads"])
    return [line for line, _number in zip(lines, range(EXAMPLES), strict=False)]


def _acted(request: PageRequest, batch: ImportBatch, call: Call) -> Any:
    """Do what a button says."""
    does = request.POST.get("do", "")
    if does in {"undo", "undo-rest"}:
        importing.undo(batch, is_partial=does == "undo-rest", by=request.actor)
        return redirect("web:import", batch.pk)
    if does == "look":
        batch.options = _options(request, batch)
        batch.save(update_fields=["options"])
        _examples(batch)
        found = mapping.guessed(call, batch.heads, request.actor.user_id)
        ImportBatch.objects.filter(pk=batch.pk).update(mapping=found)
        return redirect("web:import", batch.pk)
    if does not in {"try", "take"}:
        return None
    paths = _paths(request, batch, call)
    keys = [
        place
        for place, path in enumerate(paths)
        if f"key-{place}" in request.POST
        and path
        and "/" not in path
        and path not in ("id", NUMBER)
    ]
    importing.start(
        batch,
        mapping=paths,
        keys=keys,
        options=_options(request, batch),
        is_trial=does == "try",
        by=request.actor,
    )
    return redirect("web:import", batch.pk)


def _paths(request: PageRequest, batch: ImportBatch, call: Call) -> list[str]:
    """The fields that were chosen for the columns. Refuses with `NothingMapped` and `TwiceMapped`."""
    found = [
        request.POST.get(f"column-{place}", "").replace("\x00", "")[:200]
        for place in range(len(batch.heads))
    ]
    chosen = [one for one in found if one]
    if not chosen:
        raise NothingMapped
    for one in chosen:
        if chosen.count(one) > 1:
            raise TwiceMapped(name=one)
    tree_of(call, chosen, writing=True)
    return found


def _options(request: PageRequest, batch: ImportBatch) -> dict[str, Any]:
    data, found = request.POST, dict(batch.options)
    known = {
        "encoding": tuple(ENCODINGS),
        "delimiter": tuple(DELIMITERS),
        "numbers": (POINT, COMMA),
        "days": (DAY_FIRST, MONTH_FIRST),
    }
    for name, values in known.items():
        if data.get(name) in values:
            found[name] = data[name]
    return found


@page(SENDS)
def mend(request: PageRequest, pk: int) -> HttpResponse:
    """The lines that were refused as a file, each with what is wrong, to be mended and sent again."""
    batch = _one(request.actor, pk)
    if batch.file is None:
        raise Missing(model=ImportBatch._meta.verbose_name, ids=pk)
    said: dict[int, str] = {}
    for one in batch.problems:
        said.setdefault(one["line"], one["message"])
    found = SheetFile(attachments.existing(batch.file), **given(batch.options))
    text = io.StringIO()
    out = csv.writer(text, delimiter=found.delimiter or ",")
    for number, line in enumerate(found.lines(), 1):
        if number == 1 or number in said:
            note = _("Problem") if number == 1 else said[number]
            cells = [*line[: len(batch.heads)], *[""] * (len(batch.heads) - len(line))]
            out.writerow([*map(sheets.guarded, map(sheets.unguarded, cells)), sheets.guarded(note)])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-to-mend.csv"'
    return response


def _mine(actor: Actor) -> "QuerySet[ImportBatch]":
    """The imports that the actor sent; for an administrator everybody's."""
    rows = ImportBatch.objects.select_related("file", "run", "created_by__partner")
    return rows if actor.has_perm(ALL) else rows.filter(created_by=actor.user_id)


def _one(actor: Actor, pk: int) -> ImportBatch:
    found = _mine(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(model=ImportBatch._meta.verbose_name, ids=pk)
    return found
