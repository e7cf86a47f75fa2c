"""Open pages that listen: told at once and by the rights of that moment; within bounds; and let go where the house closes."""

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.urls import reverse

from base.actors import Actor
from base.announcing import EVERYTHING
from base.models import Activity, Partner, User
from base.presence import Door, door
from base.services import messages, records
from web import streams
from web.middleware import actor_of
from web.streams import Hub, Listener
from web.tests.conftest import person
from web.views import live


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju", is_company=True)


@pytest.fixture
def hub():
    made = Hub(Door(), room=3)
    made.hear("")
    return made


@pytest.fixture
def listening(monkeypatch):
    """The hub of this process, with room."""
    monkeypatch.setattr(live.hub, "room", 3)
    live.hub.hear("")
    yield live.hub
    for stream in list(live.hub._streams):
        stream.close()


def listener(user, row=None):
    session = SessionStore()
    session.create()
    user = User.objects.get(pk=user.pk)
    about = (type(row), row.pk) if row else ()
    return Listener(actor_of(user), user.access_version, session.session_key, *about)


def announced(hub, *keys):
    hub.hear("\n".join(keys))
    hub.tell_due()


def test_a_page_is_told_at_first_and_as_soon_as_its_record_changes(house, hub, sari, toko):
    stream = hub.join_in(listener(sari, toko))
    assert b'"sentence":' in next(stream)
    budi = person("budi", "Employee", company=house)
    records.change(Partner.objects.filter(pk=toko.pk), {"city": "Bandung"}, by=Actor.of(budi))
    announced(hub, f"base_partner {toko.pk}")
    assert b"Budi has changed this record" in next(stream)


def test_a_page_is_told_what_is_said_and_what_has_come_for_its_reader(hub, sari, toko):
    stream = hub.join_in(listener(sari, toko))
    next(stream)
    messages.post(toko, "Hello", recipient_ids=[sari.partner_id], by=Actor.system())
    announced(hub, f"partner {sari.partner_id}")
    assert b"1 new message" in next(stream)


def test_nobody_else_is_told(monkeypatch, hub, sari, toko):
    monkeypatch.setattr(streams, "BEAT", 0.0)
    stream = hub.join_in(listener(sari, toko))
    next(stream)
    announced(hub, f"base_partner {toko.pk + 1}", "partner 0", "user 0")
    assert next(stream) == b"event: beat\ndata:\n\n"


def test_what_one_may_not_see_any_more_tells_nothing(hub, sari, toko, branch):
    stream = hub.join_in(listener(sari, toko))
    next(stream)
    Partner.objects.filter(pk=toko.pk).update(company=branch, city="Bandung")
    announced(hub, f"base_partner {toko.pk}")
    assert b'"record":null' in next(stream)


@pytest.mark.parametrize("lost", ["right", "session", "user"])
def test_who_is_not_signed_in_as_before_is_let_go(hub, sari, toko, lost):
    heard = listener(sari, toko)
    stream = hub.join_in(heard)
    next(stream)
    if lost == "right":
        sari.roles.clear()
    elif lost == "user":
        User.objects.filter(pk=sari.pk).update(is_active=False)
    else:
        SessionStore(heard.session_key).delete()
    announced(hub, EVERYTHING)
    with pytest.raises(StopIteration):
        next(stream)


def test_there_is_room_for_so_many_and_a_closed_page_gives_its_place_back(hub, sari):
    taken = [hub.join_in(listener(sari)) for _number in range(3)]
    assert hub.join_in(listener(sari)) is None
    taken[0].close()
    assert hub.join_in(listener(sari)) is not None


def test_nobody_takes_all_the_room(monkeypatch, hub, sari, tono):
    monkeypatch.setattr(streams, "AT_MOST_EACH", 1)
    assert hub.join_in(listener(sari)) is not None
    assert hub.join_in(listener(sari)) is None
    assert hub.join_in(listener(tono)) is not None


def test_a_house_that_closes_lets_everybody_go_and_nobody_in(sari):
    entrance = Door()
    hub = Hub(entrance, room=1)
    hub.hear("")
    stream = hub.join_in(listener(sari))
    next(stream)
    entrance.close()
    with pytest.raises(StopIteration):
        next(stream)
    stream.close()
    assert hub.join_in(listener(sari)) is None
    entrance.open()
    assert hub.join_in(listener(sari)) is not None


def test_nobody_listens_where_nothing_is_announced(sari):
    assert Hub(Door(), room=1).join_in(listener(sari)) is None


def test_a_page_is_told_the_newest_alone_and_has_to_come_again(monkeypatch, hub, sari, toko):
    monkeypatch.setattr(streams, "LIFE", 0.0)
    stream = hub.join_in(listener(sari, toko))
    stream.tell("older")
    stream.tell("newer")
    with pytest.raises(StopIteration):
        next(stream)
    monkeypatch.setattr(streams, "LIFE", 60.0)
    stream = hub.join_in(listener(sari, toko))
    stream.tell("newer")
    assert next(stream) == b"data: newer\n\n"


def test_a_record_without_a_history_is_looked_at(sari, toko):
    assert not listener(sari, toko).is_unannounced
    assert listener(sari, Activity(pk=1)).is_unannounced


def test_the_door_of_streams(listening, sari_at_work, guest, toko):
    url = reverse("web:live_record_stream", args=["base.partner", toko.pk])
    assert guest.get(url).status_code == 302
    inside = door.inside
    answer = sari_at_work.get(url)
    assert (answer.status_code, answer["Content-Type"], answer["X-Accel-Buffering"]) == (
        200,
        "text/event-stream",
        "no",
    )
    assert (len(listening), door.inside) == (1, inside)
    assert next(iter(answer.streaming_content)).startswith(b'data: {"counts":')
    answer.close()
    assert len(listening) == 0


def test_a_page_that_finds_no_room_is_to_ask(sari_at_work):
    assert sari_at_work.get(reverse("web:live_stream")).status_code == 204
