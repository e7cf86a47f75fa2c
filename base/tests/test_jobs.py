"""Jobs: a row is the truth, the queue only wakes somebody up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from celery import current_app
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from kombu.exceptions import OperationalError as ConnectionFailed

from base import jobs
from base.actors import Actor
from base.errors import Missing, Refused
from base.jobs import registry
from base.models import JobRun, Parameter, ScheduledJob

pytestmark = pytest.mark.django_db


class Unlucky(Refused):
    message = "Not today."


@pytest.fixture
def system():
    return Actor.system(door="job")


@pytest.fixture
def declare(monkeypatch):
    """Declares jobs that are forgotten after the test."""
    monkeypatch.setattr(registry, "_jobs", dict(registry._jobs))
    return lambda name, function, **traits: jobs.job(name, **traits)(function)


@pytest.fixture
def calls(declare):
    """What the job `test.note` was called with."""
    made = []
    declare(
        "test.note",
        lambda *, by, **given: made.append((by.user_id, given)) or {"noted": len(made)},
    )
    return made


def raising(error):
    def function(*, by):
        Parameter.objects.create(key="test.half", value="half done")
        raise error

    return function


def ran(row):
    """The row after it was run."""
    jobs.run(row.pk)
    row.refresh_from_db()
    return row


def test_run_keeps_state_times_and_result(system, calls):
    row = ran(jobs.enqueue("test.note", by=system, word="hello"))
    assert (row.state, row.result, row.attempts, row.error) == ("done", {"noted": 1}, 1, "")
    assert row.queued_at <= row.started_at <= row.finished_at
    assert row.lease_until is None
    assert calls == [(1, {"word": "hello"})]


def test_run_twice_does_the_work_once(system, calls):
    row = jobs.enqueue("test.note", by=system)
    jobs.run(row.pk)
    jobs.run(row.pk)
    assert len(calls) == 1


def test_a_refusal_is_kept_as_its_sentence_and_not_tried_again(system, declare):
    declare("test.refuse", raising(Unlucky()))
    row = ran(jobs.enqueue("test.refuse", by=system))
    assert (row.state, row.error, row.failures) == ("failed", "Not today.", 1)
    assert not Parameter.objects.filter(key="test.half").exists()


def test_a_crash_is_tried_again_with_growing_pauses_and_then_given_up(system, declare, caplog):
    declare("test.crash", raising(ZeroDivisionError("secret detail")), delay=timedelta(minutes=1))
    row = jobs.enqueue("test.crash", by=system)
    pauses = []
    for state in ("queued", "queued", "dead"):
        assert ran(row).state == state
        pauses.append(round((row.run_after - timezone.now()).total_seconds(), -1))
    assert pauses[:2] == [60, 120]
    assert (row.attempts, row.failures) == (3, 3)
    assert "secret detail" not in row.error
    assert row.error.rsplit(" ", 1)[1].rstrip(".") in caplog.text
    assert not Parameter.objects.filter(key="test.half").exists()


def test_a_job_says_how_often_it_is_tried(system, declare):
    declare("test.crash", raising(ZeroDivisionError()), attempts=1)
    assert ran(jobs.enqueue("test.crash", by=system)).state == "dead"


def test_what_the_database_interrupts_is_always_tried_again(system, declare):
    declare("test.away", raising(OperationalError("server closed the connection")), attempts=1)
    row = jobs.enqueue("test.away", by=system)
    for _attempt in range(4):
        assert ran(row).state == "queued"
    assert (row.attempts, row.failures) == (4, 0)


def test_a_broken_rule_of_the_database_is_told_as_its_sentence(system, declare):
    declare(
        "test.twice",
        lambda *, by: [Parameter.objects.create(key="test.same") for _ in range(2)],
        attempts=1,
    )
    row = ran(jobs.enqueue("test.twice", by=system))
    assert (row.state, row.error) == ("dead", "The value for key already exists.")


def test_an_unknown_job_waits_for_its_module_and_is_then_given_up(system):
    row = jobs.enqueue("test.nothing", by=system)
    assert [ran(row).state for _attempt in range(3)] == ["queued", "queued", "dead"]
    assert row.error == "There is no job “test.nothing”. Is its module installed?"


def test_work_runs_the_most_urgent_first_and_leaves_what_is_for_later(system, calls):
    later = timezone.now() + timedelta(hours=1)
    jobs.enqueue("test.note", by=system, n="usual")
    jobs.enqueue("test.note", by=system, priority=1, n="urgent")
    jobs.enqueue("test.note", by=system, priority=1, run_after=later, n="later")
    assert jobs.work() == 2
    assert [given["n"] for _user, given in calls] == ["urgent", "usual"]


def test_one_unfinished_run_for_a_key(system, calls):
    first = jobs.enqueue("test.note", by=system, key="test.daily")
    assert jobs.enqueue("test.note", by=system, key="test.daily") == first
    jobs.run(first.pk)
    assert jobs.enqueue("test.note", by=system, key="test.daily") != first


def test_the_database_keeps_one_unfinished_run_for_a_key(system, calls):
    row = jobs.enqueue("test.note", by=system, key="test.daily")
    with pytest.raises(IntegrityError):
        JobRun.objects.create(task=row.task, key=row.key)


def test_a_job_acts_for_whoever_asked_in_the_same_companies(person, neighbour, declare):
    sari = person("sari", "Employee", language="id")
    sari.companies.add(neighbour)
    seen = []
    declare("test.who", lambda *, by: seen.append((by.user_id, by.company_ids, by.language)))
    actor = Actor.of(sari).for_companies([neighbour.pk])
    row = ran(jobs.enqueue("test.who", by=actor))
    assert seen == [(sari.pk, (neighbour.pk,), "id")]
    assert (row.user, row.asked_by) == (sari, sari)


def test_whoever_has_left_a_company_does_not_work_for_it_by_a_job(person, neighbour, declare):
    sari = person("sari", "Employee")
    sari.companies.add(neighbour)
    seen = []
    declare("test.who", lambda *, by: seen.append(by.company_ids))
    row = jobs.enqueue("test.who", by=Actor.of(sari).for_companies([neighbour.pk, 1]))
    sari.companies.remove(neighbour)
    jobs.run(row.pk)
    assert seen == [(1,)]


def test_progress_is_kept_with_the_outcome(system, declare):
    declare(
        "test.count", lambda *, by: [jobs.progress(n, 3, f"sheep {n}") for n in (1, 2, 3)] and None
    )
    row = ran(jobs.enqueue("test.count", by=system))
    assert (row.steps_done, row.steps_total, row.note) == (3, 3, "sheep 3")


def test_progress_outside_a_job_says_nothing():
    jobs.progress(1, 2)


def test_what_a_job_answers_may_hold_days_and_amounts(system, declare):
    declare("test.sum", lambda *, by: {"on": date(2026, 3, 2), "sum": Decimal("1.50")})
    assert ran(jobs.enqueue("test.sum", by=system)).result == {"on": "2026-03-02", "sum": "1.50"}


def test_start_runs_a_scheduled_job_as_the_house_for_whoever_asked(person):
    sari = person("sari", "Administrator")
    row = ran(jobs.start("base.sweep", by=Actor.of(sari)))
    assert (row.state, row.error, row.user, row.asked_by) == ("done", "", None, sari)
    assert row.job == ScheduledJob.objects.get(key="base.sweep")
    assert row.result["runs"] == 0


def test_start_answers_the_run_that_is_unfinished(system):
    assert jobs.start("base.sweep", by=system) == jobs.start("base.sweep", by=system)


def test_start_refuses_what_is_not_scheduled(system):
    with pytest.raises(Missing):
        jobs.start("nobody.knows", by=system)


@pytest.mark.django_db(transaction=True)
def test_enqueue_puts_a_wake_up_call_on_the_broker_once_it_is_committed(system, calls):
    with current_app.connection_for_read() as broker, broker.SimpleQueue("celery") as queue:
        queue.clear()
        jobs.enqueue("test.note", by=system)
        message = queue.get(timeout=5)
        message.ack()

    assert message.headers["task"] == "base.work"


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_does_not_stop_the_commit(system, calls, monkeypatch, caplog):
    def away(*_args, **_options):
        raise ConnectionFailed("Connection refused")

    monkeypatch.setattr(current_app, "send_task", away)
    row = jobs.enqueue("test.note", by=system)
    assert JobRun.objects.get().pk == row.pk
    assert "No worker could be woken: Connection refused" in caplog.text
