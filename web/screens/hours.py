"""The hours of a calendar's week or day: what has a beginning and an end stands at its time, side by side where it overlaps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from babel.dates import format_date, format_time

from web import formats
from web.screens.weeks import NEW_LASTS, Day, Event, Piece, Weeks

QUARTER, QUARTERS = timedelta(minutes=15), 96
SHORTEST, MOST_LANES = 2, 6
WHOLE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Block:
    """An event within the hours of one day, in quarters of an hour since midnight, in one of the lanes side by side."""

    event: Event
    start: int
    length: int
    began: bool
    goes_on: bool
    lane: int = 0
    lanes: int = 1

    @property
    def after(self) -> int:
        """The quarter in which it is over."""
        return self.start + self.length

    @property
    def is_short(self) -> bool:
        """Whether there is room for one line only."""
        return self.length <= SHORTEST

    @property
    def times(self) -> str:
        """From when to when, by the clock on the wall: 09:30–11:00."""
        ends = self.event.end
        is_moment = ends is None or ends == self.event.begin
        return self.event.at if is_moment else f"{self.event.at}–{_said(ends.time())}"


@dataclass(frozen=True)
class Slot:
    """An hour of a day, and the address at which something new begins then."""

    start: int
    url: str


@dataclass(frozen=True)
class HourDay:
    """One day with its hours."""

    on: date
    head: str
    label: str
    url: str
    new_url: str
    is_today: bool
    pieces: list[Piece]
    blocks: list[Block]
    slots: list[Slot]
    now: int | None

    @property
    def key(self) -> str:
        """The day as a form sends it."""
        return self.on.isoformat()


class Hours:
    """The days of a week, or one day, with their hours. Asks nothing beyond what the weeks have found."""

    def __init__(self, weeks: Weeks) -> None:
        self.weeks, self.zone = weeks, weeks.zone

    @cached_property
    def days(self) -> list[HourDay]:
        """The days in order."""
        now = datetime.now(UTC).astimezone(self.zone)
        return [self._day(one, now) for week in self.weeks.weeks for one in week]

    def _day(self, day: Day, now: datetime) -> HourDay:
        return HourDay(
            on=day.on,
            head=str(format_date(day.on, "EEE d", locale=formats.locale())),
            label=day.label,
            url=day.url,
            new_url=day.new_url,
            is_today=day.is_today,
            pieces=[one for one in day.pieces if is_whole(one.event)],
            blocks=side_by_side(_blocks((one.event for one in day.pieces), day.on)),
            slots=list(self._slots(day.on)),
            now=_quarter(now) if day.is_today else None,
        )

    @property
    def clock(self) -> list[tuple[int, str]]:
        """The hours at the side: the quarter each begins in, and what it is called."""
        return [(one * 4, _said(time(one))) for one in range(24)]

    @property
    def zone_name(self) -> str:
        """The reader's clock in a word: WIB."""
        noon = datetime.combine(self.weeks.period.first, time(12), self.zone)
        return noon.tzname() or str(self.zone)

    @property
    def opens_at(self) -> int:
        """The quarter that is in sight at first: seven o'clock, or where the first event begins before that."""
        begins = [one.start for day in self.days for one in day.blocks if not one.began]
        return min([28, *(one - one % 4 for one in begins)])

    def _slots(self, on: date) -> Iterator[Slot]:
        for hour in range(24):
            begins = datetime.combine(on, time(hour), self.zone).astimezone(UTC)
            if url := self.weeks.new_at(begins, begins + NEW_LASTS):
                yield Slot(hour * 4, url)


def is_whole(event: Event) -> bool:
    """Whether an event takes whole days: it stands above the hours."""
    if event.is_whole or event.begin is None:
        return True
    return event.end is not None and event.end - event.begin >= WHOLE_DAY


def _blocks(events: Iterable[Event], on: date) -> Iterator[Block]:
    """The parts of events that lie within a day."""
    for event in events:
        if is_whole(event) or event.begin is None:
            continue
        began, goes_on = event.first < on, event.last > on
        start = 0 if began else _quarter(event.begin)
        after = QUARTERS if goes_on else _after(event.end or event.begin, on)
        length = max(after - start, SHORTEST)
        start = min(start, QUARTERS - length)
        yield Block(event, start, length, began, goes_on)


def side_by_side(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that overlap, in lanes beside each other; no more than six, the rest lie over the last one."""
    found: list[Block] = []
    together: list[Block] = []
    until = 0
    for block in sorted(blocks, key=lambda one: (one.start, -one.length, one.event.pk)):
        if together and block.start >= until:
            found += _in_lanes(together)
            together = []
        together.append(block)
        until = max(until if len(together) > 1 else 0, block.after)
    return found + _in_lanes(together)


def _in_lanes(blocks: Sequence[Block]) -> list[Block]:
    free: list[int] = []
    lanes = []
    for block in blocks:
        lane = next((at for at, after in enumerate(free) if after <= block.start), len(free))
        lane = min(lane, MOST_LANES - 1)
        free[lane : lane + 1] = [block.after]
        lanes.append(lane)
    return [
        replace(block, lane=lane, lanes=max(1, len(free)))
        for block, lane in zip(blocks, lanes, strict=True)
    ]


def _quarter(moment: datetime) -> int:
    """The quarter of its day that a moment lies in, by the clock on the wall."""
    return (moment.hour * 60 + moment.minute) // 15


def _after(moment: datetime, on: date) -> int:
    """The first quarter that is wholly after a moment; midnight at the end of a day is its last one."""
    if moment.date() > on:
        return QUARTERS
    return -(-(moment.hour * 60 + moment.minute) // 15)


def _said(at: time) -> str:
    return str(format_time(at, "HH:mm", locale=formats.locale()))
