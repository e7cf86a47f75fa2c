"""Days and moments said in relation to now: in the zone of the context, else the user's, above all around midnight."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from base.models import Partner
from rpc import context
from rpc.domains.dates import Clock, as_moments, moment
from rpc.tests.conftest import Refusal

JAKARTA, SUNDAY = ZoneInfo("Asia/Jakarta"), 6
# Half past midnight on Tuesday the 10th of March in Jakarta; still Monday the 9th in UTC.
AFTER = datetime(2026, 3, 9, 17, 30, 15, tzinfo=UTC)
# Half past eleven in the evening of Monday the 9th in Jakarta.
BEFORE = datetime(2026, 3, 9, 16, 30, 15, tzinfo=UTC)

DAYS = [
    ("today", "2026-03-10", "2026-03-09"),
    ("today -1d", "2026-03-09", "2026-03-08"),
    ("-1d", "2026-03-09", "2026-03-08"),
    ("-7d", "2026-03-03", "2026-03-02"),
    ("+1d", "2026-03-11", "2026-03-10"),
    ("-3w", "2026-02-17", "2026-02-16"),
    ("+1m", "2026-04-10", "2026-04-09"),
    ("-1m", "2026-02-10", "2026-02-09"),
    ("-1y", "2025-03-10", "2025-03-09"),
    ("=1d", "2026-03-01", "2026-03-01"),
    ("=1d -1d", "2026-02-28", "2026-02-28"),
    ("=1d +1m -1d", "2026-03-31", "2026-03-31"),
    ("=1m =1d", "2026-01-01", "2026-01-01"),
    ("=2025y", "2025-03-10", "2025-03-09"),
    ("today =15d", "2026-03-15", "2026-03-15"),
    ("+monday", "2026-03-16", "2026-03-09"),
    ("-monday", "2026-03-09", "2026-03-09"),
    ("=monday", "2026-03-09", "2026-03-09"),
    ("+tuesday", "2026-03-10", "2026-03-10"),
    ("-sunday", "2026-03-08", "2026-03-08"),
    ("=week_start", "2026-03-08", "2026-03-08"),
    ("=week_start +1w", "2026-03-15", "2026-03-15"),
    ("-1m =1d", "2026-02-01", "2026-02-01"),
    ("+1y =12m =31d", "2027-12-31", "2027-12-31"),
]


@pytest.mark.parametrize(("said", "after", "before"), DAYS)
def test_a_day_is_counted_from_the_day_it_is_in_the_zone(said, after, before):
    for now, meant in ((AFTER, after), (BEFORE, before)):
        assert moment(said, Clock(now, JAKARTA, SUNDAY)) == date.fromisoformat(meant)


MOMENTS = [
    ("now", "2026-03-09 17:30:15"),
    ("now -1d", "2026-03-08 17:30:15"),
    ("now -2H", "2026-03-09 15:30:15"),
    ("now +45M", "2026-03-09 18:15:15"),
    ("now -15S", "2026-03-09 17:30:00"),
    ("now =0H =0M =0S", "2026-03-09 17:00:00"),
    ("today +0H", "2026-03-09 17:00:00"),
    ("today +8H", "2026-03-10 01:00:00"),
    ("today -1d +8H", "2026-03-09 01:00:00"),
    ("now =1d", "2026-02-28 17:30:15"),
    ("now =monday", "2026-03-08 17:00:00"),
    ("now +1m", "2026-04-09 17:30:15"),
]


@pytest.mark.parametrize(("said", "utc"), MOMENTS)
def test_a_moment_is_told_in_utc_and_counted_on_the_clock_of_the_zone(said, utc):
    found = moment(said, Clock(AFTER, JAKARTA, SUNDAY))
    assert isinstance(found, datetime)
    assert found.replace(microsecond=0) == datetime.fromisoformat(utc)


def test_a_day_lasts_from_midnight_to_midnight_in_the_zone():
    first, after = as_moments("today", Clock(AFTER, JAKARTA))
    assert (first.isoformat(), after.isoformat()) == (
        "2026-03-09T17:00:00+00:00",
        "2026-03-10T17:00:00+00:00",
    )
    first, after = as_moments("2026-03-29", Clock(AFTER, ZoneInfo("Europe/Brussels")))
    assert (after - first).total_seconds() == 23 * 3600


WRONG = ["soon", "TODAY", "today soon", "-7x", "7", "monday", "+someday", "now -9999999y"]


@pytest.mark.parametrize("said", WRONG)
def test_what_is_no_term_is_refused_by_name(rpc, said):
    wrong = next(one for one in said.split() if one not in {"today", "now"} or said == "TODAY")
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", [["create_date", ">", said]])
    if wrong.isdigit():
        return  # a bare number is added as days, as the contract's clients do
    assert (refused.value.name, refused.value.message) == (
        "builtins.ValueError",
        f"Invalid term {wrong!r} in expression date: {said!r}",
    )


def test_no_date_at_all_is_refused(rpc):
    for said in ("", "  "):
        with pytest.raises(Refusal, match="Empty date value"):
            rpc("res.partner", "search", [["create_date", ">", said]])


MADE = {
    "late": "2026-03-09 16:59:59",
    "midnight": "2026-03-09 17:00:00",
    "early": "2026-03-09 17:00:01",
    "noon": "2026-03-10 05:00:00",
    "tomorrow": "2026-03-10 17:00:00",
}


@pytest.fixture
def around_midnight(house, monkeypatch):
    """Contacts made around midnight in Jakarta, looked at half an hour after it."""
    for name, made in MADE.items():
        Partner.objects.create(name=name, reference="RD", created_at=f"{made}+00:00")
    house.admin.timezone = "Asia/Jakarta"
    house.admin.save()

    class Clocks:
        """The clock on the wall."""

        @staticmethod
        def now():
            return AFTER

    monkeypatch.setattr(context, "timezone", Clocks)


QUESTIONS = [
    (">=", "today", {}, "midnight early noon tomorrow"),
    ("<", "today", {}, "late"),
    (">", "today", {}, "tomorrow"),
    ("<=", "today", {}, "late midnight early noon"),
    ("<=", "today -1d", {}, "late"),
    (">", "today -1d", {}, "midnight early noon tomorrow"),
    ("=", "today", {}, "midnight"),
    ("=", "2026-03-10", {}, "midnight"),
    (">=", "2026-03-10", {}, "midnight early noon tomorrow"),
    ("<=", "2026-03-10", {}, "late midnight early noon"),
    (">", "now", {}, "noon tomorrow"),
    ("<", "now -30M", {}, "late midnight early"),
    (">=", "=1d", {}, "late midnight early noon tomorrow"),
    (">=", "+1m =1d", {}, ""),
    (">=", "today", {"tz": "UTC"}, "late midnight early noon tomorrow"),
    (">=", "today +1d", {"tz": "UTC"}, "noon tomorrow"),
    (">=", "today", {"tz": "Mars/Base"}, "midnight early noon tomorrow"),
    (">=", "2026-03-10", {"tz": "UTC"}, "noon tomorrow"),
    (">=", "2026-03-09 17:00:01", {}, "early noon tomorrow"),
    (">=", "2026-03-09T17:00:01", {"tz": "America/Lima"}, "early noon tomorrow"),
]


@pytest.mark.parametrize(("operator", "said", "given", "found"), QUESTIONS)
def test_search_around_midnight_in_jakarta(rpc, around_midnight, operator, said, given, found):
    domain = [["ref", "=", "RD"], ["create_date", operator, said]]
    rows = rpc("res.partner", "search_read", domain, ["name"], order="create_date", context=given)
    assert [row["name"] for row in rows] == found.split()


def test_a_column_of_days_is_compared_by_the_day_it_is_in_the_zone(rpc, around_midnight):
    rate = {"currency_id": 1, "rate": 2}
    ids = [
        rpc("res.currency.rate", "create", {**rate, "name": day})
        for day in ("2026-03-09", "2026-03-10")
    ]
    mine = ["id", "in", ids]
    assert rpc("res.currency.rate", "search", [mine, ["name", "=", "today"]]) == [ids[1]]
    assert rpc("res.currency.rate", "search", [mine, ["name", "<", "today"]]) == [ids[0]]
    utc = {"tz": "UTC"}
    assert rpc("res.currency.rate", "search", [mine, ["name", "=", "today"]], context=utc) == [
        ids[0]
    ]


PARTS = [
    ("create_date.day_of_month", 10, "midnight early noon"),
    ("create_date.day_of_week", 1, "late"),
    ("create_date.hour_number", 0, "midnight early tomorrow"),
    ("create_date.month_number", 3, "late midnight early noon tomorrow"),
    ("create_date.year_number", 2026, "late midnight early noon tomorrow"),
]


@pytest.mark.parametrize(("part", "value", "found"), PARTS)
def test_parts_of_moments_are_cut_in_the_zone(rpc, around_midnight, part, value, found):
    domain = [["ref", "=", "RD"], [part, "=", value]]
    rows = rpc(
        "res.partner",
        "search_read",
        domain,
        ["name"],
        order="create_date",
        context={"tz": "Asia/Jakarta"},
    )
    assert [row["name"] for row in rows] == found.split()
