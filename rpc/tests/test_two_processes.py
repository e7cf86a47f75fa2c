"""Two web processes, each with its own memory of who proved who they are: what changes in one counts in both at once."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from urllib.parse import quote, urlencode

import httpx
import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from base.actors import Actor
from base.models import Company, User
from base.services import api_keys
from erpsite.launch.places import ROOT
from rpc.tests.conftest import SECRET

PATIENCE = 120
NEW = "rumah-baru-88"

pytestmark = pytest.mark.slow


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One web process, and programs that talk to it."""

    def __init__(self, database_url):
        self.port = free_port()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--no-ws", "--log-level", "error"]
        self.process = subprocess.Popen(
            [*command, "erpsite.wsgi:application"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url},
        )
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)

    def wait(self):
        """Wait until it serves."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(httpx.HTTPError):
                if self.http.get("/web/health").status_code == 200:
                    return
            time.sleep(0.2)
        raise TimeoutError(f"The web process on port {self.port} does not serve.")

    def stop(self):
        """End it."""
        self.http.close()
        self.process.terminate()
        self.process.wait(20)

    def opens(self, user_id, secret):
        """Whether a password or key opens `execute_kw`."""
        args = [settings.RPC_DATABASE_NAME, user_id, secret, "res.users", "context_get", []]
        params = {"service": "object", "method": "execute_kw", "args": args}
        answer = self.http.post("/jsonrpc", json={"id": 1, "params": params}).json()
        if "error" in answer:
            assert answer["error"]["data"]["name"] == "odoo.exceptions.AccessDenied"
            return False
        return answer["result"]["uid"] == user_id

    def bears(self, key):
        """What a bearer is answered: the status."""
        headers = {"Authorization": f"bearer {key}"}
        return self.http.post("/json/2/res.users/context_get", json={}, headers=headers).status_code


@pytest.fixture
def admin(transactional_db):
    found = User.objects.get(username="admin")
    found.set_password(SECRET)
    found.save()
    found.companies.set(Company.objects.all())
    return found


@pytest.fixture
def two(admin):
    """Two web processes on the database of the test."""
    known = connection.settings_dict
    where = {name.lower(): known[name] for name in ("HOST", "PORT") if known[name]}
    who = quote(known["USER"]) + (f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else "")
    url = f"postgresql://{who}@/{known['NAME']}?{urlencode(where)}"
    processes = [Process(url), Process(url)]
    try:
        for one in processes:
            one.wait()
        yield processes
    finally:
        for one in processes:
            one.stop()


def changed_behind_their_backs(user, password):
    """Write a password that no process is told of."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_user DISABLE TRIGGER USER")
        User.objects.filter(pk=user.pk).update(password=make_password(password))
        cursor.execute("ALTER TABLE base_user ENABLE TRIGGER USER")


def test_what_ends_in_one_process_ends_in_the_other_at_once(two, admin):
    one, other = two
    key = api_keys.issue(name="both", by=Actor.of(admin))
    for process in two:
        assert (process.opens(admin.pk, SECRET), process.bears(key[1])) == (True, 200)

    changed_behind_their_backs(admin, NEW)
    assert [process.opens(admin.pk, SECRET) for process in two] == [True, True]  # both remember

    changed_behind_their_backs(admin, SECRET)
    args = [settings.RPC_DATABASE_NAME, admin.pk, SECRET, "res.users", "change_password"]
    params = {"service": "object", "method": "execute_kw", "args": [*args, [SECRET, NEW]]}
    answer = one.http.post("/jsonrpc", json={"id": 1, "params": params}).json()
    assert answer["result"] is True
    assert [process.opens(admin.pk, SECRET) for process in two] == [False, False]
    assert [process.opens(admin.pk, NEW) for process in two] == [True, True]

    assert [process.bears(key[1]) for process in two] == [200, 200]
    admin.refresh_from_db()
    api_keys.revoke(type(key[0]).objects.filter(pk=key[0].pk), by=Actor.of(admin))
    assert [process.bears(key[1]) for process in two] == [401, 401]
    assert [process.opens(admin.pk, key[1]) for process in two] == [False, False]

    User.objects.filter(pk=admin.pk).update(is_active=False)
    assert [process.opens(admin.pk, NEW) for process in two] == [False, False]
    assert other.http.get("/web/health").status_code == 200
