"""The kanban: cards in columns, moved and made there."""

import binascii
from base64 import b64decode
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Missing
from rpc import access, dispatch, transactions
from rpc.context import Call
from rpc.faults import WireError
from rpc.methods.describing import default_get
from rpc.methods.table import method_of
from rpc.reading import rows
from rpc.writing import records
from web.pages import PageRequest, page, told_beside
from web.screens.boards import Board
from web.screens.boxes import plain
from web.screens.cells import record_url
from web.screens.columns import choices, is_movable, label_of, quick_places, value_of
from web.screens.declarations import Kanban, Screen
from web.screens.listing import Listing
from web.screens.moves import (
    Moved,
    NotForYou,
    answered,
    call_of,
    carried,
    list_url,
    number,
    written,
)
from web.screens.refusing import readable
from web.screens.ways import Shown, act, way
from web.screens.writing import Boxes

FORM = ("GET", "HEAD", "POST")
PICTURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


def _has_cards(screen: Screen) -> bool:
    return screen.kanban is not None


@way("kanban", gettext_lazy("Cards"), "kanban", fits=_has_cards)
def kanban(listing: Listing) -> Shown:
    """Cards in columns."""
    board = Board(listing)
    _ = board.columns
    return Shown("screens/kanban.html", {"board": board})


@act("move", fits=_has_cards)
@page(methods=FORM)
def move(request: PageRequest, screen: Screen) -> HttpResponse:
    """Put a card into another column; without a script, ask first into which."""
    given = request.POST if request.method == "POST" else request.GET
    call, pk, spec = call_of(screen, request), number(given.get("pk", "")), given.get("by", "")
    if pk is None or spec not in call.exposure.fields:
        raise Missing(model=str(screen.one), ids=given.get("pk", "")[:20])
    if not is_movable(call, screen, spec):
        raise NotForYou
    if request.method != "POST":
        return _ask(request, screen, call, pk, spec)
    to, was = given.get("to", ""), given.get("was")
    return answered(request, screen, lambda: moved(call, screen, pk, spec, to, was))


def moved(call: Call, screen: Screen, pk: int, spec: str, to: str, was: str | None) -> Moved:
    """Put a card into the column of a key, if it still is where it was seen."""
    field = call.exposure.fields[spec]
    value = value_of(field, to)
    seen = {} if was is None else {spec: plain(field, value_of(field, was))}
    declared = screen.kanban or Kanban()

    def work(_row: dict[str, Any]) -> None:
        if declared.move and spec == declared.by:
            method = method_of(call.exposure, declared.move)
            dispatch.perform(call, method, [[pk], value], {})
        else:
            written(call, pk, {spec: value})

    row = carried(call, pk, seen, work, lambda row: label_of(field, row[spec]))
    now = rows.read(call, [pk], [spec], "exact")
    place = label_of(field, now[0][spec]) if now else ""
    sentence = _("“%(name)s” is now in “%(place)s”.") % {
        "name": row["display_name"],
        "place": place,
    }
    undo = {} if was is None else {"pk": str(pk), "by": spec, "to": was, "was": to}
    return Moved(sentence, undo)


def _ask(request: PageRequest, screen: Screen, call: Call, pk: int, spec: str) -> HttpResponse:
    with readable():
        found = rows.read(call, [pk], ["display_name", spec], "exact")
        if not found:
            raise Missing(model=str(screen.one), ids=pk)
        offered = choices(call, screen, spec)
    field, value = call.exposure.fields[spec], found[0][spec]
    key = plain(field, value)
    context = {
        "screen": screen,
        "row": found[0],
        "field": field,
        "by": spec,
        "was": str(key).lower() if isinstance(key, bool) else key or "",
        "choices": offered,
        "back": request.GET.get("back", ""),
        "back_url": list_url(screen, request.GET.get("back", "")),
    }
    return render(request, "screens/kanban_move.html", context)


@act("quick", fits=lambda screen: _has_cards(screen) and screen.is_made_here)
@page(methods=FORM)
def quick(request: PageRequest, screen: Screen) -> HttpResponse:
    """The short form at the head of a column, and the making of a card by it."""
    call, by, to = call_of(screen, request), request.GET.get("by", ""), request.GET.get("to", "")
    access_field = call.exposure.fields.get(by)
    with readable():
        access.require(call, "create")
    places = quick_places(call, screen)
    given = {by: value_of(access_field, to)} if _is_given(call, screen, by) else {}
    defaults = {**default_get(call, [one.name for one in places]), **given}
    is_sent = request.method == "POST"
    form = Boxes(
        call,
        places,
        defaults,
        key=screen.key,
        prefix="quick",
        data=request.POST if is_sent else None,
    )
    status = 200
    if is_sent and form.is_valid():
        pk = _create(call, form, {**given, **form.typed(everything=True)})
        if pk is not None:
            return _made(request, screen, pk)
    if is_sent:
        status = int(getattr(form, "refusal_status", 422))
    context = {"form": form, "screen": screen, "address": request.get_full_path()}
    return render(request, "screens/kanban_quick.html", context, status=status)


def _create(call: Call, form: Boxes, values: dict[str, Any]) -> int | None:
    """Make the record; what is refused is told on the form."""
    with told_beside(form):
        try:
            [pk] = transactions.in_one(lambda: records.create(call, [values]))
            return pk
        except WireError as error:
            form.add_error(None, error.message)
    return None


def _is_given(call: Call, screen: Screen, by: str) -> bool:
    """Whether a new card can be given its column."""
    field = call.exposure.fields.get(by)
    return field is not None and not field.readonly and is_movable(call, screen, by)


def _made(request: PageRequest, screen: Screen, pk: int) -> HttpResponse:
    """Where one is after a card is made: our script loads the board again, and keeps the form open."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Trigger"] = "board-changed"
        return answer
    messages.success(request, _("Saved."))
    return redirect(record_url(screen, pk))


@act("picture/<int:pk>/<slug:name>", fits=_has_cards)
@page()
def picture(request: PageRequest, screen: Screen, pk: int, name: str) -> HttpResponse:
    """A picture of a record that the actor may see. Refuses with `Missing` what is none."""
    call = call_of(screen, request)
    field = call.exposure.fields.get(name)
    if field is None or field.type != "binary":
        raise Missing(model=_("field"), ids=name)
    with readable():
        found = rows.read(call, [pk], [name], "exact")
    try:
        content = b64decode(found[0][name] or "") if found else b""
    except (binascii.Error, TypeError):
        content = b""
    kind = next((one for start, one in PICTURES if content.startswith(start)), "")
    if not kind:
        raise Missing(model=str(field.label), ids=pk)
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = "private, max-age=300"
    return answer
