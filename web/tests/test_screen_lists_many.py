"""The list of a screen: columns, groups that open, sums, ticked rows, favourites, and rows edited in place."""

import html
import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from base.actors import Actor
from base.models import ColumnChoice, Country, Favourite, Partner, PartnerTag, Role, User
from web.screens import registry, selections
from web.screens.asked import Asked
from web.screens.declarations import Button
from web.screens.listing import Listing
from web.tests.conftest import signed_in
from web.tests.test_screen_lists import names

pytestmark = pytest.mark.django_db


@pytest.fixture
def shops(db):
    indonesia = Country.objects.get(code="ID")
    rows = [
        Partner(name=f"Warung {n:03d}", city="Solo" if n % 2 else "Bandung", country=indonesia)
        for n in range(90)
    ]
    return Partner.objects.bulk_create(rows)


@pytest.fixture
def reader(tono):
    role = Role.objects.create(name="Looks", module="base")
    role.permissions.add(Permission.objects.get(codename="view_partner"))
    tono.roles.add(role)
    return signed_in(tono)


def text(answer):
    return html.unescape(answer.content.decode())


def test_a_list_costs_the_same_however_many_rows(boss, shops):
    boss.get("/contacts/", {"q": "warung"})
    with CaptureQueriesContext(connection) as few:
        boss.get("/contacts/", {"q": "warung 00"})
    with CaptureQueriesContext(connection) as many:
        boss.get("/contacts/", {"q": "warung"})
    assert (len(many), len(few)) == (len(few) + 1, len(few))
    assert len(many) <= 8


def test_pages_go_on_from_the_last_row_and_back(boss, shops):
    first = boss.get("/contacts/", {"s": "name:warung", "sort": "name"})
    assert (len(names(first)), "1–80 of 90" in text(first)) == (80, True)
    after = re.search(r'rel="next" href="([^"]*)"', first.content.decode())[1]
    second = boss.get(html.unescape(after))
    assert names(second)[0] == "Warung 080"
    link = re.search(r'href="(/contacts/\d+/\?list=[^"]*)"', second.content.decode())[1]
    record = boss.get(html.unescape(link))
    assert "after%3D" in link
    assert record.status_code == 200


def test_the_last_page_is_one_click_away_and_says_where_it_is_as_far_as_rows_are_counted(
    boss, shops, monkeypatch
):
    first = boss.get("/contacts/", {"s": "name:warung"})
    last = boss.get("/contacts/", {"s": "name:warung", "before": "end"})
    assert "before=end" in text(first)
    assert (names(last)[-1], "11–90 of 90" in text(last)) == ("Warung 089", True)
    assert ('rel="next"' in text(last), "Last page" in text(last)) == (False, False)
    monkeypatch.setattr("web.screens.listing.COUNTED_AT_MOST", 20)
    far = boss.get("/contacts/", {"s": "name:warung", "before": "end"})
    assert (names(far)[-1], "80 of more than 20" in text(far)) == ("Warung 089", True)
    back = boss.get(html.unescape(re.search(r'rel="prev" href="([^"]*)"', far.content.decode())[1]))
    assert (names(back)[0], "10 of more than 20" in text(back)) == ("Warung 000", True)


def test_chosen_columns_are_remembered_for_one_person_and_screen(boss, shops, sari_at_work):
    answer = boss.post(
        "/contacts/columns/?q=warung", {"column": ["complete_name", "ref", "nothing"]}
    )
    assert answer.url == "/contacts/?q=warung"
    assert ColumnChoice.objects.get().columns == "complete_name ref"
    heads = re.findall(r'<th scope="col"[^>]*><a href[^>]*>([^<]*)', text(boss.get("/contacts/")))
    assert heads == ["Full name", "Our reference"]
    assert "E-mail" in text(sari_at_work.get("/contacts/"))
    boss.post("/contacts/columns/", {"forget": "1"})
    assert not ColumnChoice.objects.exists()


