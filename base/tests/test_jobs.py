"""Jobs: a row is the truth, the queue only wakes somebody up."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from celery import current_app
from django.apps import apps
from django.db import connection
from django_celery_beat.models import PeriodicTask

from base import jobs
from base.actors import Actor
from base.errors import Missing, Refused
from base.models import JobRun, ScheduledJob
from base.schedules import load_schedules

pytestmark = pytest.mark.django_db


class Unlucky(Refused):
    message = "Not today."


@pytest.fixture
def house():
    return Actor.system(door="job")


@pytest.fixture
def calls():
    """What the test jobs were called with."""
    made = []
    jobs.job("test.note")(
        lambda *, by, **given: made.append((by.user_id, given)) or {"noted": len(made)}
    )
    jobs.job("test.refuse")(_refuse)
    jobs.job("test.crash")(_crash)
    yield made
    for name in ("test.note", "test.refuse", "test.crash"):
        jobs._jobs.pop(name)


def _refuse(*, by):
    raise Unlucky


def _crash(*, by):
    raise ZeroDivisionError("secret detail")


def test_run_keeps_state_times_and_result(house, calls):
    row = jobs.enqueue("test.note", by=house, word="hello")

    jobs.run(row.pk)

    row.refresh_from_db()
    assert (row.state, row.result, row.attempts, row.error) == ("done", {"noted": 1}, 1, "")
    assert row.queued_at <= row.started_at <= row.finished_at
    assert calls == [(1, {"word": "hello"})]


def test_run_twice_does_the_work_once(house, calls):
    row = jobs.enqueue("test.note", by=house)
    jobs.run(row.pk)
    jobs.run(row.pk)
    assert len(calls) == 1


def test_a_refusal_is_kept_as_its_sentence(house, calls):
    row = jobs.enqueue("test.refuse", by=house)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "Not today.")


def test_a_crash_is_kept_without_its_details(house, calls, caplog):
    row = jobs.enqueue("test.crash", by=house)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    assert "secret detail" not in row.error
    support_id = row.error.rsplit(" ", 1)[1].rstrip(".")
    assert support_id in caplog.text


def test_an_unknown_job_fails_with_a_sentence(house):
    row = jobs.enqueue("test.nothing", by=house)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"


@pytest.mark.django_db(transaction=True)
def test_eight_workers_woken_at_once_run_a_job_once(house, calls):
    row = jobs.enqueue("test.note", by=house)

    def wake(_):
        try:
            jobs.run(row.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(wake, range(8)))

    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_enqueue_puts_a_wake_up_call_on_the_broker(house, calls):
    with current_app.connection_for_read() as broker, broker.SimpleQueue("celery") as queue:
        queue.clear()
        row = jobs.enqueue("test.note", by=house)
        message = queue.get(timeout=5)
        message.ack()

    assert message.headers["task"] == "base.run_job"
    assert message.payload[1] == {"run_id": row.pk}


def test_manifest_schedules_become_rows_and_clocks():
    job = ScheduledJob.objects.get(key="base.sweep")
    clock = PeriodicTask.objects.get(name="base.sweep")
    assert (job.task, clock.task, clock.kwargs) == (
        "base.sweep",
        "base.start_scheduled",
        '{"key": "base.sweep"}',
    )
    assert str(clock.crontab.timezone) == "Asia/Jakarta"


def test_loading_schedules_again_leaves_what_was_switched_off():
    ScheduledJob.objects.filter(key="base.sweep").update(is_active=False)
    load_schedules(apps.get_app_config("base"))
    assert not ScheduledJob.objects.get(key="base.sweep").is_active
    assert not PeriodicTask.objects.get(name="base.sweep").enabled


def test_start_runs_a_scheduled_job_now(house):
    row = jobs.start("base.sweep", by=house)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error) == (JobRun.State.DONE, "")
    assert {row.result["sessions"], row.result["runs"]} == {0}


def test_start_refuses_what_is_not_scheduled(house):
    with pytest.raises(Missing):
        jobs.start("nobody.knows", by=house)
