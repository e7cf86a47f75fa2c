"""Moving one record: to another column, day or branch, under a lock, if it still is where it was seen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from base.errors import AccessDenied, Conflict, Missing, Refused, translated
from rpc import access, transactions
from rpc.context import Call, locale_of
from rpc.faults import ACCESS, MISSING, WireError
from rpc.fields import Field
from rpc.reading import rows
from rpc.reading.plans import EXACT
from rpc.writing import records
from web.pages import REFUSALS, PageRequest
from web.screens.asked import LONGEST_QUERY
from web.screens.boxes import plain
from web.screens.declarations import Screen
from web.screens.registry import exposure_of


class MovedMeanwhile(Conflict):
    """Somebody else has moved the record since the page was opened."""

    code = "moved_meanwhile"
    message = gettext_lazy(
        "Somebody else has moved “%(name)s” meanwhile: it is now at “%(place)s”."
    )


class NoSuchPlace(Refused):
    """Where a record is to be moved is no place for it."""

    code = "no_such_place"
    message = gettext_lazy("“%(name)s” cannot be moved there.")


class NotForYou(AccessDenied):
    """The actor may look at these records, but not move them."""

    code = "not_for_you"
    message = gettext_lazy("You may look at these records, but not move them.")


@dataclass(frozen=True)
class Moved:
    """What was done: a sentence, and what has to be sent to take it back."""

    sentence: str
    undo: Mapping[str, str] = field(default_factory=dict)


def call_of(screen: Screen, request: PageRequest) -> Call:
    """A call on the noun of a screen, in the reader's language and time zone."""
    actor = request.actor
    context = {"lang": locale_of(actor.language), "tz": actor.timezone, **screen.context}
    return Call(exposure_of(screen), actor, context)


def may_write(call: Call, one: Field | None) -> bool:
    """Whether the actor may give a field another value at all."""
    return one is not None and not one.readonly and call.may(one) and access.may(call, "write")


def carried(
    call: Call,
    pk: int,
    was: Mapping[str, Any],
    work: Callable[[dict[str, Any]], None],
    place_of: Callable[[dict[str, Any]], str],
) -> dict[str, Any]:
    """Do the work on a record in one transaction, if its fields still hold what was seen. Answers it as it was.

    Refuses with `MovedMeanwhile`, `Missing` and what the work refuses. The record is locked until the end.
    """
    access.require(call, "write")
    return transactions.in_one(partial(_carried, call, pk, was, work, place_of))


def _carried(call: Call, pk: int, was: Any, work: Any, place_of: Any) -> dict[str, Any]:
    model: Any = call.exposure.model
    list(model._base_manager.select_for_update(of=("self",)).filter(pk=pk).values_list("pk"))
    found = rows.read(call, [pk], sorted({"display_name", *was}), EXACT)
    if not found:
        raise Missing(model=str(call.exposure.label), ids=pk)
    row = found[0]
    fields = call.exposure.fields
    if any(plain(fields[name], row[name]) != value for name, value in was.items()):
        raise MovedMeanwhile(name=row["display_name"], place=place_of(row))
    work(row)
    return row


def written(call: Call, pk: int, values: Mapping[str, Any]) -> None:
    """Write values to one record, as a form would."""
    records.write(call, [pk], dict(values))


def list_url(screen: Screen, query: str) -> str:
    """The address of a screen with the search that a page was opened with."""
    address = reverse(f"web:screen-{screen.slug}")
    return f"{address}?{query[:LONGEST_QUERY]}" if query else address


def number(text: str) -> int | None:
    """An id as a form sends it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def answered(request: PageRequest, screen: Screen, work: Callable[[], Moved]) -> HttpResponse:
    """Do it, and say so: as JSON to our script, else on the page one came from."""
    is_script = request.headers.get("Accept") == "application/json"
    try:
        done = work()
    except PermissionDenied:
        raise
    except WireError as error:
        status = {ACCESS: 403, MISSING: 404}.get(error.kind, 422)
        if status == 403 and not is_script:
            raise PermissionDenied from None
        sentence = str(NotForYou()) if status == 403 else error.message
    except REFUSALS as error:
        refusal = translated(error)
        status, sentence = refusal.status, str(refusal)
    else:
        if is_script:
            return JsonResponse({"told": done.sentence, "undo": dict(done.undo)})
        messages.success(request, done.sentence)
        return redirect(list_url(screen, request.POST.get("back", "")))
    if is_script:
        return JsonResponse({"told": sentence}, status=status)
    messages.error(request, sentence)
    return redirect(list_url(screen, request.POST.get("back", "")))
