"""Processes that nobody of ours keeps, as under systemd: they are renewed when modules have changed, or end for it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time

import httpx
import pytest

from erpsite.launch.places import ROOT
from tests.aside import Aside
from tests.handmade import module
from tests.living_house import free_port

pytestmark = [pytest.mark.slow, pytest.mark.lives]
PATIENCE = 90
SERVING = (
    "SELECT application_name FROM pg_stat_activity"
    " WHERE application_name LIKE 'niaga web %' AND datname = current_database()"
)


@pytest.fixture
def aside(tmp_path, django_db_setup):
    """A database with the modules of the house, and a place for packages."""
    aside = Aside(tmp_path / "var")
    (tmp_path / "site").mkdir()
    aside.environment["PYTHONPATH"] += os.pathsep + str(tmp_path / "site")
    yield aside
    aside.close()


@pytest.fixture
def begin(aside, tmp_path):
    """Begins a program beside the database, and ends it."""
    begun = []

    def begin(*words):
        with (tmp_path / "said.txt").open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env={**aside.environment, "NIAGA_ALLOWED_HOSTS": "localhost"},
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_granian_gets_new_workers(aside, begin, tmp_path):
    port = free_port()
    words = ("--interface", "wsgi", "--port", str(port), "--workers-kill-timeout", "5", "--no-ws")
    master = begin("granian", *words, "erpsite.wsgi:application")
    until(lambda: is_open(port), tmp_path)
    before = workers(aside)
    module(tmp_path / "site", "one")
    aside.manage("modules", "install", "one")
    until(lambda: is_open(port) and not before & workers(aside), tmp_path)
    assert master.poll() is None
    assert len(workers(aside)) == 1


def test_celerys_worker_and_clock_end_and_can_be_started_again(aside, begin, tmp_path):
    app = ("celery", "--app", "erpsite.celery", "--quiet")
    started = [
        begin(*app, "worker", "--pool", "solo", "--loglevel", "INFO"),
        begin(*app, "beat", "--pidfile=", "--schedule", str(tmp_path / "beat")),
    ]
    until(lambda: aside.ask(SERVING.replace("web", "consumer")), tmp_path)
    until(lambda: aside.ask(SERVING.replace("web", "service")), tmp_path)
    module(tmp_path / "site", "one")
    aside.manage("modules", "install", "one")
    until(lambda: all(process.poll() is not None for process in started), tmp_path)
    assert [process.returncode for process in started] == [0, 0]


def workers(aside):
    """The processes that serve."""
    return {int(re.findall(r":(\d+)$", name)[0]) for (name,) in aside.ask(SERVING)}


def is_open(port):
    try:
        return httpx.get(f"http://localhost:{port}/web/health", timeout=10).status_code == 200
    except httpx.HTTPError:
        return False


def until(happens, folder):
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, (folder / "said.txt").read_text()
        time.sleep(0.2)
