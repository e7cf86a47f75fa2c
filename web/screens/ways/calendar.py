"""The calendar: records on their days, moved and stretched there."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from base.errors import Missing
from rpc.context import Call
from rpc.fields import Field
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web import formats
from web.pages import PageRequest, page
from web.screens.boxes import plain, to_wire
from web.screens.declarations import Calendar, Screen
from web.screens.hours import Hours
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
from web.screens.weeks import Weeks, last_day, local_day, shifted

LONGEST_DAYS = 3_660


def _has_days(screen: Screen) -> bool:
    return screen.calendar is not None


@way("calendar", gettext_lazy("Calendar"), "calendar3", fits=_has_days)
def calendar(listing: Listing) -> Shown:
    """A month, a week or a day."""
    weeks = Weeks(listing)
    _ = weeks.weeks
    if weeks.is_hourly:
        return Shown("screens/hours.html", {"weeks": weeks, "hours": Hours(weeks)})
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
    undo = {"pk": str(pk), "to": _placed(old[declared.start], zone)}
    undo["was"] = str(plain(fields[declared.start], now[declared.start]))
    if end and old[end]:
        undo["last"] = _placed(old[end], zone)
        undo["was_end"] = str(plain(fields[end], now[end]) or "")
    return Moved(_sentence(row["display_name"], now, declared.start, end, wanted, zone), undo)


def _sentence(
    name: str, now: dict[str, Any], start: str, end: str, wanted: dict[str, str], zone: ZoneInfo
) -> str:
    """Where a record is now: its day, with the hour where that was what changed."""
    is_end = bool(end and wanted["last"] and not wanted["to"])
    value = now[end if is_end else start]
    has_hours = isinstance(value, datetime) and "T" in (wanted["last"] if is_end else wanted["to"])
    day = formats.moment(value) if has_hours else formats.day(local_day(value, zone))
    words = {"name": name, "day": day}
    if is_end:
        return _("“%(name)s” now lasts until %(day)s.") % words
    return _("“%(name)s” is now on %(day)s.") % words


def _placed(value: date | datetime, zone: ZoneInfo) -> str:
    """Where a value lies, as it is sent to put it there."""
    return value.astimezone(zone).isoformat() if isinstance(value, datetime) else value.isoformat()


def _days(
    row: dict[str, Any], start: str, end: str, wanted: dict[str, str], zone: ZoneInfo
) -> dict[str, Any]:
    """The new days, or moments, of a record. Refuses with `NoSuchPlace` what is none, and an end before the beginning."""
    at, until = row.get(start), row.get(end) if end else None
    to, last = _when(wanted["to"], zone), _when(wanted["last"], zone)
    refusal = NoSuchPlace(name=row.get("display_name", ""))
    if not at or (to is None and last is None):
        raise refusal
    begins = _put(at, local_day(at, zone), to, zone)
    found = {start: begins} if begins != at else {}
    if end:
        ends = until
        if last is not None:
            ends = _put(until or at, last_day(at, until, zone), last, zone)
        elif until:
            ends = _along(until, at, begins, to, zone)
        found |= {end: ends} if ends != until else {}
        if ends and ends < begins:
            raise refusal
    if any(
        abs((local_day(one, zone) - local_day(at, zone)).days) > LONGEST_DAYS
        for one in found.values()
    ):
        raise refusal
    return found


def _put(value: Any, day: date, to: date | datetime | None, zone: ZoneInfo) -> Any:
    """A value that lies on a day, put onto another one, or at a moment where it is one."""
    if to is None or (isinstance(value, datetime) and isinstance(to, datetime)):
        return value if to is None else to
    return shifted(value, (local_day(to, zone) - day).days, zone)


def _along(until: Any, at: Any, begins: Any, to: Any, zone: ZoneInfo) -> Any:
    """The end of a record whose beginning has moved: as long as before, whatever the clocks did."""
    if isinstance(to, datetime) and isinstance(until, datetime):
        return until + (begins.astimezone(UTC) - at.astimezone(UTC))
    return shifted(until, (local_day(begins, zone) - local_day(at, zone)).days, zone)


def _when(text: str, zone: ZoneInfo) -> date | datetime | None:
    """A day, or a moment by the reader's clock, as it is sent; None for anything else."""
    try:
        found = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None
    if not 1900 <= found.year <= 2200:
        return None
    if isinstance(found, datetime) and found.tzinfo is None:
        return found.replace(tzinfo=zone)
    return found


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
    back = request.GET.get("back", "")
    context = {
        "screen": screen,
        "row": row,
        "boxes": [
            _box(fields[name], row[name], key, call.zone)
            for name, key in zip(names, ("to", "last"), strict=False)
        ],
        "was": str(plain(fields[declared.start], row[declared.start]) or ""),
        "was_end": str(plain(fields[end], row[end]) or "") if end else "",
        "back": back,
        "back_url": list_url(screen, back),
    }
    return render(request, "screens/calendar_day.html", context)


def _box(field: Field, value: Any, key: str, zone: ZoneInfo) -> dict[str, Any]:
    """A box for a day or a moment."""
    is_moment = field.type == "datetime"
    text = f"{value.astimezone(zone):%Y-%m-%dT%H:%M}" if is_moment and value else value or ""
    kind = "datetime-local" if is_moment else "date"
    return {"name": key, "label": field.heading, "kind": kind, "value": str(text)}
