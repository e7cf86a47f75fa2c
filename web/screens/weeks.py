"""A calendar: the days of a month, a week or one day, with the records that lie on them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.utils.translation import gettext as _

from rpc.context import Call
from rpc.domains.parse import both, parse
from rpc.fields import Field
from rpc.reading import rows
from rpc.reading.plans import EXACT
from web import formats
from web.screens.asked import UnreadableLink
from web.screens.boxes import plain
from web.screens.cells import BADGES, Cells, new_url, record_url
from web.screens.columns import label_of
from web.screens.declarations import Calendar
from web.screens.listing import Listing
from web.screens.moves import may_write
from web.screens.periods import SCALES, Period
from web.screens.writing import with_currencies

PER_DAY, MOST_EVENTS, COLOURS = 4, 1_500, 11
HUES = {"good": 10, "care": 3, "bad": 1, "note": 4}  # the colours of what has a tone
WORK_BEGINS, NEW_LASTS = time(9), timedelta(hours=1)
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Event:
    """One record on its days."""

    pk: int
    name: str
    url: str
    first: date
    last: date
    at: str
    colour: int
    was: str
    was_end: str
    cells: list[Any] = field(default_factory=list)
    begin: datetime | None = None
    end: datetime | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class Piece:
    """An event on one day: whether it began before, and whether it goes on after."""

    event: Event
    began: bool
    goes_on: bool


@dataclass(frozen=True)
class Day:
    """One day of the calendar."""

    on: date
    label: str
    url: str
    new_url: str
    is_today: bool
    is_outside: bool
    pieces: list[Piece]
    more: int

    @property
    def key(self) -> str:
        """The day as a form sends it."""
        return self.on.isoformat()


class Weeks:
    """The calendar that an address asks for. One query for all events of the period."""

    def __init__(self, listing: Listing) -> None:
        self.listing, self.asked, self.screen = listing, listing.asked, listing.screen
        self.calendar = self.screen.calendar or Calendar(start="")
        actor = listing.call.actor
        self.call = Call(
            listing.call.exposure, actor, {**listing.call.context, "tz": actor.timezone}
        )
        self.fields = self.call.exposure.fields
        self.zone: ZoneInfo = self.call.zone
        self.today = datetime.now(UTC).astimezone(self.zone).date()

    @cached_property
    def scale(self) -> str:
        """How much of the calendar is shown."""
        found = self.asked.query.get("scale", "month")
        if found not in SCALES:
            raise UnreadableLink(what=_("a calendar has months, weeks and days"))
        return found

    @cached_property
    def day(self) -> date:
        """The day that the period is around."""
        text = self.asked.query.get("day", "")
        if not text:
            return self.today
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise UnreadableLink(what=_("“%s” is no day") % text[:60])
        return found

    @cached_property
    def period(self) -> Period:
        """The days that are shown."""
        return Period(self.scale, self.day)

    @property
    def scales(self) -> list[tuple[str, str, bool]]:
        """How else it can be looked at: label, address, whether it is so now."""
        labels = {"month": _("Month"), "week": _("Week"), "day": _("Day")}
        return [(labels[one], self._url(self.day, one), one == self.scale) for one in SCALES]

    @property
    def today_url(self) -> str:
        """The period that today lies in."""
        return self._url(self.today, self.scale)

    @property
    def previous_url(self) -> str:
        """The period before."""
        return self._url(self.period.previous, self.scale)

    @property
    def next_url(self) -> str:
        """The period after."""
        return self._url(self.period.next, self.scale)

    def _url(self, day: date, scale: str) -> str:
        return self.asked.instead(v="calendar", scale=scale, day=day.isoformat())

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """The days, a week at a time."""
        found = list(self._days())
        width = 1 if self.scale == "day" else 7
        return [found[at : at + width] for at in range(0, len(found), width)]

    def _days(self) -> Iterator[Day]:
        lying: dict[date, list[Event]] = defaultdict(list)
        for event in self.events:
            on = max(event.first, self.period.first)
            while on <= event.last and on < self.period.after:
                lying[on].append(event)
                on += timedelta(days=1)
        on = self.period.first
        while on < self.period.after:
            yield self._day(on, lying[on])
            on += timedelta(days=1)

    def _day(self, on: date, events: list[Event]) -> Day:
        shown = events if self.scale != "month" or len(events) <= PER_DAY else events[: PER_DAY - 1]
        is_outside = self.scale == "month" and on.month != self.day.month
        return Day(
            on=on,
            label=str(format_date(on, "EEEE, d MMMM y", locale=formats.locale())),
            url=self._url(on, "day"),
            new_url=self._new_url(on),
            is_today=on == self.today,
            is_outside=is_outside,
            pieces=[Piece(one, one.first < on, one.last > on) for one in shown],
            more=len(events) - len(shown),
        )

    def _new_url(self, on: date) -> str:
        if self._has_moments:
            begins = datetime.combine(on, WORK_BEGINS, self.zone)
            return self.new_at(begins, begins + NEW_LASTS)
        made = {f"default_{self.calendar.start}": on.isoformat()}
        return f"{self._makes}?{urlencode(made)}" if self._makes else ""

    def new_at(self, begins: datetime, ends: datetime) -> str:
        """Where something new is made that lasts from one moment to another; nothing where the actor may not."""
        moments = {self.calendar.start: begins}
        if self._end and not self.fields[self._end].readonly:
            moments[self._end] = ends
        made = {
            f"default_{name}": f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
            for name, at in moments.items()
        }
        return f"{self._makes}?{urlencode(made)}" if self._makes else ""

    @property
    def _has_moments(self) -> bool:
        """Whether records have hours, and not days only."""
        return self.fields[self.calendar.start].type == "datetime"

    @property
    def is_hourly(self) -> bool:
        """Whether the hours of the days are shown."""
        return self._has_moments and self.scale != "month"

    @cached_property
    def _makes(self) -> str:
        return new_url(self.call, self.screen)

    @cached_property
    def is_movable(self) -> bool:
        """Whether the actor may move events to other days."""
        return may_write(self.call, self.fields.get(self.calendar.start))

    @cached_property
    def is_stretchable(self) -> bool:
        """Whether the actor may make events longer and shorter."""
        return self.is_movable and may_write(self.call, self.fields.get(self.calendar.end))

    @cached_property
    def is_cut(self) -> bool:
        """Whether there are more events than are shown."""
        return len(self._found) > MOST_EVENTS

    @cached_property
    def _end(self) -> str:
        one = self.fields.get(self.calendar.end)
        return one.name if one is not None and self.call.may(one) else ""

    @cached_property
    def _colour(self) -> Field | None:
        one = self.fields.get(self.calendar.colour)
        return one if one is not None and self.call.may(one) else None

    @cached_property
    def _whole(self) -> Field | None:
        one = self.fields.get(self.calendar.whole)
        return one if one is not None and self.call.may(one) else None

    @cached_property
    def _shown(self) -> list[str]:
        wanted = [one for one in self.calendar.shown if one in self.fields]
        return [one for one in wanted if self.call.may(self.fields[one])]

    @cached_property
    def _found(self) -> list[dict[str, Any]]:
        start, end = self.calendar.start, self._end
        begin, after = (self._bound(one) for one in (self.period.first, self.period.after))
        inside: list[Any] = [[start, ">=", begin]]
        if end:
            # What ends at midnight does not lie on the day that begins then.
            inside = ["|", [end, ">" if self._has_moments else ">=", begin], *inside]
        node = both(self.listing.node, parse(["&", [start, "<", after], *inside]))
        names = {"display_name", start, *with_currencies(self.call, self._shown)}
        more = (end, self._colour and self._colour.name, self._whole and self._whole.name)
        names |= {one for one in more if one}
        return rows.search_read(
            self.call, node, sorted(names), EXACT, order=start, limit=MOST_EVENTS + 1
        )

    def _bound(self, day: date) -> str:
        """The beginning of a day as a domain says it."""
        if self.fields[self.calendar.start].type == "date":
            return day.isoformat()
        return f"{datetime.combine(day, time(), self.zone).astimezone(UTC):%Y-%m-%d %H:%M:%S}"

    @cached_property
    def events(self) -> list[Event]:
        """The events of the period, in order."""
        found = self._found[:MOST_EVENTS]
        cells = Cells(self.call, self._shown, found)
        return [self._event(row, cells) for row in found]

    def _event(self, row: dict[str, Any], cells: Cells) -> Event:
        start, end = row[self.calendar.start], row.get(self._end)
        first, last = local_day(start, self.zone), last_day(start, end, self.zone)
        begin = start.astimezone(self.zone) if isinstance(start, datetime) else None
        return Event(
            pk=row["id"],
            name=str(row["display_name"] or "–"),
            url=record_url(self.screen, row["id"]),
            first=first,
            last=max(first, last),
            at=_clock(begin) if begin else "",
            colour=self._number(row),
            was=str(plain(self.fields[self.calendar.start], start)),
            was_end=str(plain(self.fields[self._end], end) or "") if self._end else "",
            cells=[one for one in cells.of(row) if one.html.strip()] if self._shown else [],
            begin=begin,
            end=end.astimezone(self.zone) if begin and isinstance(end, datetime) else None,
            is_whole=bool(self._whole and row.get(self._whole.name)),
        )

    def _number(self, row: dict[str, Any]) -> int:
        """The colour of a row's value: always the same for the same value."""
        one = self._colour
        value = row.get(one.name) if one else None
        if one is None or value in (None, False):
            return 0
        if one.type == "selection":
            if tones := BADGES.get((self.call.exposure.name, one.name)):
                return HUES.get(tones.get(value, ""), 0)
            keys = [key for key, _label in one.selection()]
            return keys.index(value) % COLOURS + 1 if value in keys else 0
        number = value[0] if isinstance(value, list) else value
        return int(number) % COLOURS + 1 if isinstance(number, int) else 0

    @cached_property
    def legend(self) -> list[tuple[str, int]]:
        """What the colours of the period stand for."""
        one = self._colour
        if one is None:
            return []
        found = {label_of(one, row[one.name]): self._number(row) for row in self._found}
        return sorted(found.items())


def local_day(value: date | datetime, zone: ZoneInfo) -> date:
    """The day that a value lies on for somebody in a zone."""
    return value.astimezone(zone).date() if isinstance(value, datetime) else value


def shifted(value: Any, days: int, zone: ZoneInfo) -> Any:
    """A day or moment so many days later, at the same hour of the clock in a zone; nothing stays nothing."""
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return datetime.combine(local.date() + timedelta(days=days), local.time(), zone)
    return value + timedelta(days=days) if value else value


def last_day(start: Any, end: Any, zone: ZoneInfo) -> date:
    """The last day that a record lies on: what ends at midnight does not reach into the day that begins then."""
    if not end:
        return local_day(start, zone)
    if isinstance(end, datetime) and isinstance(start, datetime) and end > start:
        end -= timedelta.resolution
    return local_day(end, zone)


def _clock(value: datetime) -> str:
    return str(format_time(value, "HH:mm", locale=formats.locale()))
