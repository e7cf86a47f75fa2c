"""What a record's form is sent by mistake or on purpose: forged fields, forged memory, foreign ids, nonsense of every type."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from threading import Barrier

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from base.models import Country, CountryState, Partner, PartnerTag, Role
from rpc import registry as exposures
from web.screens import registry
from web.tests.conftest import person, signed_in
from web.tests.sending import opened, sent

JUNK = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["\x00", "9" * 400, "NaN", "2026-02-31", "[6,0,[1]]", "<script>", "-1", "1e9"]),
)


@pytest.fixture
def toko(db):
    return Partner.objects.create(name="Toko Maju", is_company=True, city="Bandung")


@pytest.fixture
def jakarta(db):
    found = CountryState.objects.filter(country__code="ID").first()
    return found or CountryState.objects.create(
        country=Country.objects.get(code="ID"), code="JK", name="Jakarta"
    )


def everything(toko):
    return Partner.objects.values().get(pk=toko.pk), list(toko.tags.values_list("pk", flat=True))


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(values=st.dictionaries(st.sampled_from([
    "parent_id", "parent_id-pk", "country_id", "country_id-pk", "state_id-pk", "category_id",
    "company_type", "type", "lang", "user_id-pk", "company_id-pk", "child_ids-COUNT",
    "child_ids-0-id", "child_ids-0-type", "bank_ids-0-id", "bank_ids-COUNT", "was", "_do",
]), JUNK, min_size=1, max_size=4))  # fmt: skip
@pytest.mark.once
def test_nonsense_of_every_type_is_answered_with_a_page_and_never_a_bug(boss, toko, values):
    sent_back = opened(boss, f"/contacts/{toko.pk}/") | {k: [v] for k, v in values.items()}
    answer = boss.post(f"/contacts/{toko.pk}/", sent_back)
    assert answer.status_code in {200, 302, 404, 409, 422}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "was",
    ["{}", "[]", "null", "{", '{"own": []}', '{"own": {"city": {}}, "child_ids": [1]}', "[" * 5000],
)
def test_a_forged_memory_of_the_form_is_no_bug(boss, toko, was):
    answer = sent(boss, f"/contacts/{toko.pk}/", was=was, email="a@b.example")
    toko.refresh_from_db()
    assert (answer.status_code, toko.email, toko.city) == (302, "a@b.example", "Bandung")


@pytest.mark.django_db
def test_a_field_hidden_from_the_actor_is_not_on_the_page_and_not_written(sari, toko, monkeypatch):
    noun = exposures.find("res.partner")
    secret = replace(noun.fields["vat"], permission="base.delete_role")
    monkeypatch.setitem(noun.fields, "vat", secret)
    Partner.objects.filter(pk=toko.pk).update(tax_id="123456789")
    sari_at_work = signed_in(sari)
    page = sari_at_work.get(f"/contacts/{toko.pk}/").content.decode()
    form = opened(sari_at_work, f"/contacts/{toko.pk}/")
    assert "123456789" not in page
    assert "vat" not in json.loads(form["was"][0])["own"]
    answer = sent(sari_at_work, f"/contacts/{toko.pk}/", vat="999", city="Solo")
    toko.refresh_from_db()
    assert (answer.status_code, toko.tax_id, toko.city) == (302, "123456789", "Solo")


@pytest.mark.django_db
def test_records_of_another_company_cannot_be_chosen(house, branch, toko):
    sari_at_work = signed_in(person("sari", "Employee", company=house))
    secret = Partner.objects.create(name="Rahasia", is_company=True, company=branch)
    before = everything(toko)
    forged = {"parent_id": "Rahasia", "parent_id-pk": str(secret.pk), "parent_id-is": "Rahasia"}
    answer = sent(sari_at_work, f"/contacts/{toko.pk}/", city="Solo", **forged)
    assert (answer.status_code, everything(toko)) == (422, before)
    assert "This cannot be chosen here." in answer.content.decode()
    answer = sent(sari_at_work, f"/contacts/{toko.pk}/", city="Solo", category_id=["999999"])
    assert (answer.status_code, everything(toko)) == (422, before)


@pytest.mark.django_db
def test_a_link_outside_the_domain_of_its_place_is_refused(boss, toko, jakarta):
    malaysia = Country.objects.get(code="MY")
    forged = {"state_id": "x", "state_id-pk": str(jakarta.pk), "state_id-is": "x"}
    abroad = {
        "country_id": "Malaysia",
        "country_id-pk": str(malaysia.pk),
        "country_id-is": "Malaysia",
    }
    answer = sent(boss, f"/contacts/{toko.pk}/", **forged, **abroad)
    assert answer.status_code == 422
    assert "This cannot be chosen here." in answer.content.decode()
    home = {"country_id": "x", "country_id-pk": str(jakarta.country_id), "country_id-is": "x"}
    assert sent(boss, f"/contacts/{toko.pk}/", **forged, **home).status_code == 302
    toko.refresh_from_db()
    assert toko.state == jakarta


@pytest.mark.django_db
def test_a_box_offers_what_fits_the_other_boxes(boss, jakarta):
    malaysia = Country.objects.get(code="MY")
    told = {"q": jakarta.name, "with-country_id": str(jakarta.country_id)}
    names = [row["id"] for row in boss.get("/find/contacts/state_id/", told).json()["rows"]]
    assert jakarta.pk in names
    told = {"q": jakarta.name, "with-country_id": str(malaysia.pk)}
    assert boss.get("/find/contacts/state_id/", told).json() == {"rows": [], "more": False}


@pytest.mark.django_db
def test_a_record_is_made_on_the_way_as_its_place_wants_it(boss, tono):
    made = boss.post("/find/contacts/parent_id/", {"q": "PT Baru"}).json()
    company = Partner.objects.get(pk=made["id"])
    assert (company.name, company.is_company, made["text"]) == ("PT Baru", True, "PT Baru")
    looks = Role.objects.create(name="Looks", module="base")
    looks.permissions.add(Permission.objects.get(codename="view_partner"))
    tono.roles.add(looks)
    answer = signed_in(tono).post("/find/contacts/parent_id/", {"q": "PT Lain"})
    assert answer.status_code == 403
    assert not Partner.objects.filter(name="PT Lain").exists()


@pytest.mark.django_db
def test_a_picture_is_put_shown_and_taken_away(boss, toko):
    content = BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    form = opened(boss, f"/contacts/{toko.pk}/")
    file = SimpleUploadedFile("a.png", content.getvalue(), "image/png")
    assert boss.post(f"/contacts/{toko.pk}/", {**form, "image_1920": file}).status_code == 302
    answer = boss.get(f"/record-file/res.partner/{toko.pk}/image_1920/")
    assert (answer.content, answer["Content-Type"]) == (content.getvalue(), "image/png")
    assert "image_1920-remove" in boss.get(f"/contacts/{toko.pk}/").content.decode()
    sent(boss, f"/contacts/{toko.pk}/", **{"image_1920-remove": "on"})
    assert boss.get(f"/record-file/res.partner/{toko.pk}/image_1920/").status_code == 404


@pytest.mark.django_db
def test_a_file_that_is_no_picture_is_refused_and_nothing_is_written(boss, toko):
    before = everything(toko)
    form = opened(boss, f"/contacts/{toko.pk}/") | {"city": ["Solo"]}
    file = SimpleUploadedFile("a.png", b"<svg onload='alert(1)'/>", "image/png")
    answer = boss.post(f"/contacts/{toko.pk}/", {**form, "image_1920": file})
    assert (answer.status_code, everything(toko)) == (422, before)


@pytest.mark.django_db
def test_rich_text_keeps_its_marks_and_loses_what_runs(boss, toko):
    text = "<p>One <strong>two</strong></p><ul><li>three</li></ul>"
    Partner.objects.filter(pk=toko.pk).update(comment=text)
    sent(boss, f"/contacts/{toko.pk}/", city="Solo")
    toko.refresh_from_db()
    assert (toko.comment, toko.city) == (text, "Solo")
    sent(boss, f"/contacts/{toko.pk}/", comment="<p onclick='x()'>Hi<script>x()</script></p>")
    toko.refresh_from_db()
    assert toko.comment == "<p>Hi</p>"


@pytest.mark.django_db
def test_the_value_of_somebody_else_can_be_taken(boss, toko):
    form = opened(boss, f"/contacts/{toko.pk}/") | {"city": ["Cimahi"], "email": ["a@b.example"]}
    Partner.objects.filter(pk=toko.pk).update(city="Solo")
    answer = boss.post(f"/contacts/{toko.pk}/", form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<strong>Cimahi</strong>" in page
    assert "<strong>Solo</strong>" in page
    boss.post(f"/contacts/{toko.pk}/", form | {"city-take": ["theirs"]})
    toko.refresh_from_db()
    assert (toko.city, toko.email) == ("Solo", "a@b.example")


@pytest.mark.django_db
def test_tags_not_on_the_page_are_left_alone(boss, toko):
    toko.tags.add(PartnerTag.objects.create(name="Grosir"))
    answer = boss.post(f"/contacts/{toko.pk}/", {"city": "Solo", "was": "{}"})
    assert answer.status_code in {302, 422}
    assert [one.name for one in toko.tags.all()] == ["Grosir"]


@pytest.mark.django_db
def test_a_screen_with_a_permission_is_closed_to_others(house):
    sari_at_work = signed_in(person("sari", "Employee", company=house))
    screen = registry.find("users")
    assert screen.permission == "base.change_user"
    for address in ("/users/", "/users/new/", "/users/1/", "/roles/", "/companies/1/"):
        assert sari_at_work.get(address).status_code == 403
    boss = signed_in(person("budi", "Administrator", company=house))
    page = boss.get("/users/1/")
    assert (page.status_code, 'name="password"' in page.content.decode()) == (200, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_time_one_wins_and_the_other_is_asked(house):
    toko = Partner.objects.create(name="Toko Maju", city="Bandung")
    clients = [signed_in(person(one, "Administrator", company=house)) for one in ("ani", "budi")]
    cities, ready = ("Solo", "Kudus"), Barrier(2, timeout=30)

    def save(client, city):
        form = opened(client, f"/contacts/{toko.pk}/") | {"city": [city]}
        ready.wait()
        try:
            return client.post(f"/contacts/{toko.pk}/", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(save, clients, cities))
    toko.refresh_from_db()
    assert sorted(codes) == [302, 409]
    assert toko.city == cities[codes.index(302)]
