"""One call, one transaction: tried again when it met another one, on real connections, and done once all the same."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure

from base.models import Partner, PartnerTag
from rpc import registry, transactions
from rpc.registry import extend
from rpc.tests.conftest import Program, Refusal
from rpc.verbs import model_method


class Meeting:
    """Work that meets other work: the first round of all waits for one another at a point."""

    def __init__(self, parties=2):
        self.gate = threading.Barrier(parties, timeout=20)
        self.here = threading.local()
        self.rounds = 0
        self.lock = threading.Lock()

    def wait_once(self):
        """Wait for the others, the first time in this thread; any further time go on."""
        with self.lock:
            self.rounds += 1
        if not getattr(self.here, "waited", False):
            self.here.waited = True
            self.gate.wait()


@pytest.fixture
def serving(transactional_db, request):
    """Lets a program call a function as `res.partner.<name>`."""
    added = []

    def let(name, function):
        extend("res.partner", methods={name: model_method(function)})
        added.append(name)

    yield let
    for _ in added:
        registry._declarations["res.partner"].pop()
    registry._exposures.clear()


@pytest.fixture
def house(request, transactional_db):
    from base.models import Company, User
    from rpc.tests.conftest import SECRET

    admin = User.objects.get(username="admin")
    admin.set_password(SECRET)
    admin.save()
    admin.companies.set(Company.objects.all())
    return admin


def at_once(house, *calls):
    """Make calls at the same time, each over a connection of its own; answers or refusals, in order."""

    def one(call):
        try:
            return Program(house.pk)("res.partner", *call)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(one, calls))


def counted(pk):
    Partner.objects.filter(pk=pk).update(color=Partner.objects.get(pk=pk).color + 1)


def test_calls_that_lock_each_other_out_are_both_done_once(house, serving):
    meeting = Meeting()
    one, two = (Partner.objects.create(name=name).pk for name in ("One", "Two"))

    def both(call, first, second):
        PartnerTag.objects.create(name=f"{first} before {second}")
        Partner.objects.select_for_update().get(pk=first)
        meeting.wait_once()
        Partner.objects.select_for_update().get(pk=second)
        counted(first)
        return first

    serving("lock_both", both)
    assert at_once(house, ("lock_both", one, two), ("lock_both", two, one)) == [one, two]
    assert meeting.rounds == 3
    assert sorted(
        PartnerTag.objects.filter(name__contains=" before ").values_list("name", flat=True)
    ) == sorted([f"{one} before {two}", f"{two} before {one}"])
    assert [Partner.objects.get(pk=pk).color for pk in (one, two)] == [1, 1]


def test_calls_that_cannot_be_put_in_an_order_are_both_done_once(house, serving):
    meeting = Meeting()

    def tag_by_count(call):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        count = PartnerTag.objects.filter(name__startswith="Serial").count()
        meeting.wait_once()
        PartnerTag.objects.create(name=f"Serial {count}")
        return count

    serving("tag_by_count", tag_by_count)
    assert sorted(at_once(house, ("tag_by_count",), ("tag_by_count",))) == [0, 1]
    assert meeting.rounds == 3
    names = PartnerTag.objects.filter(name__startswith="Serial").values_list("name", flat=True)
    assert sorted(names) == ["Serial 0", "Serial 1"]


def test_a_failure_found_at_the_commit_is_tried_again_too(transactional_db, monkeypatch):
    commit, tries = connection.commit, []

    def late():
        tries.append(1)
        PartnerTag.objects.create(name="Late")
        return len(tries)

    def failing_commit():
        if len(tries) < 3:
            raise OperationalError from SerializationFailure("could not serialize access")
        commit()

    monkeypatch.setattr(connection, "commit", failing_commit)
    assert (transactions.in_one(late), len(tries)) == (3, 3)
    assert PartnerTag.objects.filter(name="Late").count() == 1


@pytest.mark.parametrize("cause", [DeadlockDetected, SerializationFailure])
def test_after_five_tries_the_client_is_told(house, serving, cause, monkeypatch):
    monkeypatch.setattr(transactions.time, "sleep", lambda _seconds: None)
    tries = []

    def never(call):
        tries.append(1)
        PartnerTag.objects.create(name="Never")
        raise OperationalError from cause("met another")

    serving("never", never)
    (refusal,) = at_once(house, ("never",))
    assert (refusal.name, refusal.message) == (
        "odoo.exceptions.LockError",
        "Cannot grab a lock on records",
    )
    assert len(tries) == transactions.TRIES
    assert not PartnerTag.objects.filter(name="Never").exists()


def test_other_failures_are_not_tried_again(house, serving):
    tries = []

    def locked(call):
        tries.append(1)
        raise OperationalError from LockNotAvailable("could not obtain lock")

    serving("locked", locked)
    (refusal,) = at_once(house, ("locked",))
    assert refusal.name == "odoo.exceptions.LockError"
    assert len(tries) == 1


def test_what_a_call_was_given_is_as_good_the_second_time(house, serving):
    """A create with parts, tried again, makes what it says, once."""
    from rpc.writing import records

    tries = []
    create = records._create

    def failing_first(rows, call):
        made = create(rows, call)
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError from DeadlockDetected("met another")
        return made

    values = {
        "name": "Twice",
        "child_ids": [[0, 0, {"name": "Child"}]],
        "category_id": [[0, 0, {"name": "Twice"}]],
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "_create", failing_first)
        (made,) = at_once(house, ("create", values))
    assert len(tries) > 1
    assert list(
        Partner.objects.filter(name__in=["Twice", "Child"])
        .order_by("pk")
        .values_list("name", flat=True)
    ) == [
        "Twice",
        "Child",
    ]
    assert PartnerTag.objects.filter(name="Twice").count() == 1
    assert Partner.objects.get(name="Child").parent_id == made