def test_groups_open_where_they_stand_and_page_by_themselves(boss, shops):
    page = boss.get(
        "/contacts/", {"s": "name:warung", "g": ["country_id", "city"]}
    ).content.decode()
    part = html.unescape(re.search(r'data-part="([^"]*)"', page)[1])
    inner = boss.get(part).content.decode()
    assert "<html" not in inner
    assert [html.unescape(one) for one in re.findall(r"<span>(\w+)</span>", inner)] == [
        "Bandung",
        "Solo",
    ]
    assert re.findall(r'data-in="([^"]*)"', inner) == ["0", "0"]
    deeper = boss.get(html.unescape(re.findall(r'data-part="([^"]*)"', inner)[1]))
    assert (len(names(deeper)), set(re.findall(r'data-in="([^"]*)"', deeper.content.decode()))) == (
        45,
        {"0-1"},
    )
    whole = boss.get("/contacts/", {"s": "name:warung", "g": "country_id"}).content.decode()
    part = boss.get(html.unescape(re.search(r'data-part="([^"]*)"', whole)[1])).content.decode()
    more = boss.get(html.unescape(re.search(r'data-more="([^"]*)"', part)[1])).content.decode()
    assert (part.count("data-row="), more.count("data-row=")) == (80, 10)


def test_groups_of_very_many_rows_are_counted_so_far_and_no_further(boss, shops, monkeypatch):
    monkeypatch.setattr("web.screens.listing.COUNTED_AT_MOST", 20)
    monkeypatch.setattr("rpc.grouping.bounded.READ_ALL", 20)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE base_partner")
    page = text(boss.get("/contacts/", {"g": "country_id"}))
    assert ("(20+)" in page, "More than 20 records" in page) == (True, True)


def ids(rows):
    return [str(one.pk) for one in rows]


def test_ticked_rows_are_archived_together(boss, shops):
    answer = boss.post(
        "/contacts/many/?q=warung", {"row": ids(shops[:3]), "do": "action_archive"}, follow=True
    )
    assert "Archive: done with 3 records." in text(answer)
    assert Partner.objects.filter(name__startswith="Warung", is_active=False).count() == 3


def test_all_that_the_search_finds_are_changed_across_pages(boss, shops):
    asked = boss.post(
        "/contacts/many/?s=city:solo", {"scope": "all", "do": "_edit", "field": "city"}
    )
    assert (asked.status_code, "Change 45 records" in text(asked)) == (200, True)
    sent = {"row": ",".join(ids(shops[1::2])), "do": "_edit", "field": "city", "sure": "1"}
    boss.post("/contacts/many/?s=city:solo", sent | {"city": "Surakarta"})
    cities = Partner.objects.filter(name__startswith="Warung").values_list("city", flat=True)
    assert sorted(set(cities)) == ["Bandung", "Surakarta"]


def test_tags_are_added_to_many_rows(boss, shops):
    old, new = PartnerTag.objects.create(name="Lama"), PartnerTag.objects.create(name="Baru")
    shops[0].tags.add(old)
    sent = {"row": ids(shops[:2]), "do": "_edit", "field": "category_id", "sure": "1"}
    boss.post("/contacts/many/", sent | {"category_id": [str(new.pk)]})
    assert [sorted(tag.name for tag in one.tags.all()) for one in shops[:3]] == [
        ["Baru", "Lama"],
        ["Baru"],
        [],
    ]


