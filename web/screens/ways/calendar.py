"""The calendar: records on their days, moved and stretched there."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Missing
from rpc.context import Call
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web import formats
from web.pages import PageRequest, page
from web.screens.boxes import plain, to_wire
from web.screens.declarations import Calendar, Screen
from web.screens.listing import Listing
from web.screens.moves import (
    Moved,
    NoSuchPlace,
    NotForYou,
    answered,
    call_of,
    carried,
    list_url,
    may_write,
    number,
    written,
)
from web.screens.refusing import readable
from web.screens.ways import Shown, act, way
from web.screens.weeks import Weeks, local_day, shifted

LONGEST_DAYS = 3_660


def _has_days(screen: Screen) -> bool:
    return screen.calendar is not None


@way("calendar", gettext_lazy("Calendar"), "calendar3", fits=_has_days)
def calendar(listing: Listing) -> Shown:
    """A month, a week or a day."""
    weeks = Weeks(listing)
    _ = weeks.weeks
    return Shown("screens/calendar.html", {"weeks": weeks})


@act("day", fits=_has_days)
@page(methods=("GET", "HEAD", "POST"))
def day(request: PageRequest, screen: Screen) -> HttpResponse:
    """Move a record to another day, or make it end on another; without a script, ask first on which."""
    given = request.POST if request.method == "POST" else request.GET
    call, pk = call_of(screen, request), number(given.get("pk", ""))
    declared = screen.calendar or Calendar(start="")
    if pk is None:
        raise Missing(model=str(screen.one), ids=given.get("pk", "")[:20])
    if not may_write(call, call.exposure.fields.get(declared.start)):
        raise NotForYou
    if request.method != "POST":
        return _ask(request, screen, call, pk)
    wanted = {name: given.get(name, "") for name in ("to", "last", "was", "was_end")}
    return answered(request, screen, lambda: _moved(call, declared, pk, wanted))


def _moved(call: Call, declared: Calendar, pk: int, wanted: dict[str, str]) -> Moved:
    fields, zone = call.exposure.fields, call.zone
    end = declared.end if may_write(call, fields.get(declared.end)) else ""
    seen: dict[str, Any] = {declared.start: wanted["was"]} if wanted["was"] else {}
    seen |= {end: wanted["was_end"] or None} if end and wanted["was"] else {}
    known = [one for one in (declared.start, end) if one]
    before = rows.read(call, [pk], known, EXACT)
    new: dict[str, Any] = {}

    def work(row: dict[str, Any]) -> None:
        new.update(_days(row, declared.start, end, wanted, zone))
        written(call, pk, {name: to_wire(fields[name], value) for name, value in new.items()})

    row = carried(
        call, pk, seen, work, lambda row: formats.day(local_day(row[declared.start], zone))
    )
    old = before[0]
    now = {**old, **new}
    undo = {"pk": str(pk), "to": local_day(old[declared.start], zone).isoformat()}
    undo["was"] = str(plain(fields[declared.start], now[declared.start]))
    if end and old[end]:
        undo["last"] = local_day(old[end], zone).isoformat()
        undo["was_end"] = str(plain(fields[end], now[end]) or "")
    sentence = _("“%(name)s” is now on %(day)s.") % {
        "name": row["display_name"],
        "day": formats.day(local_day(now[declared.start], zone)),
    }
    return Moved(sentence, undo)


def _days(
    row: dict[str, Any], start: str, end: str, wanted: dict[str, str], zone: Any
) -> dict[str, Any]:
    """The new days of a record. Refuses with `NoSuchPlace` what is no day, and an end before the beginning."""
    at = row.get(start)
    to, last = _day_of(wanted["to"]), _day_of(wanted["last"])
    if not at or (to is None and last is None):
        raise NoSuchPlace(name=row.get("display_name", ""))
    by = (to - local_day(at, zone)).days if to else 0
    found = {start: shifted(at, by, zone)} if by else {}
    if not end:
        return found
    until = row.get(end) or at
    days = (last - local_day(until, zone)).days if last else (by if row.get(end) else 0)
    if abs(by) > LONGEST_DAYS or abs(days) > LONGEST_DAYS:
        raise NoSuchPlace(name=row.get("display_name", ""))
    if days:
        found[end] = shifted(until, days, zone)
    if found.get(end, until) < found.get(start, at):
        raise NoSuchPlace(name=row.get("display_name", ""))
    return found


def _day_of(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found and 1900 <= found.year <= 2200 else None


def _ask(request: PageRequest, screen: Screen, call: Call, pk: int) -> HttpResponse:
    declared = screen.calendar or Calendar(start="")
    fields = call.exposure.fields
    end = declared.end if may_write(call, fields.get(declared.end)) else ""
    names = [one for one in (declared.start, end) if one]
    with readable():
        found = rows.read(call, [pk], ["display_name", *names], EXACT)
    if not found:
        raise Missing(model=str(screen.one), ids=pk)
    row = found[0]
    days = {name: local_day(row[name], call.zone) if row[name] else None for name in names}
    back = request.GET.get("back", "")
    context = {
        "screen": screen,
        "row": row,
        "start": (fields[declared.start], days[declared.start]),
        "end": (fields[end], days[end]) if end else None,
        "was": str(plain(fields[declared.start], row[declared.start]) or ""),
        "was_end": str(plain(fields[end], row[end]) or "") if end else "",
        "back": back,
        "back_url": list_url(screen, back),
    }
    return render(request, "screens/calendar_day.html", context)
