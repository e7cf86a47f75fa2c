"""Cards in columns: what they show, moving them, making them, and two people at once."""

import html
import re
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.actors import Actor
from base.errors import RuleBroken
from base.models import Activity, ActivityType, Country, Partner, Role, User
from rpc import registry
from rpc.context import Call
from rpc.verbs import record_method
from web.screens import registry as screens
from web.screens.ways.kanban import moved as moved_card
from web.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
BOARD = "/contacts/?v=kanban"
AS_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def countries(db):
    return {code: Country.objects.get(code=code) for code in ("ID", "SG", "MY")}


@pytest.fixture
def shops(countries):
    Partner.objects.update(country=countries["MY"])
    found = {}
    for number in range(3):
        found[number] = Partner.objects.create(
            name=f"Toko {number}", city="Bandung", country=countries["ID"]
        )
    found["Solo"] = Partner.objects.create(name="Toko Solo", country=countries["SG"])
    return found


def columns_of(page):
    """The columns of a page: key, label, number and the names of their cards."""
    text = page.content.decode()
    found = []
    for part in text.split('<section class="board-column"')[1:]:
        part = part.split("</section>")[0]
        key, label = (re.search(rf'data-{one}="([^"]*)"', part)[1] for one in ("column", "label"))
        count = re.search(r"data-count>([^<]*)<", part)
        names = re.findall(r'data-name="([^"]*)"', part)
        found.append((key, html.unescape(label), count and count[1], names))
    return found


def moved(client, pk, to, was, by="country_id"):
    sent = {"pk": pk, "by": by, "to": str(to), "was": str(was)}
    return client.post("/contacts/move/", sent, headers=AS_SCRIPT)


def test_columns_hold_the_cards_of_their_country_in_order(boss, shops, countries):
    found = columns_of(boss.get(BOARD + "&q=Toko"))
    assert found == [
        (str(countries["ID"].pk), "Indonesia", "3", ["Toko 0", "Toko 1", "Toko 2"]),
        (str(countries["SG"].pk), "Singapore", "1", ["Toko Solo"]),
    ]


def test_columns_follow_what_the_address_asks_for(boss, shops):
    Partner.objects.filter(name="Toko 1").update(is_company=True)
    found = columns_of(boss.get(BOARD + "&q=Toko&g=company_type"))
    assert [(one[0], one[2]) for one in found] == [("person", "3"), ("company", "1")]


def test_a_column_shows_its_first_cards_and_links_to_the_rest(boss, countries):
    Partner.objects.bulk_create(
        Partner(name=f"Warung {number:03}", country=countries["ID"]) for number in range(45)
    )
    seen, address = [], BOARD + "&q=Warung"
    while address:
        page = boss.get(address)
        [column] = columns_of(page)
        seen.append(len(column[3]))
        more = re.search(
            r'class="board-more"><a class="[^"]*" href="([^"]+)"', page.content.decode()
        )
        address = html.unescape(more[1]) if more else ""
    assert seen == [20, 20, 5]


def test_a_board_asks_as_little_however_many_columns_and_cards(boss, countries):
    def asked():
        boss.get(BOARD)
        with CaptureQueriesContext(connection) as seen:
            boss.get(BOARD)
        return [one["sql"] for one in seen.captured_queries]

    Partner.objects.filter(pk__lte=5).update(country=countries["ID"])
    few = asked()
    for number, country in enumerate(Country.objects.all()[:30]):
        Partner.objects.bulk_create(
            Partner(name=f"Toko {number} {one}", country=country) for one in range(30)
        )
    many = asked()
    assert len(many) == len(few)
    assert len(many) <= 8
    board = [one for one in many if "row_number() OVER (PARTITION BY" in one]
    assert len(board) == 1


def test_a_bar_tells_what_is_to_do_and_leads_to_it(boss, shops):
    kind = ActivityType.objects.first()
    for number, day in ((0, "2020-01-01"), (1, "2090-01-01"), (2, "2090-01-02")):
        Activity.objects.create(
            row=shops[number], type=kind, due_date=day, user=User.objects.get(pk=2)
        )
    text = boss.get(BOARD + "&q=Toko").content.decode()
    found = re.findall(
        r'class="board-state (\w+)" href="([^"]+)">\w+ <span class="num">(\d+)', text
    )
    assert [(state, count) for state, _url, count in found] == [("overdue", "1"), ("planned", "2")]
    assert [one[3] for one in columns_of(boss.get(html.unescape(found[0][1])))] == [["Toko 0"]]


def test_a_move_writes_the_field_and_can_be_taken_back(boss, shops, countries):
    at, to = countries["ID"].pk, countries["SG"].pk
    answer = moved(boss, shops[0].pk, to, at)
    assert answer.json() == {
        "told": "“Toko 0” is now in “Singapore”.",
        "undo": {"pk": str(shops[0].pk), "by": "country_id", "to": str(at), "was": str(to)},
    }
    shops[0].refresh_from_db()
    assert shops[0].country == countries["SG"]
    assert boss.post("/contacts/move/", answer.json()["undo"], headers=AS_SCRIPT).status_code == 200
    shops[0].refresh_from_db()
    assert shops[0].country == countries["ID"]


def test_a_move_without_a_script_asks_for_the_column_and_comes_back(boss, shops, countries):
    page = boss.get(
        f"/contacts/move/?pk={shops[0].pk}&by=country_id&back=v%3Dkanban"
    ).content.decode()
    assert f'<option value="{countries["ID"].pk}" selected>Indonesia</option>' in page
    sent = {"pk": shops[0].pk, "by": "country_id", "to": countries["SG"].pk, "back": "v=kanban"}
    answer = boss.post("/contacts/move/", sent | {"was": countries["ID"].pk})
    assert (answer.status_code, answer.url) == (302, BOARD)
    shops[0].refresh_from_db()
    assert shops[0].country == countries["SG"]


