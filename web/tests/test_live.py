"""What an open page hears: that its record was changed, that something has come; and nothing of what is hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.actors import Actor
from base.models import Partner
from base.services import messages, records
from web.tests.conftest import person


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju", is_company=True)


def url_of(row):
    return reverse("web:live_record", args=[row._meta.label_lower, row.pk])


def test_a_page_hears_who_has_changed_its_record(house, sari_at_work, toko):
    before = sari_at_work.get(url_of(toko)).json()["record"]
    budi = person("budi", "Employee", company=house)
    records.change(Partner.objects.filter(pk=toko.pk), {"city": "Bandung"}, by=Actor.of(budi))
    after = sari_at_work.get(url_of(toko)).json()["record"]
    assert after["stamp"] != before["stamp"]
    assert after["sentence"].startswith("Budi has changed this record (")


def test_the_stamp_is_that_of_the_page(sari_at_work, toko):
    toko.refresh_from_db()
    page = sari_at_work.get(reverse("web:history", args=["base.partner", toko.pk]))
    assert page.status_code == 200
    told = sari_at_work.get(url_of(toko)).json()["record"]
    assert told["stamp"] == f"{toko.changed_at.timestamp():.6f}"


def test_nothing_new_is_said_in_no_words(sari_at_work, toko):
    first = sari_at_work.get(url_of(toko))
    again = sari_at_work.get(url_of(toko), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    messages.post(toko, "Hello", by=Actor.system())
    changed = sari_at_work.get(url_of(toko), headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["record"]["said"] > 0) == (200, True)


def test_no_news_of_what_one_may_not_see(sari_at_work, tono_at_work, guest, toko, branch):
    assert tono_at_work.get(url_of(toko)).json()["record"] is None
    Partner.objects.filter(pk=toko.pk).update(company=branch)
    assert sari_at_work.get(url_of(toko)).json()["record"] is None
    assert sari_at_work.get("/live/base.apikey/1/").json()["record"] is None
    assert sari_at_work.get("/live/no.such/1/").json()["record"] is None
    assert guest.get(url_of(toko)).status_code == 302


def test_asking_costs_three_queries_however_much_there_is(sari, sari_at_work, toko):
    for number in range(20):
        messages.post(toko, str(number), recipient_ids=[sari.partner_id], by=Actor.system())
    sari_at_work.get(url_of(toko))
    with CaptureQueriesContext(connection) as asked:
        told = sari_at_work.get(url_of(toko)).json()
    assert told["counts"]["messages"] == {"count": 20, "label": "20 new messages"}
    assert len(asked) <= 3
