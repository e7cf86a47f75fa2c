"""What changes is announced when it is committed, whoever wrote; and handed on to whoever listens in Valkey."""

import threading
from contextlib import suppress

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from base import announcing, upkeep
from base.actors import Actor
from base.models import Partner, User
from base.services import messages, records
from base.triggers import ANNOUNCED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ear():
    with upkeep.connected("test") as line:
        line.execute(f"LISTEN {ANNOUNCED}")
        yield line


@pytest.fixture
def toko():
    return Partner.objects.create(name="Toko Maju", is_company=True)


def heard(line):
    """All that is announced until a word of our own comes back."""
    line.execute("SELECT pg_notify(%s, 'that is all')", [ANNOUNCED])
    said = []
    for notice in line.notifies(timeout=10):
        if notice.payload == "that is all":
            return said
        said.append(notice.payload)
    raise AssertionError(said)


def test_a_verb_and_plain_sql_are_both_announced(toko, ear):
    heard(ear)
    records.change(Partner.objects.filter(pk=toko.pk), {"city": "Bandung"}, by=Actor.system())
    assert heard(ear) == [f"base_partner {toko.pk}"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE base_partner SET city = 'Garut' WHERE id = %s", [toko.pk])
    assert heard(ear) == [f"base_partner {toko.pk}"]


def test_what_is_taken_back_is_not_announced(toko, ear):
    heard(ear)
    with suppress(ValueError), transaction.atomic():
        Partner.objects.filter(pk=toko.pk).update(city="Bandung")
        raise ValueError
    assert heard(ear) == []


def test_what_is_said_is_announced_to_its_record_and_its_readers(toko, ear):
    heard(ear)
    reader = User.objects.get(pk=2).partner
    messages.post(toko, "Hello", recipient_ids=[reader.pk], by=Actor.system())
    kind = ContentType.objects.get_for_model(Partner).pk
    assert {f"talk {kind} {toko.pk}", f"partner {reader.pk}"} <= set(heard(ear))


def test_much_at_once_is_not_told_apart():
    assert announcing.said(["a 1", "b 2", "a 1"]) == "a 1\nb 2"
    assert announcing.said(f"a {number}" for number in range(501)) == announcing.EVERYTHING


def test_it_is_handed_on_through_valkey(toko):
    with (
        announcing.heard() as ear,
        upkeep.connected("relay for a test") as line,
        announcing.valkey() as others,
    ):
        thread = threading.Thread(target=until_cut_off, args=(line, others))
        thread.start()
        pieces = pieces_of(ear)
        assert next(pieces) == announcing.EVERYTHING
        Partner.objects.filter(pk=toko.pk).update(city="Bandung")
        assert f"base_partner {toko.pk}" in next(piece for piece in pieces if piece)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'niaga relay for a test%%'"
            )
        thread.join(10)
        assert not thread.is_alive()


def until_cut_off(line, others):
    with suppress(psycopg.Error):
        announcing.relay(line, others)


def pieces_of(ear):
    for _attempt in range(100):
        if message := ear.get_message(timeout=0.2):
            yield message["data"]
