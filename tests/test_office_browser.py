"""The back office in a real browser: offline, under its own policy, at a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from base.models import Role, UnitOfMeasure
from erpsite.testing.browser import DESK, PHONE
from tests.browsing import house, sign_in, toko
from tests.office_browsing import root, strayed, wider_than_the_window

__all__ = ["house", "root", "strayed", "toko"]
pytestmark = pytest.mark.browser


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
    page.goto(reverse("admin:base_partner_add"))
    page.get_by_label("Name", exact=True).fill("Gudang")
    page.locator(".field-parent .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").press_sequentially("toko maju")
    page.locator(".select2-results__option", has_text="Toko Maju Bersama").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/partner/")
    assert toko.children.get().name == "Gudang"
    assert strayed == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_is_wider_than_its_window(page, root, house, toko, strayed, size):
    sign_in(page, "admin")
    places = (
        reverse("admin:index"),
        reverse("admin:base_partner_changelist"),
        reverse("admin:base_partner_change", args=[toko.pk]),
        reverse("admin:base_role_change", args=[Role.objects.first().pk]),
        reverse("admin:base_partner_import"),
        reverse("admin:base_partner_export"),
    )
    assert wider_than_the_window(page, places, size) == []
    assert strayed == []
