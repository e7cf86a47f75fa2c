"""Contacts and products on the web: lists, pages, forms, conversation."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from base.actors import Actor
from base.models import Activity, Change, Message, Partner, ProductTemplate, Role, VerbRun
from base.services import messages, products
from web.tests.conftest import person, signed_in
from web.tests.sending import opened, sent

NEW = "/contacts/new/"
PARTNER = {"name": "Toko Maju", "company_type": "company", "city": "Bandung"}
D = Decimal


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju", is_company=True, city="Bandung")


@pytest.fixture
def keeper_at_work(house):
    """Keeps products."""
    return signed_in(person("putu", "Product manager", company=house))


def test_new_contact_is_shared_by_all_companies(sari, sari_at_work):
    answer = sent(sari_at_work, NEW, **PARTNER)
    made = Partner.objects.get(name="Toko Maju")
    assert answer["Location"] == reverse("web:screen-contacts-record", args=[made.pk])
    assert (made.is_company, made.city, made.company_id, made.created_by_id) == (
        True,
        "Bandung",
        None,
        sari.pk,
    )
    assert VerbRun.objects.filter(verb="base.partner.create", user=sari, door="web").count() == 1


def test_new_contact_keeps_what_was_typed_when_refused(sari_at_work):
    answer = sent(sari_at_work, NEW, **PARTNER | {"name": "", "l10n_id_nik": "12"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Bandung"' in page
    assert 'role="alert"' in page
    assert not Partner.objects.filter(city="Bandung").exists()


def test_a_page_shows_that_a_company_is_one(sari_at_work, toko):
    form = opened(sari_at_work, f"/contacts/{toko.pk}/")
    assert form["company_type"] == ["company"]


def test_edit_writes_only_what_changed_and_remembers_it(sari_at_work, toko):
    sent(sari_at_work, f"/contacts/{toko.pk}/", city="Malang")
    change = Change.objects.filter(model="base_partner", row_id=toko.pk, operation="U").get()
    assert (change.old, change.new) == ({"city": "Bandung"}, {"city": "Malang"})
    page = sari_at_work.get(reverse("web:screen-contacts-record", args=[toko.pk])).content.decode()
    assert "<del>Bandung</del> → <ins>Malang</ins>" in page
    assert "on the web" in page


def test_edit_says_what_is_wrong_in_the_user_s_language(house, toko):
    ayu = signed_in(person("ayu", "Employee", company=house, language="id"))
    answer = sent(ayu, f"/contacts/{toko.pk}/", lang="xx")
    assert answer.status_code == 422
    with translation.override("id"):
        told = "Select a valid choice. %(value)s is not one of the available choices."
        sentence = gettext(told) % {"value": "xx"}
    assert sentence != told % {"value": "xx"}
    assert f"<div>{sentence}</div>" in answer.content.decode()


def test_archive_and_bring_back(sari_at_work, toko):
    for verb, expected in (("action_archive", False), ("action_unarchive", True)):
        sent(sari_at_work, f"/contacts/{toko.pk}/", _do=verb)
        toko.refresh_from_db()
        assert toko.is_active is expected


def test_archive_tells_a_refusal_on_the_page(sari, sari_at_work):
    answer = sent(sari_at_work, f"/contacts/{sari.partner_id}/", _do="action_archive")
    sari.partner.refresh_from_db()
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert sari.partner.is_active is True


def test_a_contact_of_another_company_does_not_exist(sari_at_work, branch):
    secret = Partner.objects.create(name="Rahasia", company=branch)
    assert (
        sari_at_work.get(reverse("web:screen-contacts-record", args=[secret.pk])).status_code == 404
    )
    assert sari_at_work.post(f"/contacts/{secret.pk}/", PARTNER).status_code == 404
    assert "Rahasia" not in sari_at_work.get(reverse("web:screen-contacts")).content.decode()
    found = sari_at_work.get(reverse("web:find", args=["contacts", "parent_id"]), {"q": "rahasia"})
    assert found.json() == {"rows": [], "more": False}
    assert sari_at_work.get(reverse("web:lookup", args=["partner"]), {"q": "rahasia"}).json() == {
        "rows": [],
        "more": False,
    }


def test_lookup_answers_names_and_says_whether_there_are_more(sari_at_work, toko):
    Partner.objects.bulk_create([Partner(name=f"Kios {number:02}") for number in range(35)])
    found = sari_at_work.get(reverse("web:lookup", args=["partner"]), {"q": "kios"}).json()
    assert (len(found["rows"]), found["more"], found["rows"][0]["text"]) == (30, True, "Kios 00")
    assert sari_at_work.get(reverse("web:lookup", args=["users-and-hashes"])).status_code == 404


def test_lists_cost_the_same_whatever_their_length(
    sari_at_work, django_assert_max_num_queries, toko
):
    sari_at_work.get(reverse("web:screen-contacts"))
    Partner.objects.bulk_create(
        [Partner(name=f"Kios {number:02}", parent=toko) for number in range(60)]
    )
    for name in ("web:screen-contacts", "web:screen-products"):
        with django_assert_max_num_queries(8):
            sari_at_work.get(reverse(name))


def test_pages_cost_at_most_fifteen_queries(
    sari, sari_at_work, django_assert_max_num_queries, toko
):
    Partner.objects.bulk_create(
        [Partner(name=f"Orang {number:02}", parent=toko) for number in range(9)]
    )
    for word in ("satu", "dua", "tiga"):
        messages.post(toko, word, by=Actor.of(sari))
    sari_at_work.get(NEW)  # who sari is, is known from now on
    with django_assert_max_num_queries(15):
        sari_at_work.get(reverse("web:screen-contacts-record", args=[toko.pk]))
    with django_assert_max_num_queries(15):
        sari_at_work.get(NEW)


def test_a_note_is_kept_as_text_and_shown_without_scripts(sari_at_work, toko):
    url = reverse("web:say", args=["base.partner", toko.pk])
    sari_at_work.post(url, {"body": "Call <script>alert(1)</script> first"})
    page = sari_at_work.get(reverse("web:screen-contacts-record", args=[toko.pk])).content.decode()
    assert Message.objects.get().is_internal is True
    assert "Call &lt;script&gt;alert(1)&lt;/script&gt; first" in page


def test_rich_text_loses_styles_and_scripts_on_its_way_out(house, toko):
    looks = Role.objects.create(name="Looks", module="base")
    looks.permissions.add(Permission.objects.get(codename="view_partner"))
    reader = person("rudi", company=house)
    reader.roles.add(looks)
    bad = '<p style="color:red" onclick="x()">Hi<script>x()</script></p>'
    Partner.objects.filter(pk=toko.pk).update(comment=bad)
    page = signed_in(reader).get(f"/contacts/{toko.pk}/").content.decode()
    assert "<p>Hi</p>" in page


def test_nobody_talks_about_what_has_no_page(sari_at_work, house):
    assert (
        sari_at_work.post(reverse("web:say", args=["base.industry", 1]), {"body": "x"}).status_code
        == 404
    )
    assert (
        sari_at_work.post(reverse("web:say", args=["no.such", 1]), {"body": "x"}).status_code == 404
    )


def test_an_activity_is_planned_and_done(sari, sari_at_work, toko):
    plan = {
        "plan-summary": "Call about the order",
        "plan-due_date": "2026-12-01",
        "plan-user": sari.pk,
    }
    sari_at_work.post(reverse("web:plan", args=["base.partner", toko.pk]), plan)
    activity = Activity.objects.get()
    assert (activity.summary, activity.user_id, activity.row_id) == (
        "Call about the order",
        sari.pk,
        toko.pk,
    )
    assert "Call about the order" in sari_at_work.get(reverse("web:home")).content.decode()
    sari_at_work.post(reverse("web:activity_done", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.is_active is False


def test_an_activity_without_anything_to_do_is_refused(sari_at_work, toko):
    answer = sari_at_work.post(
        reverse("web:plan", args=["base.partner", toko.pk]), {"plan-summary": ""}
    )
    assert (answer.status_code, Activity.objects.count()) == (422, 0)


def test_unread_messages_are_counted_and_read(house, sari, sari_at_work, toko):
    budi = Actor.of(person("budi", "Employee", company=house))
    messages.post(toko, "Please look", recipient_ids=[sari.partner_id], by=budi)
    assert (
        '<span class="counter-number" aria-hidden="true">1</span>'
        in sari_at_work.get(reverse("web:home")).content.decode()
    )
    small = sari_at_work.get(
        reverse("web:my_messages"), headers={"HX-Request": "true"}
    ).content.decode()
    assert "Please look" in small
    assert "<html" not in small
    sari_at_work.post(reverse("web:read_all"))
    assert "counter-number" not in sari_at_work.get(reverse("web:home")).content.decode()


PRODUCTS = "/products/new/"
PRODUCT = {
    "name": "Teh Poci",
    "type": "consu",
    "list_price": "12500",
    "default_code": "TEH-1",
    "standard_price": "9000",
}


def test_new_product_is_made_with_its_variant(keeper_at_work):
    answer = sent(keeper_at_work, PRODUCTS, **PRODUCT, sale_ok="on")
    made = ProductTemplate.objects.get(name="Teh Poci")
    variant = made.products.get()
    assert answer["Location"] == reverse("web:screen-products-record", args=[made.pk])
    assert (made.list_price, variant.reference, variant.cost) == (D(12500), "TEH-1", D(9000))


def test_edit_of_a_product_reaches_its_only_variant(house, keeper_at_work):
    sent(keeper_at_work, PRODUCTS, **PRODUCT)
    made = ProductTemplate.objects.get(name="Teh Poci")
    sent(keeper_at_work, f"/products/{made.pk}/", default_code="TEH-2", list_price="13000")
    made.refresh_from_db()
    assert (made.list_price, made.products.get().reference) == (D(13000), "TEH-2")


def test_a_barcode_that_is_taken_is_refused_beside_the_form(house, keeper_at_work):
    sent(keeper_at_work, PRODUCTS, **PRODUCT, barcode="8991")
    answer = sent(keeper_at_work, PRODUCTS, **PRODUCT | {"name": "Kopi"}, barcode="8991")
    assert answer.status_code == 422
    assert "Another product already has this barcode." in answer.content.decode()
    assert not ProductTemplate.objects.filter(name="Kopi").exists()


def test_an_employee_sees_products_but_makes_none(sari_at_work, house):
    (made,) = products.create(
        [{"name": "Teh", "unit_id": 1}], by=Actor.system(company_ids=[house.pk])
    )
    page = sari_at_work.get(reverse("web:screen-products-record", args=[made.pk]))
    assert page.status_code == 200
    assert sari_at_work.post(PRODUCTS, PRODUCT).status_code == 403
