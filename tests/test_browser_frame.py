"""The frame and the lists in a real browser: searching as one types, switching the language."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from base.models import Partner
from tests.browsing import ada, house, sign_in, toko

__all__ = ["ada", "house", "toko"]
pytestmark = pytest.mark.browser


def test_search_narrows_a_list_as_one_types(page, ada, house, toko):
    Partner.objects.bulk_create([Partner(name=f"Kios {number:02}") for number in range(60)])
    sign_in(page, "ada")
    page.goto(reverse("web:screen-contacts"))
    page.get_by_label("Search").press_sequentially("kios 07")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="Kios 07")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=kios%2007"))
    page.get_by_label("Search").fill("")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("41–")).to_be_visible()


def test_the_language_is_switched_and_stays(page, ada):
    sign_in(page, "ada")
    page.get_by_label("Your account").click()
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    ada.refresh_from_db()
    assert ada.language == "id"
