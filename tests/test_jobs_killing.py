"""Everything that jobs stand on is killed while they run: each is done all the same, and once."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from erpsite.launch.places import ROOT, made
from erpsite.launch.processes import runs
from erpsite.launch.servers import Servers
from erpsite.launch.supervisor import Child, Supervisor
from erpsite.launch.surroundings import for_django

pytestmark = pytest.mark.slow

PATIENCE = 120
RESUMED_WITHIN = 60
QUEUE = [sys.executable, "-m", "celery", "--app", "tests.killing.queue", "--quiet"]


class House:
    """A database, a broker, a worker with two processes and a clock, all alive and watched over."""

    def __init__(self, home, monkeypatch):
        for name in ("DATABASE_URL", "REDIS_URL", "PYTEST_VERSION", "DJANGO_SETTINGS_MODULE"):
            monkeypatch.delenv(name, raising=False)
        self.home = home
        self.servers = Servers(home)
        self.servers.start()
        self.environment = for_django(self.servers.environment, home, demo=True)
        self.supervisor = Supervisor(self.servers, self.environment)
        self._watch = threading.Thread(target=self.supervisor.watch, daemon=True)

    def open(self):
        self.python("-m", "erpsite.launch.inside", "migrate")
        with self.database() as database:
            for table in ("killing_begun", "killing_ended"):
                database.execute(f"CREATE TABLE {table} (number int)")
        logs = made(self.home / "log")
        worker = [*QUEUE, "worker", "--concurrency", "2", "--loglevel", "INFO"]
        self.worker = Child("worker", worker, logs / "worker.log")
        self.beat = Child("beat", [*QUEUE, "beat", "--pidfile="], logs / "beat.log")
        for child in (self.worker, self.beat):
            self.supervisor.add(child)
        self._watch.start()

    def close(self):
        self.supervisor._stopping = 1
        if self._watch.is_alive():
            self._watch.join(30)
        self.supervisor.stop()
        self.servers.stop()

    def python(self, *words, **environment):
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def database(self):
        return psycopg.connect(self.servers.environment["DATABASE_URL"], autocommit=True)

    def ask(self, sql, *values):
        """Rows of the database; it may be away for a moment."""
        end = time.monotonic() + 20
        while True:
            try:
                with self.database() as database:
                    return database.execute(sql, values).fetchall()
            except psycopg.OperationalError:
                assert time.monotonic() < end
                time.sleep(0.1)

    def done(self):
        return self.ask("SELECT count(*) FROM base_jobrun WHERE state = 'done'")[0][0]

    def running(self):
        """The runs under way, by the number of the process that is at each."""
        rows = self.ask("SELECT id, worker FROM base_jobrun WHERE state = 'running'")
        return {int(worker.rpartition(":")[2]): run for run, worker in rows}

    def until(self, happens, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while not (found := happens()):
            assert time.monotonic() < end, (self.home / "log" / "worker.log").read_text()[-4000:]
            time.sleep(0.1)
        return found


@pytest.fixture(scope="module")
def house(home):
    with pytest.MonkeyPatch.context() as monkeypatch:
        house = House(home, monkeypatch)
        try:
            house.open()
            yield house
        finally:
            house.close()


def test_every_job_is_done_once_whatever_is_killed(house):
    house.python("-m", "tests.killing.queue", "0", "200")
    killed = {}
    for number, kill in enumerate((broker, process, group, database), start=1):
        house.until(lambda goal=25 * number: house.done() >= goal)
        stuck = house.until(house.running)
        kill(house, stuck)
        killed[kill.__name__] = (datetime.now(UTC), list(stuck.values()))
    house.until(lambda: house.done() == 200)

    states = house.ask("SELECT state, count(*) FROM base_jobrun GROUP BY 1")
    assert states == [("done", 200)]
    for table in ("killing_begun", "killing_ended"):
        rows = house.ask(f"SELECT count(*), count(DISTINCT number) FROM {table}")
        assert rows == [(200, 200)]
    resumed = {name: last_done(house, stuck, moment) for name, (moment, stuck) in killed.items()}
    assert {name: seconds for name, seconds in resumed.items() if seconds > RESUMED_WITHIN} == {}


def test_a_process_that_slept_through_its_lease_has_no_effect(house):
    before = house.done()
    house.python("-m", "tests.killing.queue", "1000", "60")
    sleeper, _run = next(iter(house.until(house.running).items()))
    os.kill(sleeper, signal.SIGSTOP)
    house.until(lambda: house.done() == before + 60, seconds=RESUMED_WITHIN)
    os.kill(sleeper, signal.SIGCONT)
    time.sleep(2)
    rows = house.ask(
        "SELECT count(*), count(DISTINCT number) FROM killing_ended WHERE number >= 1000"
    )
    assert rows == [(60, 60)]


def test_what_is_asked_for_while_the_broker_is_away_is_found(house):
    before = house.done()
    nowhere = "unix:///nowhere/valkey.sock"
    told = house.python("-m", "tests.killing.queue", "2000", "3", REDIS_URL=nowhere)
    seconds = float(told.split()[-1])  # of the asking alone: a busy machine starts Python slowly
    assert seconds < 20
    house.until(lambda: house.done() == before + 3, seconds=RESUMED_WITHIN)


def broker(house, _stuck):
    kill(*found("valkey-server", str(house.home)))


def process(_house, stuck):
    kill(min(stuck))


def group(house, _stuck):
    os.killpg(house.worker.process.pid, signal.SIGKILL)


def database(house, _stuck):
    pid = int(
        (house.servers._embedded["PostgreSQL"].data / "postmaster.pid").read_text().split()[0]
    )
    kill(pid)


def kill(*pids):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    while any(runs(pid) for pid in pids):
        time.sleep(0.01)


def found(*words):
    numbers = [int(place.name) for place in Path("/proc").glob("[0-9]*")]
    pids = [pid for pid in numbers if runs(pid, *words)]
    assert pids
    return pids


def last_done(house, stuck, moment):
    [(last,)] = house.ask("SELECT max(finished_at) FROM base_jobrun WHERE id = ANY(%s)", stuck)
    return round((last - moment).total_seconds(), 1)
