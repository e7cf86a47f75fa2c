"""The frame around every page: what it offers to whom, and how it writes numbers and days."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from base.actors import Actor
from base.modules import installed
from web import formats
from web.context import initials, tiles_of
from web.forms.fields import plain
from web.icons import FALLBACK, drawing
from web.tests.conftest import person, signed_in

D = Decimal
RUPIAH = SimpleNamespace(symbol="Rp", position="before", places_shown=lambda _value: 0)
EURO = SimpleNamespace(symbol="€", position="after", places_shown=lambda _value: 2)


def test_tiles_show_what_one_may_open(sari, tono):
    assert [tile.label for tile in tiles_of(Actor.of(sari), "/home/")] == ["base"]
    assert tiles_of(Actor.of(tono), "/home/") == []


def test_the_menu_marks_where_one_is(sari):
    [tile] = tiles_of(Actor.of(sari), "/contacts/5/edit/")
    assert tile.current.url == reverse("web:screen-contacts")
    assert tiles_of(Actor.of(sari), "/home/")[0].current is None


def test_a_role_taken_away_closes_the_page_at_once(sari, sari_at_work):
    assert sari_at_work.get(reverse("web:screen-contacts")).status_code == 200
    sari.roles.clear()
    assert sari_at_work.get(reverse("web:screen-contacts")).status_code == 403


def test_a_user_switched_off_is_out_at_once(sari, sari_at_work):
    assert sari_at_work.get(reverse("web:home")).status_code == 200
    type(sari).objects.filter(pk=sari.pk).update(is_active=False)
    assert sari_at_work.get(reverse("web:home")).status_code == 302


def test_the_back_office_is_offered_to_staff_only(house, sari_at_work):
    boss = person("bos", company=house, is_superuser=True)
    type(boss).objects.filter(pk=boss.pk).update(is_staff=True)
    assert 'href="/admin/"' in signed_in(boss).get("/home/").content.decode()
    assert 'href="/admin/"' not in sari_at_work.get("/home/").content.decode()


def test_a_name_with_markup_is_text_in_the_frame(house):
    odd = person("odd", "Employee", company=house)
    type(odd.partner).objects.filter(pk=odd.partner_id).update(name="<img src=x> Odd")
    page = signed_in(odd).get("/home/").content.decode()
    assert "&lt;img src=x&gt; Odd" in page
    assert "<img src=x>" not in page


def test_every_icon_that_modules_name_is_drawn():
    named = {config.manifest.icon for config in installed()}
    named |= {menu.icon for config in installed() for menu in config.manifest.menu if menu.icon}
    assert {name for name in named if drawing(name) == FALLBACK} == set()
    assert apps.is_installed("web")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sari Kusuma", "SK"),
        ("sari", "S"),
        ("Ani B. Citra", "AC"),
        ("", "?"),
        ("— –", "?"),
        ("李 小龍", "李小"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("language", "value", "currency", "text"),
    [
        ("en", D("1250000.00"), RUPIAH, "Rp\u00a01,250,000"),
        ("id", D("1250000.00"), RUPIAH, "Rp\u00a01.250.000"),
        ("id", D("-1250.5"), EURO, "−1.250,50\u00a0€"),
        ("en", D("-0.2"), RUPIAH, "Rp\u00a00"),
        ("en", None, RUPIAH, ""),
    ],
)
def test_money_is_written_in_the_reader_s_way(language, value, currency, text):
    with translation.override(language):
        assert formats.money(value, currency) == text


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "1,250,000.50", "1250000.50"),
        ("en", "12.5", "12.5"),
        ("en", "1,5", "1.5"),
        ("en", "1 250", "1250"),
        ("en", "−5", "-5"),
        ("id", "1.250.000,50", "1250000.50"),
        ("id", "12.5", "12.5"),
        ("id", "12.500", "12500"),
        ("id", "12,5", "12.5"),
    ],
)
def test_numbers_are_read_in_the_reader_s_way(language, typed, read):
    with translation.override(language):
        assert plain(typed) == read


def test_days_and_moments_are_written_in_the_reader_s_way():
    with translation.override("id"):
        assert formats.day(date(2026, 8, 17)) == "17 Agu 2026"
        assert formats.moment(datetime(2026, 8, 16, 17, 5, tzinfo=UTC)) == "17 Agu 2026 00:05"
    with translation.override("en"):
        assert formats.short(D(2500000)) == "2.5M"
