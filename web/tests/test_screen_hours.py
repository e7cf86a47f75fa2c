"""The hours of a calendar: where things stand, moving them by the clock on the wall, and what is midnight in Jakarta."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.screens.hours import Block, side_by_side
from web.screens.moves import NoSuchPlace
from web.screens.ways.calendar import _days
from web.screens.weeks import last_day
from web.tests.appointments import JAKARTA, at, meeting

pytestmark = pytest.mark.django_db
WEEK = "/meetings/?v=calendar&scale=week&day=2026-11-11"
AS_SCRIPT = {"Accept": "application/json"}
BLOCK = re.compile(
    r'<li class="block [^"]*from-(\d+) for-(\d+) lane-(\d)-(\d)[^"]*"[^>]*data-name="([^"]*)"'
)


@pytest.fixture
def meetings(db):
    with meeting() as model:
        yield model


def blocks_of(page):
    """The blocks of each day: name, first quarter, quarters, lane and lanes."""
    found = {}
    for part in re.split(r"data-hours-of=", page.content.decode())[1:]:
        told = [(m[4], *map(int, m[:4])) for m in BLOCK.findall(part)]
        if told:
            found[part[1:11]] = told
    return found


def test_what_has_hours_stands_at_its_time_and_overlaps_side_by_side(boss, meetings):
    meetings.objects.create(name="Rapat", start=at(11, 9), stop=at(11, 10, 30))
    meetings.objects.create(name="Telepon", start=at(11, 10), stop=at(11, 10, 20))
    meetings.objects.create(name="Makan", start=at(11, 12), stop=None)
    assert blocks_of(boss.get(WEEK)) == {
        "2026-11-11": [
            ("Rapat", 36, 6, 0, 2),
            ("Telepon", 40, 2, 1, 2),
            ("Makan", 48, 2, 0, 1),
        ]
    }


def test_midnight_is_that_of_the_reader(boss, meetings):
    meetings.objects.create(name="Malam", start=at(11, 22), stop=at(12, 0))
    meetings.objects.create(name="Sahur", start=at(11, 23), stop=at(12, 1))
    page = boss.get(WEEK)
    assert blocks_of(page) == {
        "2026-11-11": [("Malam", 88, 8, 0, 2), ("Sahur", 92, 4, 1, 2)],
        "2026-11-12": [("Sahur", 0, 4, 0, 1)],
    }
    assert "WIB" in page.content.decode()
    assert blocks_of(boss.get(WEEK.replace("week", "day").replace("-11-11", "-11-12"))) == {
        "2026-11-12": [("Sahur", 0, 4, 0, 1)]
    }
    start, stop = at(11, 22), at(12, 0)
    assert last_day(start, stop, JAKARTA) == date(2026, 11, 11)
    assert last_day(stop, stop, JAKARTA) == date(2026, 11, 12)


def test_what_takes_whole_days_stands_above_the_hours(boss, meetings):
    meetings.objects.create(name="Pameran", start=at(10, 8), stop=at(12, 17))
    page = boss.get(WEEK)
    assert blocks_of(page) == {}
    lists = re.findall(r'data-day="([^"]+)"[^>]*>(.*?)</ul>', page.content.decode(), re.DOTALL)
    assert [day for day, body in lists if "Pameran" in body] == [
        "2026-11-10",
        "2026-11-11",
        "2026-11-12",
    ]


def test_a_free_hour_leads_to_something_new_at_that_hour(boss, meetings):
    page = boss.get(WEEK).content.decode()
    [url] = re.findall(
        r'slot from-36" href="([^"]+)"', page.split('data-hours-of="2026-11-11"')[1]
    )[:1]
    form = boss.get(url.replace("&amp;", "&")).content.decode()
    assert re.findall(r'type="datetime-local" name="\w+" value="([^"]+)"', form) == [
        "2026-11-11T09:00",
        "2026-11-11T10:00",
    ]


def test_a_week_asks_as_little_with_many_meetings_as_with_one(boss, meetings):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            boss.get(WEEK)
        return len(seen)

    meetings.objects.create(name="Rapat", start=at(11, 9), stop=at(11, 10))
    boss.get(WEEK)
    few = asked()
    meetings.objects.bulk_create(
        meetings(name=f"Rapat {one}", start=at(9 + one % 5, 8 + one % 9), stop=at(9 + one % 5, 18))
        for one in range(60)
    )
    assert (asked(), few <= 8) == (few, True)


def moved(client, **sent):
    return client.post("/meetings/day/", sent, headers=AS_SCRIPT)


def test_a_meeting_moves_to_another_hour_as_long_as_it_was_and_back(boss, meetings):
    row = meetings.objects.create(name="Rapat", start=at(11, 9, 10), stop=at(11, 10, 40))
    seen = {"was": "2026-11-11 02:10", "was_end": "2026-11-11 03:40"}
    answer = moved(boss, pk=row.pk, to="2026-11-12T00:10", **seen).json()
    assert answer["told"] == "“Rapat” is now on 12 Nov 2026 00:10."
    row.refresh_from_db()
    assert (row.start, row.stop) == (at(12, 0, 10), at(12, 1, 40))
    assert moved(boss, **answer["undo"]).status_code == 200
    row.refresh_from_db()
    assert (row.start, row.stop) == (at(11, 9, 10), at(11, 10, 40))


def test_the_end_of_a_meeting_is_pulled_and_never_before_it_begins(boss, meetings):
    row = meetings.objects.create(name="Rapat", start=at(11, 9), stop=at(11, 10))
    seen = {"was": "2026-11-11 02:00", "was_end": "2026-11-11 03:00"}
    told = moved(boss, pk=row.pk, last="2026-11-11T11:15", **seen).json()["told"]
    assert told == "“Rapat” now lasts until 11 Nov 2026 11:15."
    row.refresh_from_db()
    assert (row.start, row.stop) == (at(11, 9), at(11, 11, 15))
    assert moved(boss, pk=row.pk, last="2026-11-11T08:00").status_code == 422
    assert moved(boss, pk=row.pk, to="2026-11-11T25:00").status_code == 422
    assert moved(boss, pk=row.pk, to="2026-11-12T09:00", **seen).status_code == 409


def test_without_a_script_the_moment_is_asked_for(boss, meetings):
    row = meetings.objects.create(name="Rapat", start=at(11, 9), stop=at(11, 10))
    page = boss.get(f"/meetings/day/?pk={row.pk}").content.decode()
    assert 'type="datetime-local" name="to" required value="2026-11-11T09:00"' in page
    assert 'type="datetime-local" name="last"  value="2026-11-11T10:00"' in page
    sent = {"pk": row.pk, "to": "2026-11-11T13:00", "last": "2026-11-11T14:30"}
    sent |= {"was": "2026-11-11 02:00", "was_end": "2026-11-11 03:00"}
    assert boss.post("/meetings/day/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.start, row.stop) == (at(11, 13), at(11, 14, 30))


def test_a_meeting_keeps_its_length_where_the_clocks_are_changed():
    amsterdam = ZoneInfo("Europe/Amsterdam")
    start = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)  # 00:00 there, three hours before the change
    row = {"begin": start, "end": datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "display_name": "Jaga"}
    wanted = {"to": "2026-10-26T00:00", "last": "", "was": "", "was_end": ""}
    found = _days(row, "begin", "end", wanted, amsterdam)
    assert found["end"] - found["begin"].astimezone(UTC) == row["end"] - row["begin"]
    with pytest.raises(NoSuchPlace):
        _days(row, "begin", "end", wanted | {"to": "2199-01-01T00:00"}, amsterdam)


def test_more_than_six_at_a_time_share_the_last_lane():
    event = SimpleNamespace(pk=1)
    found = side_by_side(Block(event, 10, 4, False, False) for _one in range(8))
    assert [one.lane for one in found] == [0, 1, 2, 3, 4, 5, 5, 5]
    assert {one.lanes for one in found} == {6}
