"""The back office in a real browser: offline, under its own policy, at a desk and on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounting.models import JournalEntry
from base.models import Role, UnitOfMeasure, User
from erpsite.testing.browser import DESK, PHONE, picture
from tests.browsing import PASSWORD, house, invoiced, sign_in, toko

__all__ = ["house", "toko"]
pytestmark = pytest.mark.browser


@pytest.fixture
def root(house):
    """The administrator, with a password."""
    made = User.objects.get(pk=2)
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def strayed(page):
    """Every address outside the house that a page has asked for."""
    asked = []
    home = re.compile(r"^(https?://(localhost|127\.0\.0\.1)[:/]|data:|blob:)")
    page.on("request", lambda r: None if home.match(r.url) else asked.append(r.url))
    return asked


def test_a_draft_is_posted_and_then_final(page, root, house, toko, strayed):
    entry = invoiced(house, toko, 500000, posts=False)
    sign_in(page, "admin")
    page.goto(reverse("admin:accounting_journalentry_changelist"))
    page.get_by_role("link", name=str(entry)).click()
    page.get_by_role("link", name="Post", exact=False).first.click()
    expect(page.get_by_text("makes it final")).to_be_visible()
    page.get_by_role("button", name="Post").click()

    expect(page.get_by_text("Posted entries are final")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    assert JournalEntry.objects.get(pk=entry.pk).state == "posted"
    assert strayed == []


def test_texts_in_two_languages_stand_in_tabs(page, root, strayed):
    unit = UnitOfMeasure.objects.get(pk=1)
    sign_in(page, "admin")
    page.goto(reverse("admin:base_unitofmeasure_change", args=[unit.pk]))
    expect(page.locator("#id_name_ind")).to_be_hidden()
    page.get_by_role("tab", name="Indonesian").click()
    page.locator("#id_name_ind").fill("Biji")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/unitofmeasure/")
    unit.refresh_from_db()
    assert unit.name_ind == "Biji"
    assert strayed == []


def test_a_link_is_found_by_typing(page, root, house, toko, strayed):
    sign_in(page, "admin")
    page.goto(reverse("admin:accounting_journalentry_add") + "?kind=out_invoice")
    page.locator(".field-partner .select2-selection").click()
    page.locator(".select2-search__field").press_sequentially("toko maju")
    page.locator(".select2-results__option", has_text="Toko Maju Bersama").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/journalentry/")
    assert JournalEntry.objects.get().partner_id == toko.pk
    assert strayed == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_is_wider_than_its_window(page, root, house, toko, strayed, size):
    entry = invoiced(house, toko, 500000)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, "admin")
    wide = []
    for place in (
        reverse("admin:index"),
        reverse("admin:base_partner_changelist"),
        reverse("admin:base_partner_change", args=[toko.pk]),
        reverse("admin:base_role_change", args=[Role.objects.first().pk]),
        reverse("admin:base_partner_import"),
        reverse("admin:base_partner_export"),
        reverse("admin:accounting_journalentry_change", args=[entry.pk]),
        reverse("admin:accounting_journalentry_history", args=[entry.pk]),
        reverse("admin:accounting_journalentry_deed", args=["pay"]) + f"?ids={entry.pk}",
    ):
        page.goto(place)
        page.wait_for_load_state("networkidle")
        picture(page, f"office-{place}-{size[0]}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(place)
    assert wide == []
    assert strayed == []
