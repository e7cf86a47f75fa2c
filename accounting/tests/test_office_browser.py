"""The back office of accounting in a real browser: offline, under its own policy, at a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounting.models import JournalEntry
from accounting.tests.browsing import invoiced
from erpsite.testing.browser import DESK, PHONE
from tests.browsing import house, sign_in, toko
from tests.office_browsing import root, strayed, wider_than_the_window

__all__ = ["house", "root", "strayed", "toko"]
pytestmark = pytest.mark.browser


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
    sign_in(page, "admin")
    places = (
        reverse("admin:accounting_journalentry_change", args=[entry.pk]),
        reverse("admin:accounting_journalentry_history", args=[entry.pk]),
        reverse("admin:accounting_journalentry_deed", args=["pay"]) + f"?ids={entry.pk}",
    )
    assert wider_than_the_window(page, places, size) == []
    assert strayed == []
