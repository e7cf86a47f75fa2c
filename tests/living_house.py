"""A house that really runs, for tests that meet it as people, programs and operators do."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import httpx
import psycopg

from erpsite.launch.places import ROOT

PATIENCE = 240
OURS = ("DATABASE_URL", "REDIS_URL", "PYTEST_", "DJANGO_", "NIAGA_", "_NIAGA_")


class LivingHouse:
    """`./niaga run` in a directory of its own, with packages of its own beside ours."""

    def __init__(self, home, site, **environment):
        self.home = home
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = {
            **kept,
            "NIAGA_DATA": str(home),
            "NIAGA_PORT": str(self.port),
            "PYTHONPATH": str(site),
            **environment,
        }
        self.said = home / "said.txt"
        self._clients = []

    def start(self):
        """Start it, and wait until it serves."""
        with self.said.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "niaga", "run"],
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            self.wait_until(self.is_open)
        except BaseException:
            self.stop()
            raise

    def stop(self):
        """Stop it as Ctrl-C does, and whatever is left of it."""
        for client in self._clients:
            client.close()
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(60)
        self.process.kill()
        subprocess.run(
            [sys.executable, ROOT / "niaga", "stop"],
            env=self.environment,
            check=True,
            capture_output=True,
        )

    def is_open(self):
        """Whether it serves."""
        assert self.process.poll() is None, self.said.read_text()
        try:
            return httpx.get(f"{self.address}/web/health", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    def wait_until(self, happens):
        """Wait for something; fails with all that the house has said."""
        end = time.monotonic() + PATIENCE
        while not happens():
            assert time.monotonic() < end, self.told()
            time.sleep(0.2)

    def told(self):
        """What the house has said, everywhere."""
        logs = sorted((self.home / "log").glob("*.log"))
        return "\n".join(f"== {log.name}\n{log.read_text()[-4000:]}" for log in [self.said, *logs])

    def manage(self, *words, refused=False):
        """One of the operator's commands; answers what it printed."""
        done = subprocess.run(
            [sys.executable, ROOT / "niaga", "manage", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert bool(done.returncode) == refused, f"{done.stdout}\n{done.stderr}\n{self.told()}"
        return done.stderr if refused else done.stdout

    def modules(self):
        """What `modules list` tells, by name."""
        cards = json.loads(self.manage("modules", "list", "--json"))
        return {card["name"]: card for card in cards}

    def ask(self, question, *values):
        """The rows that answer a question in SQL."""
        with psycopg.connect(self._database()) as line:
            return line.execute(question, values).fetchall()

    def client(self, **options):
        """Connections to it, closed at its end at the latest."""
        client = httpx.Client(base_url=self.address, **options)
        self._clients.append(client)
        return client

    def browser(self, login="admin"):
        """Somebody signed in to the pages."""
        return Browser(self, login)

    def program(self):
        """A program that speaks JSON-RPC, as the administrator."""
        return Program(self)

    def _database(self):
        return f"postgresql://niaga@/niaga?host={self.home}/postgres.sock.d"


class Browser:
    """Pages as they come over HTTP: signed in, following redirects, with the token that forms need."""

    def __init__(self, house, login):
        self.house = house
        self.client = house.client(timeout=60, follow_redirects=True)
        self.client.get("/accounts/login/")
        answer = self.post("/accounts/login/", login=login, password=login)
        assert answer.url.path == "/home/", answer.text

    def get(self, path):
        """A page, when the house is open to serve it."""
        answer = self.client.get(path)
        while answer.status_code == 503:
            assert int(answer.headers["Retry-After"]) > 0
            time.sleep(0.5)
            answer = self.client.get(path)
        return answer

    def post(self, path, files=None, **data):
        """Send a form."""
        token = {"csrfmiddlewaretoken": self.client.cookies["csrftoken"]}
        referer = {"Referer": f"{self.house.address}/"}
        return self.client.post(path, data={**data, **token}, files=files, headers=referer)

    def follow(self, answer):
        """Stay on a page that asks to be loaded again, through everything, until it has ended; answers it then."""
        path = answer.url.path
        end = time.monotonic() + PATIENCE
        while "Refresh" in answer.headers:
            assert time.monotonic() < end, self.house.told()
            time.sleep(0.3)
            with contextlib.suppress(httpx.TransportError):
                answer = self.client.get(path)
            assert answer.status_code in {200, 503}, answer.text
        return answer


class Program:
    """JSON-RPC, one call after the other."""

    def __init__(self, house):
        self.house = house
        self.client = house.client(timeout=60)

    def __call__(self, model, method, *args, **kwargs):
        """Call a method; a fault is raised as `Fault`."""
        arguments = ["niaga", 2, "admin", model, method, list(args), kwargs]
        params = {"service": "object", "method": "execute_kw", "args": arguments}
        body = {"jsonrpc": "2.0", "id": 1, "method": "call", "params": params}
        answer = self.client.post("/jsonrpc", json=body).json()
        if "error" in answer:
            raise Fault(answer["error"]["data"]["message"])
        return answer.get("result")


class Fault(Exception):
    """What the house answered instead of a result."""


def text_of(answer):
    """A page in one line."""
    return re.sub(r"\s+", " ", answer.text)


def host_of(house):
    """Host and port, for clients that want them apart."""
    return urlsplit(house.address).hostname, house.port


def free_port():
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        return line.getsockname()[1]
