"""The command palette: what it finds for whom, and that it asks little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.models import Partner
from web import places

URL = "/palette/"


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju", is_company=True)


def listed(client, text):
    page = client.get(URL, {"q": text}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    return page


def test_records_are_found_by_name(sari_at_work, toko):
    assert f'href="{places.url_for(Partner, toko.pk)}"' in listed(sari_at_work, "toko ma")


def test_menus_are_found_by_the_beginning_of_their_words(sari_at_work):
    assert f'href="{reverse("web:my_messages")}"' in listed(sari_at_work, "mess")
    assert "Nothing fits." in listed(sari_at_work, "essages")


def test_what_can_be_made_is_offered_to_who_may_make_it(sari_at_work, tono_at_work):
    new = reverse("web:screen-contacts-new")
    assert (new in listed(sari_at_work, "new"), new in listed(tono_at_work, "new")) == (True, False)


def test_a_record_of_another_company_is_not_found(sari_at_work, tono_at_work, toko, branch):
    assert "Toko Maju" not in listed(tono_at_work, "toko")
    Partner.objects.filter(pk=toko.pk).update(company=branch)
    assert "Toko Maju" not in listed(sari_at_work, "toko")


def test_without_script_it_is_a_page(sari_at_work, toko):
    page = sari_at_work.get(URL, {"q": "Toko"}).content.decode()
    assert ("<html" in page, "Toko Maju" in page) == (True, True)


@pytest.mark.parametrize("text", ["%", "_", "\x00", "'", "x" * 5000, "<script>", "ж"])
def test_odd_letters_find_nothing_and_break_nothing(sari_at_work, text):
    answer = sari_at_work.get(URL, {"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_it_asks_the_same_however_many_records_fit(sari_at_work, toko):
    listed(sari_at_work, "toko")
    with CaptureQueriesContext(connection) as few:
        listed(sari_at_work, "toko")
    Partner.objects.bulk_create([Partner(name=f"Toko {number}") for number in range(40)])
    with CaptureQueriesContext(connection) as many:
        listed(sari_at_work, "toko")
    assert len(many) == len(few)
