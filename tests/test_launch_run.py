"""`./niaga run` as a person meets it: it comes up, survives what befalls it, and leaves nothing behind."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from erpsite.launch.places import ROOT
from erpsite.launch.processes import runs

pytestmark = pytest.mark.slow
PATIENCE = 240
_PATIENCE_OF_GRANIAN = 8


@pytest.fixture(scope="module")
def surroundings(home):
    """The environment of an operator with a secret and a password of their own."""
    hidden = {
        "DATABASE_URL",
        "REDIS_URL",
        "PYTEST_VERSION",
        "PYTEST_XDIST_WORKER",
        "DJANGO_SETTINGS_MODULE",
    }
    return {name: value for name, value in os.environ.items() if name not in hidden} | {
        "NIAGA_DATA": str(home),
        "NIAGA_SECRET_KEY": "kP3x-9fJq_L2mVb7TzR8wYc5NdH4sGa6",
        "NIAGA_ADMIN_PASSWORD": "kelapa-muda-hijau",
        "NIAGA_PORT": str(free_port()),
    }


@pytest.fixture
def start(home, surroundings):
    """Starts the house, and ends it whatever the test did."""
    started = []

    def start():
        with (home / "said.txt").open("ab") as output:
            niaga = subprocess.Popen(
                [sys.executable, ROOT / "niaga", "run", "--no-demo"],
                env=surroundings,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        started.append(niaga)
        until(lambda: is_healthy(surroundings) or niaga.poll() is not None, home)
        assert niaga.poll() is None, (home / "said.txt").read_text()
        return niaga

    yield start
    for niaga in started:
        niaga.kill()
        niaga.wait()
    subprocess.run(
        [sys.executable, ROOT / "niaga", "stop"], env=surroundings, check=True, capture_output=True
    )


@pytest.mark.lives
def test_run_survives_every_sudden_death_and_leaves_nothing_behind(home, surroundings, start):
    niaga = start()
    again = subprocess.run(
        [sys.executable, ROOT / "niaga", "run", "--no-demo"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 1
    assert f"Niaga already runs from {home}, at http://127.0.0.1:" in again.stderr
    for words in (
        ["erpsite.serving"],
        ["celery", "worker"],
        ["celery", "beat"],
        ["bin/postgres"],
        ["valkey-server"],
    ):
        until(lambda words=words: processes(home, *words), home)
        victim = min(processes(home, *words))
        os.kill(victim, signal.SIGKILL)
        until(lambda victim=victim: not runs(victim), home)
        until(lambda words=words: processes(home, *words), home)
        until(lambda: is_healthy(surroundings), home)
    niaga.send_signal(signal.SIGINT)
    assert niaga.wait(30) == 0
    assert processes(home) == []


def test_a_killed_launcher_leaves_the_port_free_and_its_servers_to_the_next(
    home, surroundings, start
):
    start().kill()
    until(lambda: not processes(home, "erpsite.serving") and not processes(home, "celery"), home)
    servers = processes(home)
    assert len(servers) > 1
    niaga = start()
    assert set(servers) <= set(processes(home))
    with many_listening(surroundings) as told:
        assert is_healthy(surroundings)
        begun = time.monotonic()
        niaga.send_signal(signal.SIGTERM)
        assert niaga.wait(30) == 0
        assert time.monotonic() - begun < _PATIENCE_OF_GRANIAN
        assert all(one.read().startswith(b'data: {"counts"') for one in told)
    assert processes(home) == []


@contextlib.contextmanager
def many_listening(surroundings, number=8):
    """More pages that listen than there are threads to serve pages."""
    address = f"http://127.0.0.1:{surroundings['NIAGA_PORT']}"
    with httpx.Client(base_url=address, timeout=30) as page, contextlib.ExitStack() as stack:
        page.get("/accounts/login/")
        known = {"login": "admin", "password": "kelapa-muda-hijau"}
        token = {"csrfmiddlewaretoken": page.cookies["csrftoken"]}
        signed_in = page.post("/accounts/login/", data=known | token, headers={"Referer": address})
        assert signed_in.status_code == 302
        opened = []
        end = time.monotonic() + 60  # nobody may listen before it is known that somebody announces
        while len(opened) < number and time.monotonic() < end:
            answer = stack.enter_context(page.stream("GET", "/live/stream/"))
            opened += [answer] if answer.status_code == 200 else []
        assert len(opened) == number
        yield opened


def is_healthy(surroundings):
    line = http.client.HTTPConnection("127.0.0.1", int(surroundings["NIAGA_PORT"]), timeout=5)
    try:
        line.request("GET", "/web/health")
        return line.getresponse().read() == b'{"status": "pass"}'
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def processes(home, *words):
    """The numbers of the living processes of this house, told by their environment or their command line."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            told = (place / "environ").read_bytes() + (place / "cmdline").read_bytes()
        except (OSError, ProcessLookupError):
            continue
        if os.fsencode(home) in told and runs(int(place.name), *words):
            found.append(int(place.name))
    return found


def until(happens, home):
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, (home / "said.txt").read_text()
        time.sleep(0.1)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as line:
        return line.getsockname()[1]
