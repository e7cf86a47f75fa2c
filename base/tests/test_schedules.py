"""Schedules: from manifests to rows, from rows to the clock, in company time."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import translation
from django_celery_beat.models import PeriodicTask

from base.models import Company, ScheduledJob
from base.schedules import checked, described, keep_clocks, load_schedules, next_run
from base.services import jobs as steering

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 5, 0, 20, tzinfo=UTC)  # in Jakarta


@pytest.fixture
def sweep():
    return ScheduledJob.objects.get(key="base.sweep")


def clock():
    return PeriodicTask.objects.get(name="base.sweep")


def test_manifest_schedules_become_rows_and_clocks(sweep):
    assert (sweep.task, clock().task, clock().kwargs) == (
        "base.sweep",
        "base.start_scheduled",
        '{"key": "base.sweep"}',
    )
    assert str(clock().crontab.timezone) == "Asia/Jakarta"


def test_loading_schedules_again_leaves_what_was_changed(sweep):
    ScheduledJob.objects.filter(pk=sweep.pk).update(is_active=False, cron="5 5 * * *")
    load_schedules(apps.get_app_config("base"))
    sweep.refresh_from_db()
    assert (sweep.is_active, sweep.cron, sweep.next_run_at) == (False, "5 5 * * *", None)
    assert (clock().enabled, clock().crontab.hour) == (False, "5")


@pytest.mark.parametrize(
    ("cron", "zone", "expected"),
    [
        ("15 2 * * *", "Asia/Jakarta", "2026-03-03 02:15+07:00"),
        ("15 2 * * *", "Asia/Jayapura", "2026-03-03 02:15+09:00"),
        ("*/10 * * * *", "Asia/Jakarta", "2026-03-02 12:10+07:00"),
        ("0 8 * * 1", "Asia/Jakarta", "2026-03-09 08:00+07:00"),
        ("0 0 29 2 *", "Asia/Jakarta", "2028-02-29 00:00+07:00"),
    ],
)
def test_next_run_is_in_the_companys_time(cron, zone, expected):
    assert next_run(cron, zone, now=NOON).isoformat(" ", "minutes") == expected


@pytest.mark.parametrize("cron", ["often", "61 * * * *", "0 0 31 2 *", "* * * *", "0 0 * * frog"])
def test_checked_refuses_what_the_clock_does_not_understand(cron):
    with pytest.raises(ValidationError):
        checked(cron)


def test_checked_keeps_one_space_between():
    assert checked("  5  4 * *   mon ") == "5 4 * * mon"


@pytest.mark.parametrize(
    ("cron", "english", "indonesian"),
    [
        ("15 2 * * *", "every day at 02:15", "setiap hari pukul 02:15"),
        ("*/10 * * * *", "every 10 minutes", "setiap 10 menit"),
        ("* * * * *", "every minute", "setiap 1 menit"),
        ("0 8 * * 1", "every Monday at 08:00", "setiap Senin pukul 08:00"),
        ("0 8 1 * *", "every month on day 1 at 08:00", "setiap bulan tanggal 1 pukul 08:00"),
        ("0 8 1 6 *", "0 8 1 6 *", "0 8 1 6 *"),
    ],
)
def test_described_says_it_in_words(cron, english, indonesian):
    assert described(cron) == english
    with translation.override("id"):
        assert described(cron) == indonesian


def test_keep_clocks_follows_the_company_to_another_time_zone(sweep):
    Company.objects.filter(pk=1).update(timezone="Asia/Jayapura")
    assert keep_clocks() == ScheduledJob.objects.count()
    assert str(clock().crontab.timezone) == "Asia/Jayapura"
    assert keep_clocks() == 0


def test_keep_clocks_sets_what_another_door_has_written(sweep):
    keep_clocks()
    ScheduledJob.objects.filter(pk=sweep.pk).update(is_active=False)
    assert keep_clocks() == 1
    assert not clock().enabled


def test_keep_clocks_asks_little_when_nothing_is_to_be_done(django_assert_num_queries):
    keep_clocks()
    with django_assert_num_queries(3):
        keep_clocks()


def test_a_pause_reaches_the_clock_at_once(admin, sweep):
    steering.switch(ScheduledJob.objects.filter(pk=sweep.pk), on=False, by=admin)
    assert not clock().enabled
    steering.switch(ScheduledJob.objects.filter(pk=sweep.pk), on=True, by=admin)
    assert clock().enabled
