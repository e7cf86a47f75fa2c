"""The page of a record in a real browser: a contact made by keyboard alone, kept typing, tabs, a company made on the way."""

import re

import pytest
from playwright.sync_api import expect

from base.models import Partner, PartnerTag
from erpsite.testing.browser import barriers
from tests.browsing import ada, house, sign_in, toko
from tests.looks import sticks_out

__all__ = ["ada", "house", "toko"]
pytestmark = pytest.mark.browser
DESK, PHONE = (1440, 900), (360, 740)


def at(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})


def test_who_types_fast_gets_what_was_typed_and_not_what_stood_there(page, ada, toko):
    Partner.objects.create(name="Zulu Abadi", is_company=True)
    sign_in(page, "ada")
    page.goto("/contacts/new/")
    box = page.get_by_role("combobox", name="Belongs to")
    box.click()  # everything is listed
    expect(page.get_by_role("option").first).to_be_visible()
    page.route("**/find/**", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.keyboard.type("zulu")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Zulu Abadi")
    expect(page).to_have_url(re.compile("/contacts/new/$"))


@pytest.mark.parametrize(("size", "theme"), [(DESK, "light"), (PHONE, "dark")])
def test_a_contact_is_made_by_keyboard_alone(page, ada, house, size, theme):
    page.emulate_media(color_scheme=theme)
    at(page, size)
    sign_in(page, "ada")
    page.goto("/contacts/new/")
    assert barriers(page) == []
    page.get_by_label("Name", exact=False).first.focus()
    page.keyboard.type("Ani Wijaya")
    page.get_by_role("combobox", name="Belongs to").focus()
    page.keyboard.type("PT Baru")
    expect(page.get_by_role("option", name="Create “PT Baru”")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Open PT Baru")).to_be_visible()
    page.get_by_role("combobox", name="Country").focus()
    page.keyboard.type("indones")
    expect(page.get_by_role("option", name="Indonesia", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="People and addresses").focus()
    page.keyboard.press("End")
    page.get_by_role("textbox", name="Notes").focus()
    page.keyboard.press("Control+b")
    page.keyboard.type("Important")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ani Wijaya")
    made = Partner.objects.get(name="Ani Wijaya")
    assert (made.parent.name, made.parent.is_company, made.country.code) == ("PT Baru", True, "ID")
    assert made.comment.startswith("<p><b>Important</b></p>") or "<b>Important</b>" in made.comment
    assert barriers(page) == []
    assert not sticks_out(page)


def test_what_was_typed_comes_back_after_a_crash(page, ada, toko):
    at(page, DESK)
    sign_in(page, "ada")
    page.goto(f"/contacts/{toko.pk}/")
    page.get_by_label("City").fill("Cimahi")
    page.wait_for_timeout(600)
    page.evaluate(
        "window.addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), true)"
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/contacts/{toko.pk}/")
    expect(page.get_by_label("City")).to_have_value("Bandung")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("City")).to_have_value("Cimahi")
    page.keyboard.press("Alt+s")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    toko.refresh_from_db()
    assert toko.city == "Cimahi"
    page.goto(f"/contacts/{toko.pk}/")
    expect(page.get_by_role("button", name="Bring it back")).to_be_hidden()


def test_tags_are_found_and_an_error_in_a_hidden_tab_opens_it(page, ada, toko):
    for number in range(15):
        PartnerTag.objects.create(name=f"Tag {number:02}")
    at(page, DESK)
    sign_in(page, "ada")
    page.goto(f"/contacts/{toko.pk}/")
    page.get_by_role("combobox", name="Add: Tags").focus()
    page.keyboard.type("tag 07")
    expect(page.get_by_role("option", name="Tag 07")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Notes").click()
    expect(page.get_by_role("tabpanel", name="Notes")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert [one.name for one in toko.tags.all()] == ["Tag 07"]


def test_more_records_are_searched_page_by_page_without_leaving_the_form(page, ada, toko):
    Partner.objects.bulk_create(
        Partner(name=f"PT Induk {number:02}", is_company=True, city="Solo") for number in range(45)
    )
    for size in (DESK, PHONE):
        at(page, size)
        if size == DESK:
            sign_in(page, "ada")
        page.goto("/contacts/new/")
        expect(page.locator("[data-preview-says] p")).to_have_count(0)
        page.get_by_role("combobox", name="Belongs to").focus()
        page.keyboard.type("induk")
        expect(page.get_by_role("option", name="Search more …")).to_be_visible()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Belongs to")
        expect(dialog.get_by_role("button", name="PT Induk 00")).to_be_visible()
        expect(dialog.get_by_text("1–20", exact=True)).to_be_visible()
        assert barriers(page) == []
        page.screenshot(path=f"artefacts/search-more-{size[0]}.png")
        page.keyboard.press("PageDown")
        expect(dialog.get_by_text("21–40", exact=True)).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name="Belongs to")).to_have_value("PT Induk 21")
        expect(page.get_by_role("link", name="Open PT Induk 21")).to_be_visible()
        page.get_by_role("combobox", name="Belongs to").click()
        page.keyboard.press("ArrowUp")
        assert not sticks_out(page)
