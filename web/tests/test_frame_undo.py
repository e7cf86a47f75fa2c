"""Taking back what was just done, and how a user likes the pages."""

import re

import pytest
from django.core import signing
from django.urls import reverse

from base.models import Partner, Preference
from web import undo
from web.tests.conftest import person, signed_in


@pytest.fixture
def toko(house):
    return Partner.objects.create(name="Toko Maju", is_company=True, is_active=False)


def word(user, verb="action_unarchive", ids=(), name="res.partner", *arguments):
    return signing.dumps([user.pk, name, verb, list(ids), list(arguments)], salt=undo.SALT)


def take_back(client, text):
    return client.post("/undo/", {"word": text}, follow=True).content.decode()


def test_what_was_archived_comes_back(sari, sari_at_work, toko):
    assert "Taken back." in take_back(sari_at_work, word(sari, ids=[toko.pk]))
    toko.refresh_from_db()
    assert toko.is_active is True


def test_a_value_is_written_back(sari, sari_at_work, toko):
    Partner.objects.filter(pk=toko.pk).update(city="Bandung", is_active=True)
    take_back(sari_at_work, word(sari, "write", [toko.pk], "res.partner", {"city": "Malang"}))
    toko.refresh_from_db()
    assert toko.city == "Malang"


def test_the_word_of_another_user_does_nothing(house, sari, toko):
    budi = signed_in(person("budi", "Employee", company=house))
    assert "This cannot be taken back" in take_back(budi, word(sari, ids=[toko.pk]))
    toko.refresh_from_db()
    assert toko.is_active is False


def test_a_word_gives_no_rights(tono, tono_at_work, sari, sari_at_work, toko, branch):
    take_back(tono_at_work, word(tono, ids=[toko.pk]))
    Partner.objects.filter(pk=toko.pk).update(company=branch)
    take_back(sari_at_work, word(sari, ids=[toko.pk]))
    toko.refresh_from_db()
    assert toko.is_active is False


@pytest.mark.parametrize("text", ["", "x", "a:b:c", "é"])
def test_a_forged_word_is_refused(sari_at_work, text):
    assert "This cannot be taken back" in take_back(sari_at_work, text)


def test_after_some_minutes_it_is_too_late(sari, sari_at_work, toko, monkeypatch):
    monkeypatch.setattr(undo, "MINUTES", -1)
    assert "It is too late" in take_back(sari_at_work, word(sari, ids=[toko.pk]))
    toko.refresh_from_db()
    assert toko.is_active is False


def test_undo_leads_nowhere_else(sari_at_work):
    answer = sari_at_work.post("/undo/", {"word": "", "next": "https://evil.example/"})
    assert answer["Location"] == reverse("web:home")


def test_archiving_offers_to_take_it_back(sari_at_work, toko):
    other = Partner.objects.create(name="Warung Ani")
    sent = {"row": [str(other.pk)], "do": "action_archive"}
    page = sari_at_work.post("/contacts/many/", sent, follow=True).content.decode()
    other.refresh_from_db()
    assert other.is_active is False
    take_back(sari_at_work, re.search(r'name="word" value="([^"]+)"', page)[1])
    other.refresh_from_db()
    toko.refresh_from_db()
    assert (other.is_active, toko.is_active) == (True, False)


def test_theme_and_density_stay_with_the_user(sari, sari_at_work):
    sari_at_work.post("/me/looks/", {"theme": "dark"})
    sari_at_work.post("/me/looks/", {"density": "compact", "theme": "pink"})
    kept = Preference.objects.get(user=sari)
    assert (kept.theme, kept.density) == ("dark", "compact")
    page = signed_in(sari).get(reverse("web:home")).content.decode()
    assert 'data-bs-theme="dark"' in page
    assert 'data-density="compact"' in page