def test_deleting_is_asked_first_and_refused_for_all_where_one_is_used(boss, shops):
    used = Partner.objects.get(pk=1)
    asked = boss.post("/contacts/many/", {"row": ids(shops[:2]), "do": "unlink"})
    assert "will be deleted for good" in text(asked)
    rows = [*ids(shops[:2]), str(used.pk)]
    refused = boss.post("/contacts/many/", {"row": rows, "do": "unlink", "sure": "1"})
    assert (refused.status_code, Partner.objects.filter(pk__in=map(int, rows)).count()) == (422, 3)
    boss.post("/contacts/many/", {"row": ids(shops[:2]), "do": "unlink", "sure": "1"})
    assert Partner.objects.filter(name__startswith="Warung").count() == 88


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"do": "action_archive"}, "Tick the rows first"),
        ({"do": "action_archive", "row": ["987654321"]}, "are not there any more"),
        ({"do": "action_archive", "row": ["x", "", "-1"]}, "Tick the rows first"),
        ({"do": "message_post", "row": ["1"]}, "does not exist"),
        ({"do": "_edit", "field": "no_such", "row": ["1"]}, "does not exist"),
        ({"one": "unlink:abc"}, "Tick the rows first"),
    ],
)
def test_what_cannot_be_done_is_told_on_the_list(boss, sent, sentence):
    answer = boss.post("/contacts/many/?q=a", sent)
    assert (answer.status_code in {404, 422}, sentence in text(answer)) == (True, True)


def test_too_many_rows_are_refused_in_a_sentence(boss, monkeypatch, shops):
    monkeypatch.setattr("web.screens.selections.MOST_AT_ONCE", 50)
    answer = boss.post("/contacts/many/?q=warung", {"scope": "all", "do": "action_archive"})
    assert (answer.status_code, "At most 50 records" in text(answer)) == (422, True)
    assert not Partner.objects.filter(name__startswith="Warung", is_active=False).exists()


def test_who_may_only_look_ticks_nothing(reader, shops):
    assert 'name="row"' not in text(reader.get("/contacts/"))
    answer = reader.post("/contacts/many/", {"row": ids(shops[:1]), "do": "action_archive"})
    assert answer.status_code == 404
    assert Partner.objects.get(pk=shops[0].pk).is_active


def test_a_favourite_is_kept_and_opens_the_screen_for_its_owner(boss, shops, sari_at_work):
    boss.post("/contacts/favourites/?s=city:solo", {"name": "  Di   Solo ", "default": "1"})
    kept = Favourite.objects.get()
    assert (kept.name, kept.query, kept.model) == ("Di Solo", "s=city%3Asolo", "res.partner")
    assert kept.domain == "[['city', 'ilike', 'solo']]"
    assert "1–45 of 45" in text(boss.get("/contacts/"))
    assert "1–45 of 45" not in text(boss.get("/contacts/?all=1"))
    assert "Di Solo" not in text(sari_at_work.get("/contacts/"))
    forgotten = sari_at_work.post("/contacts/favourites/", {"forget": str(kept.pk)})
    assert (forgotten.status_code, Favourite.objects.count()) == (404, 1)
    boss.post("/contacts/favourites/", {"forget": str(kept.pk)})
    assert not Favourite.objects.exists()


def test_sharing_a_favourite_needs_the_right(boss, sari_at_work):
    refused = sari_at_work.post("/contacts/favourites/?q=a", {"name": "Semua", "shared": "1"})
    assert (refused.status_code, Favourite.objects.count()) == (403, 0)
    boss.post("/contacts/favourites/?f=companies", {"name": "Semua", "shared": "1"})
    page = text(sari_at_work.get("/contacts/"))
    assert re.search(r'href="/contacts/\?f=companies">\s*Semua', page)
    [pk] = Favourite.objects.values_list("pk", flat=True)
    answer = sari_at_work.post("/contacts/favourites/", {"forget": str(pk)})
    assert (answer.status_code, Favourite.objects.count()) == (403, 1)


def test_a_default_favourite_that_does_not_fit_any_more_shuts_nobody_out(boss):
    boss.post("/contacts/favourites/?f=companies", {"name": "Lama", "default": "1"})
    Favourite.objects.update(query="f=gone")
    answer = boss.get("/contacts/")
    assert (answer.status_code, "does not fit any more" in text(answer)) == (200, True)


