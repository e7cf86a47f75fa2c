"""A list in a real browser, by keyboard alone and on a phone: searching, groups, ticks, rows in place, conditions."""

import re

import pytest
from playwright.sync_api import expect

from base.models import Favourite, Partner
from erpsite.testing.browser import DESK, PHONE, barriers
from tests.browsing import ada, house, sign_in

__all__ = ["ada", "house"]
pytestmark = pytest.mark.browser


@pytest.fixture
def shops(house):
    rows = [
        Partner(name=f"Kios {n:02d}", city="Solo" if n % 2 else "Bandung", is_company=True)
        for n in range(12)
    ]
    return Partner.objects.bulk_create(rows)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def at_work(request, page, ada, shops):
    page.set_viewport_size({"width": request.param[0], "height": request.param[1]})
    sign_in(page, "ada")
    page.wait_for_load_state("networkidle")
    return page


def test_find_by_a_field_and_keep_the_search_by_keyboard_alone(at_work):
    page = at_work
    page.goto("/contacts/?q=kios")
    box = page.locator("#search")
    box.focus()
    box.fill("")
    box.press_sequentially("solo")
    expect(page.get_by_role("option").first).to_be_visible()
    choice = page.get_by_role("option", name="Search City for: solo")
    for _step in range(12):
        page.keyboard.press("ArrowDown")
        if choice.get_attribute("aria-selected") == "true":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"s=city%3Asolo"))
    expect(page.locator("tr[data-row]")).to_have_count(6)
    assert barriers(page) == []
    menu = page.locator("summary", has_text="Favourites")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Di Solo")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Di Solo” is kept among your favourites.")).to_be_visible()
    assert Favourite.objects.get().query == "s=city%3Asolo"
    page.locator("#search").focus()
    page.locator("#search").fill("")
    page.keyboard.press("Backspace")
    expect(page).not_to_have_url(re.compile(r"s=city"))


def test_groups_open_in_place_and_rows_are_ticked_and_changed_by_keyboard(at_work):
    page = at_work
    page.goto("/contacts/?q=kios&g=city")
    head = page.locator("[data-part]", has_text="Bandung")
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row]")).to_have_count(6)
    expect(head).to_have_attribute("aria-expanded", "true")
    tick = page.get_by_label("Tick Kios 00")
    tick.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 record is ticked")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Archive").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part]", has_text="Bandung")).to_contain_text("(5)")
    assert not Partner.objects.get(name="Kios 00").is_active
    head = page.locator("[data-part]", has_text="Bandung")
    head.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator("tr[data-row]")).to_have_count(0)


def test_a_row_is_edited_where_it_stands_by_keyboard(at_work):
    page = at_work
    page.goto("/contacts/?q=kios+03")
    page.get_by_label("Tick Kios 03").focus()
    page.keyboard.press("F2")
    box = page.get_by_role("textbox", name="City")
    expect(box).to_be_visible()
    assert barriers(page) == []
    box.fill("Surakarta")
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-edited")).to_have_count(0)
    expect(page.locator("tr[data-row]")).to_contain_text("Surakarta")
    assert Partner.objects.get(name="Kios 03").city == "Surakarta"
    page.get_by_label("Tick Kios 03").focus()
    page.keyboard.press("F2")
    page.get_by_role("textbox", name="City").fill("Nowhere")
    page.keyboard.press("Escape")
    expect(page.locator("tr[data-row]")).to_contain_text("Surakarta")


def test_a_condition_is_put_together_in_a_dialog(at_work):
    page = at_work
    page.goto("/contacts/?q=kios")
    page.locator("summary", has_text="Filter").focus()
    page.keyboard.press("Enter")
    page.locator("[data-build]").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Field").select_option("create_date")
    expect(dialog.locator("select[name=_v0]")).to_be_visible()
    dialog.locator("select[name=_v0]").select_option("last_7")
    dialog.get_by_role("button", name="and …").click()
    dialog.locator("[name=_f1]").select_option("city")
    dialog.locator("input[name=_v1]").fill("bandung")
    assert barriers(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row]")).to_have_count(6)
    expect(page.get_by_text("the last 7 days")).to_be_visible()
