"""The launcher's rules: ports, secrets, steps, places, and which database is for what."""

import os
import socket
import subprocess
import sys

import psycopg
import pytest
from django.contrib.auth import get_user_model

from erpsite.launch import digests, ports, prepare, safety, welcome
from erpsite.launch.accounts import server_account
from erpsite.launch.console import CannotStart
from erpsite.launch.guard import with_known_password
from erpsite.launch.locks import UseCount, only_one
from erpsite.launch.places import ROOT, socket_directory
from erpsite.launch.steps import DatabaseMarks, FileMarks
from erpsite.launch.surroundings import for_django
from erpsite.testing.database import Clones, at

pytestmark = pytest.mark.once

SECRET = "kP3x-9fJq_L2mVb7TzR8wYc5NdH4sGa6"


@pytest.fixture
def clones():
    """A supply of databases apart from the one that tests share."""
    supply = Clones(os.environ["DATABASE_URL"])
    yield supply
    supply.close()


@pytest.fixture
def empty_database(clones):
    """The address of a database without a single table."""
    url = at(os.environ["DATABASE_URL"], "postgres")
    name = f"niaga_test_{clones._number}_empty"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"create database {name}")
        yield at(url, name)
        admin.execute(f"drop database {name} with (force)")


@pytest.fixture
def marks(empty_database):
    """The launcher's marks in that database."""
    opened = DatabaseMarks(empty_database)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("host", "loopback", "wildcard"),
    [
        ("127.0.0.1", True, False),
        ("127.8.9.1", True, False),
        ("::1", True, False),
        ("localhost", True, False),
        ("0.0.0.0", False, True),
        ("::", False, True),
        ("192.168.1.4", False, False),
        ("books.example.co.id", False, False),
    ],
)
def test_addresses_are_told_apart(host, loopback, wildcard):
    assert (ports.is_loopback(host), ports.is_wildcard(host)) == (loopback, wildcard)


def test_a_taken_port_is_told_and_the_next_free_one_is_found():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not ports.becomes_free("127.0.0.1", port)
        following = ports.next_free("127.0.0.1", port)
        assert following > port
        assert ports.is_free("127.0.0.1", following)
    assert ports.is_free("127.0.0.1", port)


def test_a_port_shared_by_a_server_that_allows_sharing_is_taken_all_the_same():
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        assert not ports.is_free("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "environment", "new_database", "missing"),
    [
        ("127.0.0.1", {}, True, ["NIAGA_SECRET_KEY", "NIAGA_ADMIN_PASSWORD"]),
        ("127.0.0.1", {}, False, ["NIAGA_SECRET_KEY"]),
        ("0.0.0.0", {}, True, ["NIAGA_SECRET_KEY", "NIAGA_ADMIN_PASSWORD", "NIAGA_ALLOWED_HOSTS"]),
        ("127.0.0.1", {"NIAGA_SECRET_KEY": "x" * 50}, False, ["NIAGA_SECRET_KEY"]),
        ("127.0.0.1", {"NIAGA_SECRET_KEY": SECRET[:31]}, False, ["NIAGA_SECRET_KEY"]),
        (
            "127.0.0.1",
            {"NIAGA_SECRET_KEY": SECRET, "NIAGA_ADMIN_PASSWORD": "admin"},
            False,
            ["NIAGA_ADMIN_PASSWORD"],
        ),
        (
            "10.0.0.1",
            {"NIAGA_SECRET_KEY": SECRET, "NIAGA_ADMIN_PASSWORD": "kelapa-muda"},
            True,
            [],
        ),
        (
            "0.0.0.0",
            {"NIAGA_SECRET_KEY": SECRET, "NIAGA_ALLOWED_HOSTS": "books.example.co.id"},
            False,
            [],
        ),
    ],
)
def test_check_names_every_variable_that_is_missing(host, environment, new_database, missing):
    named = []
    try:
        safety.check(host, environment, new_database=new_database)
    except CannotStart as refusal:
        named = [
            line.split(":")[0].strip() for line in str(refusal).split("\n") if "  NIAGA" in line
        ]
    assert named == missing


@pytest.mark.parametrize(
    ("host", "demo", "exposed"),
    [("127.0.0.1", True, False), ("127.0.0.1", False, True), ("10.0.0.1", True, True)],
)
def test_only_a_demo_on_loopback_is_not_exposed(host, demo, exposed):
    assert safety.is_exposed(host, demo=demo) == exposed


def test_own_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    secret = safety.own_secret(tmp_path)
    assert safety.own_secret(tmp_path) == secret
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert len(secret) >= safety.SHORTEST_SECRET


def test_a_given_secret_is_passed_on_and_none_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("NIAGA_SECRET_KEY", SECRET)
    assert for_django({}, tmp_path, demo=False)["NIAGA_SECRET_KEY"] == SECRET
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "given", "allowed"),
    [
        ("127.0.0.1", "", "127.0.0.1,localhost,[::1]"),
        ("::1", "", "[::1],localhost,127.0.0.1"),
        ("0.0.0.0", "books.co.id", "books.co.id,0.0.0.0,localhost,127.0.0.1,[::1]"),
    ],
)
def test_the_launcher_itself_may_always_ask_for_health(host, given, allowed, tmp_path, monkeypatch):
    monkeypatch.setenv("NIAGA_ALLOWED_HOSTS", given)
    assert for_django({}, tmp_path, demo=True, host=host)["NIAGA_ALLOWED_HOSTS"] == allowed


