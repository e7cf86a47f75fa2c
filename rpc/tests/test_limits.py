"""How much a program may ask for, how often it may guess, and that what is known about it ends everywhere at once."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from base.actors import Actor
from base.models import User
from base.services import api_keys
from rpc import limits, throttle
from rpc.tests.conftest import SECRET, Program, Refusal

pytestmark = pytest.mark.once

DB = settings.RPC_DATABASE_NAME


def test_ids_conditions_links_and_rows_have_a_limit(rpc, family, monkeypatch):
    monkeypatch.setattr(limits, "MOST_IDS", 3)
    with pytest.raises(Refusal, match="ValueError: invalid ids: 4 of them"):
        rpc("res.partner", "read", [1, 2, 3, 4], ["name"])
    monkeypatch.setattr(limits, "MOST_LEAVES", 2)
    with pytest.raises(Refusal, match="more than 2 conditions"):
        rpc("res.partner", "search", [["id", "=", 1]] * 5)
    monkeypatch.setattr(limits, "MOST_ROWS", 4)
    mine = [["ref", "=like", "F_"]]
    for call in (("search_read", mine, ["name"]), ("search_read", mine, ["name"], 0, 1000)):
        with pytest.raises(Refusal, match="UserError: This would be more than 4 records"):
            rpc("res.partner", *call)
    assert len(rpc("res.partner", "search_read", mine, ["name"], 0, 4)) == 4
    assert rpc("res.partner", "search_count", mine) == 5
    assert rpc("res.partner", "search_count", mine, 100) == 5
    monkeypatch.setattr(limits, "MOST_FOUND", 4)
    with pytest.raises(Refusal, match="more than 4 records"):
        rpc("res.partner", "search", mine)
    monkeypatch.setattr(limits, "MOST_FRAMES", 1)
    with pytest.raises(Refusal, match="follows more than 1 links"):
        rpc("res.partner", "search_count", [["parent_id.name", "=", "x"]])


def test_who_is_known_is_let_in_while_others_wait(rpc, house):
    assert rpc("res.users", "context_get")["uid"] == house.admin.pk
    guesser = Program(rpc.user_id, "guess")
    for _ in range(10):
        with pytest.raises(Refusal, match="Access Denied"):
            guesser("res.users", "context_get")
    with pytest.raises(Refusal, match="Too many login failures"):
        guesser("res.users", "context_get")
    assert rpc("res.users", "context_get")["uid"] == house.admin.pk


def test_an_address_that_tries_many_names_has_to_wait_for_all_of_them(rpc, monkeypatch):
    monkeypatch.setattr(throttle, "LOGINS_OF_AN_ADDRESS", 2)
    for n in range(20):
        assert rpc.service("common", "login", DB, f"name{n}", "x") is False
    assert rpc.service("common", "login", DB, "admin", SECRET) is False
    throttle.forget_all()
    assert rpc.service("common", "login", DB, "admin", SECRET) == rpc.user_id


def test_other_addresses_do_not_wait(rpc):
    for _ in range(10):
        assert rpc.service("common", "login", DB, "admin", "wrong") is False
    rpc.http.defaults["REMOTE_ADDR"] = "10.0.0.7"
    assert rpc.service("common", "login", DB, "admin", SECRET) == rpc.user_id


def test_keys_are_not_guessed_either(rpc, house, monkeypatch):
    monkeypatch.setattr(throttle, "LOGINS_OF_AN_ADDRESS", 1)
    key = api_keys.issue(name="sync", by=Actor.of(house.admin))[1]
    assert rpc.json2("res.users", "context_get", key)[0] == 200
    for n in range(10):
        assert rpc.json2("res.users", "context_get", f"{n:040d}")[0] == 401
    status, said = rpc.json2("res.users", "context_get", f"{99:040d}")
    assert (status, said["name"], said["message"]) == (
        403,
        "odoo.exceptions.AccessDenied",
        throttle.WAIT,
    )
    assert rpc.json2("res.users", "context_get", key)[0] == 200


def test_waiting_can_be_switched_off(rpc, settings):
    settings.RPC_LOGIN_FAILURES = 0
    for _ in range(12):
        assert rpc.service("common", "login", DB, "admin", "wrong") is False
    assert rpc.service("common", "login", DB, "admin", SECRET) == rpc.user_id


OTHER = """
import sys
import django
django.setup()
from base.services import credentials
kind, who, secret = sys.argv[1], int(sys.argv[2]), sys.argv[3]
check = (lambda: credentials.check_key(secret)) if kind == "key" else (lambda: credentials.check(who, secret))
for line in sys.stdin:
    try:
        found = check()
        known = len(credentials._known)
        print("in", found.has_perm("base.view_partner"), known, flush=True)
    except credentials.BadCredentials:
        print("out", flush=True)
"""


@pytest.fixture
def elsewhere(transactional_db):
    """Another process of the house, on the same database: says whether it lets somebody in."""
    begun = []

    def begin(kind, who, secret):
        where = connection.settings_dict
        url = f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}"
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "erpsite.settings",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", OTHER, kind, str(who), secret],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        begun.append(process)

        def ask():
            process.stdin.write("?\n")
            process.stdin.flush()
            return process.stdout.readline().split()

        return ask

    yield begin
    for process in begun:
        process.communicate(timeout=20)


@pytest.fixture
def dewi(transactional_db):
    from base.models import Company, Role

    company = Company.objects.get(pk=1)
    made = User.objects.create_user("dewi", SECRET, name="Dewi", company=company)
    made.companies.add(company)
    made.roles.add(Role.objects.get(name_en="Employee"))
    return made


def test_what_another_process_remembers_ends_at_once(elsewhere, dewi):
    ask = elsewhere("password", dewi.pk, SECRET)
    assert ask() == ask() == ["in", "True", "1"]
    dewi.roles.clear()
    assert ask() == ["in", "False", "1"]
    dewi.set_password("another-secret-99")
    dewi.save(update_fields=["password"])
    assert ask() == ["out"]


def test_a_key_revoked_here_is_refused_there(elsewhere, dewi):
    key, secret = api_keys.issue(name="sync", by=Actor.of(dewi))
    ask = elsewhere("key", dewi.pk, secret)
    assert ask() == ask() == ["in", "True", "1"]
    key.delete()
    assert ask() == ["out"]


def test_a_user_deactivated_here_is_refused_there(elsewhere, dewi):
    ask = elsewhere("password", dewi.pk, SECRET)
    assert ask() == ["in", "True", "1"]
    User.objects.filter(pk=dewi.pk).update(is_active=False)
    assert ask() == ["out"]


def test_secrets_of_any_length_and_script_are_only_wrong(rpc, house):
    for secret in ("x" * 100_000, "ü" * 40, "😀" * 20, "\x00", "0" * 40):
        rpc.secret = secret
        throttle.forget_all()
        with pytest.raises(Refusal, match="Access Denied"):
            rpc("res.users", "context_get")
    for uid in (
        "1e300",
        "9223372036854775808",
        f"-{2**70}",
        '"99999999999999999999"',
        "[1]",
        '"x"',
    ):
        args = f'["{DB}", {uid}, "{SECRET}", "res.users", "context_get", []]'
        body = f'{{"params": {{"service": "object", "method": "execute_kw", "args": {args}}}}}'
        throttle.forget_all()
        assert rpc.post("/jsonrpc", body.encode()).json()["error"]["data"]["name"] in {
            "odoo.exceptions.MissingError",
            "odoo.exceptions.AccessDenied",
            "builtins.ValueError",
        }
