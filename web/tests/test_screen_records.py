"""The page of a record that a declaration draws: reading, saving, verbs, and two people at once."""

import html
import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from base.models import Partner, PartnerTag, Role
from web.tests.conftest import signed_in
from web.tests.sending import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def toko():
    found = Partner.objects.create(
        name="Toko Maju", is_company=True, city="Bandung", email="a@toko.example"
    )
    for number in range(3):
        Partner.objects.create(name=f"Cabang {number}", parent=found, phone="+62 21 555 000")
    return found


def test_what_is_not_touched_is_not_written(boss, toko):
    before = Partner.objects.values().get(pk=toko.pk)
    answer = boss.post(f"/contacts/{toko.pk}/", opened(boss, f"/contacts/{toko.pk}/"))
    assert answer.status_code == 302
    assert Partner.objects.values().get(pk=toko.pk) == before


def test_a_changed_field_a_tag_and_lines_are_saved_together(boss, toko):
    tag = PartnerTag.objects.create(name="Grosir")
    form = opened(boss, f"/contacts/{toko.pk}/")
    first = form["child_ids-0-name"][0]
    form |= {"city": ["Cimahi"], "category_id": [str(tag.pk)], "child_ids-1-name": ["Gudang"]}
    form |= {"child_ids-2-DELETE": ["on"], "child_ids-COUNT": ["4"], "child_ids-3-id": [""]}
    form |= {"child_ids-3-name": ["Kasir"], "child_ids-3-type": ["contact"]}
    assert boss.post(f"/contacts/{toko.pk}/", form).status_code == 302
    toko.refresh_from_db()
    assert (toko.city, [one.name for one in toko.tags.all()]) == ("Cimahi", ["Grosir"])
    names = Partner.objects.filter(parent=toko).order_by("pk").values_list("name", flat=True)
    assert sorted(names) == sorted([first, "Gudang", "Kasir"])


def test_a_new_record_takes_a_link_by_the_name_typed(boss, toko):
    form = opened(boss, "/contacts/new/?default_city=Solo")
    assert form["company_type"] == ["person"]
    form |= {"name": ["Ani"], "parent_id": ["toko maju"], "country_id": ["indones"]}
    answer = boss.post("/contacts/new/", form)
    made = Partner.objects.get(name="Ani")
    assert answer.url == f"/contacts/{made.pk}/"
    assert (made.parent, made.city, made.country.code) == (toko, "Solo", "ID")


def test_a_name_that_fits_several_or_none_is_told_beside_the_box(boss, toko):
    for place in ("Solo", "Kudus"):
        Partner.objects.create(name=f"Gudang {place}", is_company=True)
    form = opened(boss, "/contacts/new/") | {"name": ["Ani"], "parent_id": ["gudang"]}
    answer = boss.post("/contacts/new/", form | {"country_id": ["Atlantis"]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Several fit “gudang”" in page
    assert "Nothing is called “Atlantis”." in page
    assert 'value="Atlantis"' in page
    assert not Partner.objects.filter(name="Ani").exists()


def test_two_people_changing_different_fields_both_win(boss, toko):
    form = opened(boss, f"/contacts/{toko.pk}/")
    Partner.objects.filter(pk=toko.pk).update(city="Solo")
    boss.post(f"/contacts/{toko.pk}/", form | {"email": ["b@toko.example"]})
    toko.refresh_from_db()
    assert (toko.city, toko.email) == ("Solo", "b@toko.example")


def test_two_people_changing_the_same_field_the_second_is_asked(boss, toko):
    form = opened(boss, f"/contacts/{toko.pk}/")
    Partner.objects.filter(pk=toko.pk).update(city="Solo")
    answer = boss.post(f"/contacts/{toko.pk}/", form | {"city": ["Cimahi"]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has changed this to “Solo” meanwhile." in page
    assert 'value="Cimahi"' in page
    toko.refresh_from_db()
    assert toko.city == "Solo"

    was = html.unescape(re.search(r'name="was" value="([^"]*)"', page)[1])
    assert json.loads(was)["own"]["city"] == "Solo"
    again = boss.post(f"/contacts/{toko.pk}/", form | {"city": ["Cimahi"], "was": [was]})
    toko.refresh_from_db()
    assert (again.status_code, toko.city) == (302, "Cimahi")


def test_a_line_changed_by_somebody_else_is_asked_too(boss, toko):
    form = opened(boss, f"/contacts/{toko.pk}/")
    pk = int(form["child_ids-0-id"][0])
    Partner.objects.filter(pk=pk).update(phone="1")
    answer = boss.post(f"/contacts/{toko.pk}/", form | {"child_ids-0-phone": ["2"]})
    assert answer.status_code == 409
    assert Partner.objects.get(pk=pk).phone == "1"


def test_verbs_of_every_noun_are_on_the_page(boss, toko):
    form = opened(boss, f"/contacts/{toko.pk}/")
    boss.post(f"/contacts/{toko.pk}/", form | {"_do": ["action_archive"], "city": ["Cimahi"]})
    toko.refresh_from_db()
    assert (toko.is_active, toko.city) == (False, "Cimahi")
    answer = boss.post(f"/contacts/{toko.pk}/", form | {"_do": ["message_post"]})
    assert answer.status_code == 404
    answer = boss.post(
        f"/contacts/{toko.pk}/", {**opened(boss, f"/contacts/{toko.pk}/"), "_do": ["unlink"]}
    )
    assert (answer.status_code, answer.url) == (302, "/contacts/")
    assert not Partner.objects.filter(pk=toko.pk).exists()


def test_who_may_only_look_gets_no_boxes_and_cannot_write(tono, toko):
    looks = Role.objects.create(name="Looks", module="base")
    looks.permissions.add(Permission.objects.get(codename="view_partner"))
    tono.roles.add(looks)
    reader = signed_in(tono)
    page = reader.get(f"/contacts/{toko.pk}/").content.decode()
    assert 'name="city"' not in page
    assert "Bandung" in page
    answer = reader.post(f"/contacts/{toko.pk}/", {"city": "Solo", "was": "{}"})
    toko.refresh_from_db()
    assert (answer.status_code, toko.city) == (200, "Bandung")
    assert reader.post(f"/contacts/{toko.pk}/", {"_do": "unlink"}).status_code in {403, 422}
    assert reader.get("/contacts/new/").status_code == 403


def test_a_page_costs_the_same_however_many_lines(boss, toko):

    boss.get(f"/contacts/{toko.pk}/")
    with CaptureQueriesContext(connection) as few:
        boss.get(f"/contacts/{toko.pk}/")
    for number in range(50):
        Partner.objects.create(name=f"Lagi {number}", parent=toko)
    with CaptureQueriesContext(connection) as many:
        boss.get(f"/contacts/{toko.pk}/")
    assert len(many) == len(few) <= 15