def test_a_record_leads_to_those_beside_it_in_the_list_it_was_opened_from(boss, shops):
    came = urlencode({"list": "s=city%3Asolo&sort=-name"})
    page = boss.get(f"/contacts/{shops[3].pk}/?{came}").content.decode()
    [asked] = set(re.findall(r'hx-get="([^"]*beside=1)"', page))
    page = boss.get(html.unescape(asked), headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in page  # that alone; without a script the whole page comes with it
    assert page in boss.get(html.unescape(asked)).content.decode()
    before = re.search(r'rel="prev" href="([^"]*)"', page)[1]
    after = re.search(r'rel="next" href="([^"]*)"', page)[1]
    assert (before.split("?")[0], after.split("?")[0]) == (
        f"/contacts/{shops[5].pk}/",
        f"/contacts/{shops[1].pk}/",
    )
    last = boss.get(f"{html.unescape(after)}&beside=1").content.decode()
    assert ('rel="next"' in last, 'rel="prev"' in last) == (False, True)
    assert boss.get(f"/contacts/{shops[3].pk}/?list=f%3Dgone&beside=1").status_code == 200


def boxes(answer):
    """The names and values of the boxes of a row."""
    found = re.findall(r'<input [^>]*name="([^"]+)"[^>]*', answer.content.decode())
    tags = re.findall(r"<input [^>]*>", answer.content.decode())
    values = [re.search(r'value="([^"]*)"', tag) for tag in tags if "name=" in tag]
    return {n: html.unescape(v[1]) if v else "" for n, v in zip(found, values, strict=True)}


def test_a_row_is_edited_where_it_stands_under_the_rules_of_the_record(boss, shops):
    address = f"/contacts/row/{shops[0].pk}/"
    form = boxes(boss.get(address))
    assert form["city"] == "Bandung"
    Partner.objects.filter(pk=shops[0].pk).update(email="a@warung.example")
    saved = boss.post(address, form | {"city": "Cimahi"})
    assert (saved.status_code, "Cimahi" in text(saved), "is-edited" in text(saved)) == (
        200,
        True,
        False,
    )
    shops[0].refresh_from_db()
    assert (shops[0].city, shops[0].email) == ("Cimahi", "a@warung.example")
    late = boss.post(address, form | {"city": "Garut"})
    assert (late.status_code, "Somebody else" in text(late), "is-edited" in text(late)) == (
        409,
        True,
        True,
    )
    wrong = boss.post(address, boxes(boss.get(address)) | {"country_id": "Atlantis"})
    assert (wrong.status_code, "Nothing is called “Atlantis”." in text(wrong)) == (422, True)
    shown = boss.get(f"{address}?shown=1")
    assert ("Cimahi" in text(shown), "<html" in text(shown)) == (True, False)


def test_who_may_only_look_edits_no_row(reader, shops):
    address = f"/contacts/row/{shops[0].pk}/"
    assert 'name="city"' not in text(reader.get(address))
    reader.post(address, {"city": "Garut", "was": "{}"})
    assert Partner.objects.get(pk=shops[0].pk).city == "Bandung"


def test_a_row_has_the_tone_and_the_buttons_that_fit_it_all_found_by_one_query(boss, shops):
    declared = registry.find("contacts")
    verb = Button(verb="copy", label="Copy", when=[["city", "=", "Solo"]], is_on_row=True)
    tones = {"care": [["city", "=", "Solo"]], "muted": [["name", "ilike", "warung"]]}
    screen = replace(declared, form=replace(declared.form, buttons=(verb,)), tones=tones)
    actor = Actor.of(User.objects.get(pk=2))
    listing = Listing(Asked(screen, QueryDict("s=name:warung"), "/contacts/", actor), actor)
    with CaptureQueriesContext(connection) as asked:
        found = {(line.tone, tuple(one.verb for one in line.buttons)) for line in listing.rows}
    assert found == {("care", ("copy",)), ("muted", ())}
    assert len(asked) == 2
    with pytest.raises(selections.DoesNotFit) as refused:
        selections.do(listing, "copy", [shops[0].pk, shops[1].pk])
    assert str(refused.value) == "“Copy” cannot be done with Warung 000. Nothing has been done."
    assert Partner.objects.filter(name__startswith="Warung").count() == 90
