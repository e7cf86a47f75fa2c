"""The embedded servers: shared, found again, and brought back after every kind of sudden death."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from erpsite.launch.places import ROOT
from erpsite.launch.processes import runs
from erpsite.launch.servers import Servers

pytestmark = pytest.mark.once

USE = """
import sys, time
from pathlib import Path
from erpsite.launch.servers import Servers
with Servers(Path(sys.argv[1]), for_tests=True) as servers:
    print(servers.environment["DATABASE_URL"], flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture(autouse=True)
def no_servers_given(monkeypatch):
    """The tests' own servers are not these."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


def answers(url):
    with psycopg.connect(url) as line:
        return line.execute(
            "select current_user, current_setting('server_version_num')::int / 10000"
        ).fetchone()


def process(home):
    return int((home / "postgres" / "postmaster.pid").read_text().split("\n")[0])


def test_servers_start_serve_and_stop(home):
    with Servers(home, for_tests=True) as servers:
        assert answers(servers.environment["DATABASE_URL"]) == ("niaga", 18)
        pid = process(home)
    assert not runs(pid)


def test_the_role_niaga_is_no_superuser(home):
    with (
        Servers(home, for_tests=True) as servers,
        psycopg.connect(servers.environment["DATABASE_URL"]) as line,
    ):
        asked = line.execute(
            "select rolsuper, rolcreatedb from pg_roles where rolname = current_user"
        )
        assert asked.fetchone() == (False, True)


def test_four_that_start_at_once_share_one_server_and_the_last_one_stops_it(home):
    command = [sys.executable, "-c", USE, str(home), "1"]

    def use(_number):
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(use, range(4)))
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 4
    assert len({one.stdout for one in done}) == 1
    assert not (home / "postgres" / "postmaster.pid").exists()


def test_servers_that_were_killed_are_brought_back_with_what_was_committed(home):
    with Servers(home) as servers:
        url = servers.environment["DATABASE_URL"]
        with psycopg.connect(url) as line:
            line.execute("create table kept (id int)")
        assert servers.revive() == []
        os.kill(process(home), signal.SIGKILL)
        wait_until_gone(process(home))
        assert servers.revive() == ["PostgreSQL"]
        with psycopg.connect(url) as line:
            assert line.execute("select count(*) from kept").fetchone() == (0,)


def test_servers_of_a_killed_user_are_taken_over_and_stopped_by_the_next(home):
    first = subprocess.Popen(
        [sys.executable, "-c", USE, home, "60"], cwd=ROOT, stdout=subprocess.PIPE
    )
    url = first.stdout.readline().decode().strip()
    first.kill()
    first.wait()
    first.stdout.close()
    pid = process(home)
    assert answers(url) == ("niaga", 18)
    with Servers(home, for_tests=True):
        assert process(home) == pid
    assert not runs(pid)


def test_a_number_left_behind_that_is_now_somebody_elses_does_no_harm(home):
    with Servers(home, for_tests=True):
        pass
    (home / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{home / 'postgres'}\n")
    with Servers(home, for_tests=True) as servers:
        assert answers(servers.environment["DATABASE_URL"]) == ("niaga", 18)


def test_servers_named_by_the_environment_are_used_and_none_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://niaga@db.example/niaga")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example")
    with Servers(tmp_path / "var") as servers:
        assert servers.environment == {
            "DATABASE_URL": "postgresql://niaga@db.example/niaga",
            "REDIS_URL": "redis://cache.example",
        }
    assert list(tmp_path.iterdir()) == []


def wait_until_gone(pid):
    end = time.monotonic() + 5
    while runs(pid) and time.monotonic() < end:
        time.sleep(0.02)