def test_a_step_is_fresh_only_with_its_fingerprint_and_its_outputs(tmp_path):
    steps, output = FileMarks(tmp_path / "steps"), tmp_path / "output"
    output.touch()
    assert not steps.fresh("copy", "a", [output])
    steps.done("copy", "a")
    assert steps.fresh("copy", "a", [output])
    assert not steps.fresh("copy", "b", [output])
    output.unlink()
    assert not steps.fresh("copy", "a", [output])


def test_digest_changes_with_content_with_name_and_with_words(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("x")
    first = digests.digest([one], "word")
    assert first == digests.digest([one], "word")
    assert len({first, digests.digest([two], "word"), digests.digest([one])}) == 3
    one.write_text("y")
    assert digests.digest([one], "word") != first


def test_only_one_holds_a_lock(tmp_path):
    with only_one(tmp_path / "lock") as first, only_one(tmp_path / "lock") as second:
        assert (first, second) == (True, False)


def test_a_killed_user_of_a_server_counts_no_more(tmp_path):
    hold = (
        "import sys, time; from pathlib import Path; from erpsite.launch.locks import UseCount;"
        "count = UseCount(Path(sys.argv[1]), 'server'); count.join(); print('in', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", hold, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "in\n"
    ours = UseCount(tmp_path, "server")
    ours.join()
    assert not ours.leave()
    other.kill()
    other.wait()
    other.stdout.close()
    ours.join()
    assert ours.leave()


def test_a_socket_gets_a_short_plain_private_directory(tmp_path):
    account = server_account()
    odd = tmp_path / "my books, 2026" / "sockets"
    place = socket_directory(odd, account)
    assert place.parent == type(place)("/tmp")
    assert place == socket_directory(odd, account)
    assert place.stat().st_mode & 0o777 == 0o700
    assert place.stat().st_uid == account.uid
    place.rmdir()


def test_a_socket_directory_of_somebody_else_is_refused(tmp_path):
    account = server_account()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotStart, match="belongs to somebody else"):
        socket_directory(tmp_path / "sockets", account)


def test_a_new_database_is_for_what_was_asked_and_stays_so(marks):
    assert prepare.kind_of(marks, wants_demo=True) == prepare.Kind(is_demo=True, is_new=True)
    assert prepare.kind_of(marks, wants_demo=False) == prepare.Kind(is_demo=False, is_new=True)
    marks.done(mode=prepare.LIVE, seed="x")
    assert prepare.kind_of(marks, wants_demo=True) == prepare.Kind(is_demo=False, is_new=False)


def test_a_demo_database_may_be_opened_as_live_but_a_database_of_unknown_origin_is_live(
    marks, clones
):
    marks.done(mode=prepare.DEMO, seed="x")
    assert prepare.kind_of(marks, wants_demo=True).is_demo
    assert not prepare.kind_of(marks, wants_demo=False).is_demo
    foreign = DatabaseMarks(at(os.environ["DATABASE_URL"], clones.take()))
    assert not prepare.kind_of(foreign, wants_demo=True).is_demo
    foreign.close()


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path):
    with pytest.raises(CannotStart, match="The database does not let us in"):
        DatabaseMarks(f"postgresql://niaga@/niaga?host={tmp_path}")


def test_a_command_that_there_is_not_is_answered_with_all_that_there_are():
    asked = subprocess.run(
        [sys.executable, ROOT / "niaga", "bla"], capture_output=True, text=True, check=False
    )
    known = [line.split()[1] for line in asked.stderr.splitlines() if "./niaga" in line]
    assert (asked.returncode, asked.stdout) == (2, "")
    assert asked.stderr.startswith("There is no command bla.\n")
    assert known == ["run", "test", "manage", "exec", "pip", "stop"]


def test_who_has_started_the_house_is_told_how_to_come_in(clones, monkeypatch):
    monkeypatch.setenv("NIAGA_ADMIN_PASSWORD", "kelapa-muda")
    marks = DatabaseMarks(at(os.environ["DATABASE_URL"], clones.take()))
    told = {
        (is_demo, is_new): welcome.logins(marks, prepare.Kind(is_demo=is_demo, is_new=is_new))[0]
        for is_demo, is_new in ((True, True), (False, True), (False, False))
    }
    monkeypatch.delenv("NIAGA_ADMIN_PASSWORD")
    unset = welcome.logins(marks, prepare.Kind(is_demo=True, is_new=False))[0]
    marks.close()
    assert told == {
        (True, True): "admin, password as in NIAGA_ADMIN_PASSWORD",
        (False, True): "admin, password as in NIAGA_ADMIN_PASSWORD",
        (
            False,
            False,
        ): "admin; where the password is lost, give another:  ./niaga manage changepassword admin",
    }
    assert unset == "admin, password admin"


@pytest.mark.django_db
def test_accounts_with_their_login_as_password_are_found():
    users = get_user_model()._default_manager
    for login, password in {"wayan": "wayan", "made": "kelapa-muda", "ketut": None}.items():
        users.create_user(login, password, company_id=1)
    asked = users.filter(username__in=["wayan", "made", "ketut"])
    assert list(with_known_password(asked)) == ["wayan"]


def test_a_worn_database_is_replaced_by_a_fresh_one_and_nothing_is_left():
    url = os.environ["DATABASE_URL"]
    clones = Clones(url)
    names = [clones.take()]
    with psycopg.connect(at(url, names[0])) as line:
        line.execute("create table scratch (id int)")
    names.append(clones.take())
    with psycopg.connect(at(url, names[1])) as line:
        assert line.execute("select to_regclass('scratch')").fetchone() == (None,)
    clones.close()
    with psycopg.connect(at(url, "postgres")) as line:
        left = line.execute("select datname from pg_database where datname = any(%s)", [names])
        assert left.fetchall() == []
