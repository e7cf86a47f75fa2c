"""A house to measure: servers, database and web processes of its own, apart from the one people use."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from erpsite.launch import assets
from erpsite.launch.places import ROOT, data_directory
from erpsite.launch.servers import Servers

PROCESSES = "2"
SECRET = "bench-only-29c1"  # noqa: S105 - opens a database that exists for measuring alone


@dataclass(frozen=True)
class House:
    """Where the measured house is."""

    port: int
    database_url: str


@contextlib.contextmanager
def open_house() -> Iterator[House]:
    """Bring the house up, and down again."""
    servers = Servers(data_directory() / "bench")
    servers.start()
    os.environ.update(servers.environment, NIAGA_DEMO="1", NIAGA_LOG_LEVEL="ERROR")
    os.environ.setdefault("NIAGA_SECRET_KEY", "bench")
    try:
        assets.build()
        steps = ["messages", "static", "migrate", "seed", "demo"]
        subprocess.run(
            [sys.executable, "-m", "erpsite.launch.inside", *steps], cwd=ROOT, check=True
        )
        port = _free_port()
        web = subprocess.Popen(_web(port), cwd=ROOT)
        try:
            _wait(port)
            yield House(port, os.environ["DATABASE_URL"])
        finally:
            web.terminate()
            web.wait(10)
    finally:
        servers.stop()


def _web(port: int) -> list[str]:
    return [
        *(
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ),
        *("--workers", PROCESSES, "--blocking-threads", "1", "--no-ws", "--log-level", "warning"),
        "erpsite.wsgi:application",
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(1800):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            line.request("GET", "/web/version")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise TimeoutError("The web processes did not come up.")
