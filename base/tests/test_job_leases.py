"""Leases: who may run a job, and what becomes of a worker that was not heard of."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from base import jobs
from base.actors import Actor
from base.jobs import leases, queue, registry
from base.models import JobRun, Parameter
from base.services import jobs as steering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def system():
    return Actor.system(door="job")


@pytest.fixture
def declare(monkeypatch):
    monkeypatch.setattr(registry, "_jobs", dict(registry._jobs))
    return lambda name, function, **traits: jobs.job(name, **traits)(function)


class Bystander:
    """A job that writes a row, and then waits until the test lets it go on."""

    def __init__(self):
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()
        self.begun = 0

    def __call__(self, *, by):
        self.begun += 1
        number = self.begun
        if number == 1:
            Parameter.objects.create(key=f"test.{number}")
            self.has_begun.set()
            self.may_go_on.wait(30)
        jobs.progress(1, 2, "half way")
        Parameter.objects.create(key=f"test.effect.{number}")


@pytest.fixture
def slow(declare):
    """A job that the first worker to take it sleeps over."""
    job = Bystander()
    declare("test.slow", job)
    yield job
    job.may_go_on.set()


@pytest.fixture
def sleeper(system, slow):
    """A worker in the middle of that job, in a thread of its own."""
    row = jobs.enqueue("test.slow", by=system)

    def run():
        try:
            jobs.run(row.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert slow.has_begun.wait(10)
    yield row, thread
    slow.may_go_on.set()
    thread.join()


def outrun(row):
    """Let the lease of a run be over."""
    JobRun.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def effects():
    return list(Parameter.objects.filter(key__startswith="test.").values_list("key", flat=True))


def test_eight_workers_woken_at_once_run_each_job_once(system, declare):
    done = []
    declare("test.note", lambda *, by, n: done.append(n))
    for n in range(20):
        jobs.enqueue("test.note", by=system, n=n)

    def wake(_):
        try:
            jobs.work()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(wake, range(8)))

    assert sorted(done) == list(range(20))


def test_a_worker_that_slept_through_its_lease_writes_nothing(sleeper, slow):
    row, thread = sleeper
    outrun(row)
    assert jobs.take_back() == [row.pk]
    jobs.run(row.pk)
    slow.may_go_on.set()
    thread.join()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failures) == ("done", 2, 1)
    assert effects() == ["test.effect.2"]


def test_a_sleeper_whose_connection_lives_is_rolled_back_by_its_number(sleeper, slow, monkeypatch):
    row, thread = sleeper
    outrun(row)
    monkeypatch.setattr(queue, "END_TRANSACTIONS", "SELECT %s, %s::int[]")
    assert jobs.take_back() == [row.pk]
    threading.Timer(1, slow.may_go_on.set).start()
    jobs.run(row.pk)  # waits for the sleeper's transaction
    thread.join()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 2)
    assert effects() == ["test.effect.2"]


def test_take_back_leaves_runs_whose_lease_holds(sleeper):
    row, _thread = sleeper
    assert jobs.take_back() == []
    row.refresh_from_db()
    assert row.state == "running"


def test_a_worker_renews_its_lease_while_it_works(system, slow, declare, monkeypatch):
    monkeypatch.setattr(leases, "HEARTBEAT", 0.05)
    row = jobs.enqueue("test.slow", by=system)

    def run():
        try:
            jobs.run(row.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert slow.has_begun.wait(10)
    row.refresh_from_db()
    first = row.lease_until
    until(lambda: JobRun.objects.get(pk=row.pk).lease_until > first)
    slow.may_go_on.set()
    thread.join()


def test_a_run_that_loses_its_worker_too_often_is_given_up(system):
    row = jobs.enqueue("base.sweep", by=system)
    states = []
    for _loss in range(queue.LOSSES):
        JobRun.objects.filter(pk=row.pk).update(
            state="running", lease_until=timezone.now() - timedelta(seconds=1)
        )
        jobs.take_back()
        row.refresh_from_db()
        states.append(row.state)
    assert states == ["queued"] * (queue.LOSSES - 1) + ["dead"]
    assert row.error == "Its worker was not heard of any more: it was killed, or it hung."


def test_progress_is_seen_while_the_job_runs_and_cancelling_undoes_it(system, declare, monkeypatch):
    monkeypatch.setattr(leases, "TELLING", 0.0)
    monkeypatch.setattr(leases, "HEARTBEAT", 0.05)
    seen = threading.Event()

    def count(*, by):
        Parameter.objects.create(key="test.counted")
        for n in range(1000):
            jobs.progress(n, 1000, "counting")
            seen.wait(0.02)

    declare("test.count", count)
    row = jobs.enqueue("test.count", by=system)

    def run():
        try:
            jobs.run(row.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: JobRun.objects.get(pk=row.pk).steps_done > 0)
    steering.cancel(JobRun.objects.filter(pk=row.pk), by=system)
    thread.join(10)
    row.refresh_from_db()
    assert (row.state, row.note) == ("cancelled", "counting")
    assert effects() == []


def test_a_job_in_steps_keeps_those_it_has_done(system, declare):
    def save(*, by):
        for n in range(3):
            with jobs.step():
                Parameter.objects.create(key=f"test.{n}")
                if n == 2:
                    raise ZeroDivisionError

    declare("test.save", save, whole=False, attempts=1)
    row = jobs.enqueue("test.save", by=system)
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.state == "dead"
    assert effects() == ["test.0", "test.1"]


def test_a_step_is_not_written_once_another_worker_has_the_job(system, declare):
    def save(*, by):
        JobRun.objects.update(attempts=7)
        with jobs.step():
            Parameter.objects.create(key="test.late")

    declare("test.save", save, whole=False)
    jobs.run(jobs.enqueue("test.save", by=system).pk)
    assert effects() == []


def until(happens):
    end = time.monotonic() + 10
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.02)
