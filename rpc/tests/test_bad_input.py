"""Hostile input through every transport: the contract's refusal, nothing changed, no secret told, and a door that still works.

In the suite this is about a thousand calls; `make siege` sends ten thousand.
"""

import json
import logging

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from base.actors import Actor
from base.models import Company, User
from base.services import api_keys, credentials
from rpc import throttle
from rpc.tests.conftest import SECRET, Program
from rpc.tests.hostile import Transport
from rpc.tests.nearly_sound import calls

pytestmark = pytest.mark.once
TRANSPORTS = ["jsonrpc", "call_kw", "json2", "xml1", "xml2"]
STATUSES = {200, 400, 401, 403, 404, 409, 413, 415, 422, 500}
CHANGED = """
SELECT (SELECT count(*) FROM base_verbrun), (SELECT coalesce(max(id), 0) FROM base_verbrun),
       (SELECT count(*) FROM base_change), (SELECT count(*) FROM base_partner),
       (SELECT count(*) FROM base_user), (SELECT count(*) FROM base_externalid)
"""
hard = effort(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def admin(transactional_db):
    """An administrator, on a database of their own: what fails is to be undone by the door, not by the test."""
    found = User.objects.get(username="admin")
    found.set_password(SECRET)
    found.save()
    found.companies.set(Company.objects.all())
    return found


@pytest.fixture
def key(admin):
    return api_keys.issue(name="siege", by=Actor.of(admin))[1]


@pytest.fixture(params=TRANSPORTS)
def transport(request, admin, key):
    """One transport, signed in."""
    program = Program(admin.pk)
    found = Transport(request.param, program, key)
    if request.param == "call_kw":
        program.envelope(
            "/web/session/authenticate",
            {"db": settings.RPC_DATABASE_NAME, "login": "admin", "password": SECRET},
        )
    return found


@pytest.fixture
def watched(transport, caplog):
    """Sends, and looks at every answer: its shape, what it tells, and whether a refusal left anything behind."""
    caplog.set_level(logging.ERROR, logger="rpc")
    secrets = [SECRET, transport.key, settings.SECRET_KEY, settings.DATABASES["default"]["HOST"]]
    secrets += ["/site-packages/", 'File "', "SELECT ", "psycopg.errors", "argon2", "md5$"]
    seen = {"calls": 0}

    def watch(send):
        before = changes()
        status, body = send()
        seen["calls"] += 1
        told = body.decode("utf-8", "replace")
        assert status in STATUSES
        assert [one for one in secrets if one and one in told] == []
        bugs = [record.getMessage() for record in caplog.records]
        assert bugs == [], caplog.text[-3000:]
        if is_refusal(transport.name, status, body):
            assert changes() == before
        return status, body

    yield watch
    healthy(transport)


def changes():
    with connection.cursor() as cursor:
        cursor.execute(CHANGED)
        return cursor.fetchone()


def is_refusal(name, status, body):
    if name.startswith("xml"):
        return b"<fault>" in body and b"cannot marshal None" not in body
    if name == "json2" or status != 200:
        return status != 200
    return "error" in json.loads(body)


def healthy(transport):
    """The door does its work as if nothing had happened."""
    throttle.forget_all()
    status, body = transport.send(
        "res.partner", "search_count", [], {"domain": [["id", "=", 1]]}, None
    )
    assert (status, is_refusal(transport.name, status, body)) == (200, False)


@hard
@given(call=calls)
def test_calls_that_make_no_sense(transport, watched, call):
    watched(lambda: transport.send(*call))


@hard
@given(data=st.data())
def test_bodies_that_are_no_calls(transport, watched, data):
    body = data.draw(transport.broken)
    watched(lambda: transport.post(body))


NESTED: list = []
for _ in range(90):
    NESTED = [NESTED]
MANY = [["name", "=", "x"]] * 10_000
LINKS = ".".join(["parent_id"] * 60) + ".name"
CASES = {
    "a domain of ten thousand leaves": ("res.partner", "search", [MANY], {}, None),
    "a domain of a hundred thousand": ("res.partner", "search", [MANY * 10], {}, None),
    "ten thousand alternatives": ("res.partner", "search", [["|"] * 9_999 + MANY], {}, None),
    "ten thousand negations": ("res.partner", "search", [["!"] * 10_000 + MANY[:1]], {}, None),
    "a path of sixty links": ("res.partner", "search", [[[LINKS, "=", "x"]]], {}, None),
    "a thousand paths": (
        "res.partner",
        "search",
        [[["parent_id.name", "=", "x"]] * 1000],
        {},
        None,
    ),
    "deep values": ("res.partner", "create", [{"name": "x", "child_ids": NESTED}], {}, None),
    "a deep context": ("res.partner", "search", [[]], {}, {"lang": NESTED}),
    "huge ids": ("res.partner", "read", [[2**62, 10**30, -1, 0]], {}, None),
    "many ids": ("res.partner", "read", [list(range(250_000)), ["name"]], {}, None),
    "a huge page": ("res.partner", "search", [[]], {"limit": 10**30, "offset": 10**30}, None),
    "a huge number": ("res.partner", "create", [{"name": "x", "color": 10**30}], {}, None),
    "a null byte": ("res.partner", "create", [{"name": "a\x00b"}], {}, None),
    "a null byte to look for": ("res.partner", "search", [[["name", "ilike", "\x00"]]], {}, None),
    "another company": ("res.partner", "search", [[]], {}, {"allowed_company_ids": [999_999]}),
    "companies that are none": (
        "res.partner",
        "search",
        [[]],
        {},
        {"allowed_company_ids": {"a": 1}},
    ),
    "somebody else": ("res.users", "context_get", [], {}, {"uid": 1, "su": True}),
    "no language": ("res.partner", "search", [[]], {}, {"lang": "xx_YY"}),
    "no zone": (
        "res.partner",
        "read_group",
        [[], [], ["create_date:day"]],
        {},
        {"tz": "Mars/Base"},
    ),
    "private": ("res.partner", "_write", [[1], {"name": "x"}], {}, None),
    "dunder": ("res.partner", "__init__", [], {}, None),
    "an actor": ("res.partner", "write", [[1], {"name": "x"}], {"by": 1}, None),
}


@pytest.mark.parametrize("name", CASES)
def test_known_tricks(transport, watched, name):
    watched(lambda: transport.send(*CASES[name]))


LAUGHS = b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
BOMBS = [
    b"<!DOCTYPE b [%s]><methodCall><methodName>&b;</methodName></methodCall>" % LAUGHS,
    b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><methodCall/>',
    b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><methodCall><methodName>&f;</methodName></methodCall>',
    b"<methodCall>" + b"<value>" * 50_000,
    b"<methodCall><params>" + b"<param><value><array><data>" * 5_000,
    b"<methodCall><methodName>login</methodName><params><param><value><int>"
    + b"9" * 100_000
    + b"</int></value></param></params></methodCall>",
    "<?xml version='1.0' encoding='utf-16'?><methodCall/>".encode("utf-16"),
    b"<?xml version='1.0' encoding='utf-7'?><methodCall/>",
    b"\x00" * 100_000,
    b"[" * 100_000,
    b'{"params":' * 50_000,
    b'{"params": {"service": "object", "method": "execute_kw", "args": ['
    + b"1," * 50_000
    + b"1]}}",
    b'{"id": "\\ud800"}',
    b'{"id": 1e999, "params": {}}',
]


@pytest.mark.parametrize("number", range(len(BOMBS)))
def test_bombs(transport, watched, number):
    watched(lambda: transport.post(BOMBS[number]))


def test_a_stranger_is_told_nothing_whatever_they_send(admin, key):
    stranger = Program(admin.pk, "wrong")
    for name in ("jsonrpc", "xml1", "xml2", "json2", "call_kw"):
        transport = Transport(name, stranger, "0" * 40)
        for call in CASES.values():
            throttle.forget_all()
            credentials.forget_all()
            status, body = transport.send(*call)
            assert is_refusal(name, status, body)
            assert b"Partner" not in body
