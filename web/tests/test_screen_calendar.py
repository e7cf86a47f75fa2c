"""The calendar: days in the reader's zone, moving and stretching, and what is no day."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.models import Activity, ActivityType, Partner, User
from web.screens.declarations import Calendar, Screen
from web.screens.moves import NoSuchPlace
from web.screens.ways.calendar import _days
from web.screens.weeks import local_day, shifted

pytestmark = pytest.mark.django_db
MONTH = "/activities/?v=calendar&day=2026-11-10"
AS_SCRIPT = {"Accept": "application/json"}
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def call_ani(db):
    return planned("Telepon Ani", "2026-11-12")


def planned(summary, day):
    kind = ActivityType.objects.order_by("pk").first()
    row = Partner.objects.get(pk=1)
    user = User.objects.get(pk=2)
    return Activity.objects.create(row=row, type=kind, summary=summary, due_date=day, user=user)


def days_of(page):
    """The days of a page with the names on them."""
    text = page.content.decode()
    found = {}
    for key, body in re.findall(r'data-day="([^"]+)"[^>]*>(.*?)</ul>', text, re.DOTALL):
        found[key] = re.findall(r'data-name="([^"]*)"', body)
    return found


def moved(client, **sent):
    return client.post("/activities/day/", sent, headers=AS_SCRIPT)


def test_a_month_has_whole_weeks_with_what_lies_on_their_days(boss, call_ani):
    found = days_of(boss.get(MONTH))
    assert (min(found), max(found), len(found)) == ("2026-10-26", "2026-12-06", 42)
    assert {day: names for day, names in found.items() if names} == {"2026-11-12": ["Telepon Ani"]}


def test_a_week_and_a_day_show_themselves_only(boss, call_ani):
    week = days_of(boss.get("/activities/?v=calendar&scale=week&day=2026-11-12"))
    assert (min(week), max(week), week["2026-11-12"]) == (
        "2026-11-09",
        "2026-11-15",
        ["Telepon Ani"],
    )
    day = days_of(boss.get("/activities/?v=calendar&scale=day&day=2026-11-12"))
    assert day == {"2026-11-12": ["Telepon Ani"]}


def test_a_full_day_says_how_many_more_and_leads_to_them(boss):
    for number in range(6):
        planned(f"Tugas {number}", "2026-11-12")
    page = boss.get(MONTH)
    assert days_of(page)["2026-11-12"] == ["Tugas 0", "Tugas 1", "Tugas 2"]
    more = re.search(r'class="day-more" href="([^"]+)">([^<]+)<', page.content.decode())
    assert more[2] == "3 more"
    assert len(days_of(boss.get(more[1].replace("&amp;", "&")))["2026-11-12"]) == 6


def test_a_month_asks_as_little_with_many_events_as_with_one(boss, call_ani):
    def asked():
        boss.get(MONTH)
        with CaptureQueriesContext(connection) as seen:
            boss.get(MONTH)
        return len(seen)

    few = asked()
    for number in range(60):
        planned(f"Tugas {number}", date(2026, 11, 1) + timedelta(days=number % 30))
    assert asked() == few


def test_an_event_moves_to_another_day_and_back(boss, call_ani):
    answer = moved(boss, pk=call_ani.pk, to="2026-11-20", was="2026-11-12").json()
    assert answer["told"] == "“Telepon Ani” is now on 20 Nov 2026."
    call_ani.refresh_from_db()
    assert call_ani.due_date == date(2026, 11, 20)
    assert moved(boss, **answer["undo"]).status_code == 200
    call_ani.refresh_from_db()
    assert call_ani.due_date == date(2026, 11, 12)


def test_an_event_that_somebody_has_moved_is_not_moved_again(boss, call_ani):
    Activity.objects.filter(pk=call_ani.pk).update(due_date="2026-11-25")
    answer = moved(boss, pk=call_ani.pk, to="2026-11-20", was="2026-11-12")
    assert (answer.status_code, answer.json()["told"]) == (
        409,
        "Somebody else has moved “Telepon Ani” meanwhile: it is now at “25 Nov 2026”.",
    )


def test_moving_without_a_script_asks_for_the_day(boss, call_ani):
    page = boss.get(f"/activities/day/?pk={call_ani.pk}&back=v%3Dcalendar").content.decode()
    assert 'name="to" required value="2026-11-12"' in page
    sent = {"pk": call_ani.pk, "to": "2026-11-13", "was": "2026-11-12", "back": "v=calendar"}
    answer = boss.post("/activities/day/", sent)
    assert (answer.status_code, answer.url) == (302, "/activities/?v=calendar")


def test_days_near_midnight_are_those_of_the_readers_clock():
    late = datetime(2026, 11, 12, 17, 30, tzinfo=UTC)  # 00:30 of the 13th in Jakarta
    assert local_day(late, JAKARTA) == date(2026, 11, 13)
    assert shifted(late, 2, JAKARTA) == datetime(2026, 11, 14, 17, 30, tzinfo=UTC)
    summer = ZoneInfo("Europe/Amsterdam")
    before = datetime(2026, 10, 24, 10, 0, tzinfo=summer)  # the clock goes back that night
    assert shifted(before, 1, summer) == datetime(2026, 10, 25, 10, 0, tzinfo=summer)


def test_a_span_moves_as_a_whole_and_never_ends_before_it_begins():
    row = {"begin": date(2026, 11, 12), "end": date(2026, 11, 14), "display_name": "Cuti"}
    wanted = {"to": "2026-11-20", "last": "", "was": "", "was_end": ""}
    found = _days(row, "begin", "end", wanted, JAKARTA)
    assert found == {"begin": date(2026, 11, 20), "end": date(2026, 11, 22)}
    stretched = _days(row, "begin", "end", wanted | {"to": "", "last": "2026-11-18"}, JAKARTA)
    assert stretched == {"end": date(2026, 11, 18)}
    with pytest.raises(NoSuchPlace):
        _days(row, "begin", "end", wanted | {"to": "", "last": "2026-11-01"}, JAKARTA)


def test_a_screen_without_days_has_no_calendar():
    screen = Screen(name="res.partner", key="x", label="X", one="X")
    assert screen.calendar is None
    assert Calendar(start="date").end == ""


@pytest.mark.once
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(day=st.text(max_size=12), scale=st.sampled_from(["month", "week", "day", "", "0"]))
def test_no_day_breaks_anything(boss, call_ani, day, scale):
    query = {"v": "calendar", "scale": scale, "day": day}
    assert boss.get("/activities/", query).status_code in {200, 422}
    answer = moved(boss, pk=call_ani.pk, to=day, last=day, was=day)
    assert answer.status_code in {200, 409, 422}