def test_a_card_that_somebody_has_moved_is_not_moved_again(boss, shops, countries):
    moved(boss, shops[0].pk, countries["SG"].pk, countries["ID"].pk)
    answer = moved(boss, shops[0].pk, countries["MY"].pk, countries["ID"].pk)
    assert (answer.status_code, answer.json()) == (
        409,
        {"told": "Somebody else has moved “Toko 0” meanwhile: it is now at “Singapore”."},
    )


def test_what_the_noun_refuses_is_said_and_writes_nothing(boss, shops, countries):
    answer = moved(boss, shops[0].pk, 999_999_999, countries["ID"].pk)
    assert 400 <= answer.status_code < 500
    assert answer.json()["told"] != ""
    shops[0].refresh_from_db()
    assert shops[0].country == countries["ID"]


def test_a_reader_has_no_handles_and_is_refused(house, shops, countries):
    role = Role.objects.create(name="Reads contacts")
    views = Permission.objects.filter(codename__startswith="view_", content_type__app_label="base")
    role.permissions.add(*views)
    user = User.objects.create_user(
        "wira", "x", company=house, partner=Partner.objects.create(name="Wira")
    )
    user.companies.add(house)
    user.roles.add(role)
    reader = signed_in(user)
    text = reader.get(BOARD + "&q=Toko").content.decode()
    assert (text.count("data-card="), text.count("data-handle"), text.count("board-new")) == (
        4,
        0,
        0,
    )
    answer = moved(reader, shops[0].pk, countries["SG"].pk, countries["ID"].pk)
    assert answer.status_code == 403
    shops[0].refresh_from_db()
    assert shops[0].country == countries["ID"]
    assert reader.get("/contacts/quick/?by=country_id&to=1").status_code == 403


def test_a_hidden_field_makes_no_columns(sari_at_work, house, shops, monkeypatch):
    partner = registry.find("res.partner")
    hidden = replace(partner.fields["vat"], permission="base.nobody_has_this")
    monkeypatch.setitem(partner.fields, "vat", hidden)
    assert sari_at_work.get(BOARD + "&g=vat").status_code == 422
    assert sari_at_work.get(BOARD + "&g=vat.name").status_code == 422


def test_a_card_is_made_at_the_head_of_a_column(boss, countries):
    address = f"/contacts/quick/?by=country_id&to={countries['SG'].pk}"
    assert 'name="quick-name"' in boss.get(address).content.decode()
    refused = boss.post(address, {"quick-name": ""}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    made = boss.post(address, {"quick-name": "Kedai Baru"}, headers={"HX-Request": "true"})
    assert (made.status_code, made["HX-Trigger"]) == (204, "board-changed")
    assert Partner.objects.get(name="Kedai Baru").country == countries["SG"]


@pytest.mark.once
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    key=st.text(max_size=30), spec=st.sampled_from(["country_id", "company_type", "name", "nix"])
)
def test_no_key_of_a_column_breaks_anything(boss, shops, key, spec):
    before = Partner.objects.values().get(pk=shops[0].pk)
    sent = {"pk": shops[0].pk, "by": spec, "to": key}
    answer = boss.post("/contacts/move/", sent | {"was": key}, headers=AS_SCRIPT)
    assert answer.status_code in {200, 403, 404, 409, 422}
    if answer.status_code != 200:
        assert Partner.objects.values().get(pk=shops[0].pk) == before
    assert boss.get("/contacts/", {"v": "kanban", "col": key, "g": spec}).status_code in {200, 422}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_a_card_at_once_one_is_told():
    boss = User.objects.get(pk=2)
    codes = {code: Country.objects.get(code=code).pk for code in ("ID", "SG", "MY")}
    shop = Partner.objects.create(name="Toko Rebutan", country_id=codes["ID"])
    both, found = Barrier(2), []

    def go(to):
        client = signed_in(boss)
        client.get(BOARD)
        both.wait(30)
        found.append(moved(client, shop.pk, codes[to], codes["ID"]).status_code)
        connection.close()

    threads = [Thread(target=go, args=(one,)) for one in ("SG", "MY")]
    [one.start() for one in threads]
    [one.join(60) for one in threads]
    assert sorted(found) == [200, 409]


def test_a_declared_verb_moves_a_card_and_refuses_with_its_sentence(shops, countries, monkeypatch):
    singapore = countries["SG"].pk

    def send_to(call, ids, country_id):
        Partner.objects.filter(pk__in=ids).update(country_id=country_id)
        if country_id == singapore:
            raise RuleBroken(sentence="No ship sails there.")

    partner = registry.find("res.partner")
    monkeypatch.setitem(partner.methods, "send_to", record_method(send_to))
    contacts = screens.find("contacts")
    screen = replace(contacts, kanban=replace(contacts.kanban, by="country_id", move="send_to"))
    call = Call(partner, Actor.of(User.objects.get(pk=2), door="page"))
    at = str(countries["ID"].pk)
    with pytest.raises(RuleBroken):
        moved_card(call, screen, shops[0].pk, "country_id", str(singapore), at)
    shops[0].refresh_from_db()
    assert shops[0].country == countries["ID"]
    moved_card(call, screen, shops[0].pk, "country_id", str(countries["MY"].pk), at)
    shops[0].refresh_from_db()
    assert shops[0].country == countries["MY"]
