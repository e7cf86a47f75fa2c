"""Cards, calendar, activities and tree in a browser: by mouse, by keyboard alone, and how they look."""

from datetime import timedelta

import pytest

from base.dates import today_in
from base.models import Activity, ActivityType, Country, Partner, ProductCategory
from erpsite.testing.browser import DESK, PHONE, barriers, picture
from tests.browsing import ada, house, sign_in
from tests.looks import sticks_out

__all__ = ["ada", "house"]
pytestmark = pytest.mark.browser
BOARD = "/contacts/?v=kanban&q=Toko"


@pytest.fixture
def shops(house):
    found = []
    for code, names in {"ID": ("Toko Ani", "Toko Budi"), "SG": ("Toko Citra",)}.items():
        country = Country.objects.get(code=code)
        found += [Partner.objects.create(name=name, country=country) for name in names]
    return found


@pytest.fixture
def today():
    return today_in("Asia/Jakarta")


@pytest.fixture
def plans(house, ada, shops, today):
    kind = ActivityType.objects.order_by("pk").first()
    for row, days in zip(shops, (-2, 0, 1), strict=True):
        due = today + timedelta(days=days)
        Activity.objects.create(row=row, type=kind, summary="Hubungi", due_date=due, user=ada)


@pytest.fixture
def shelves(house):
    food = ProductCategory.objects.create(name="Makanan")
    tea = ProductCategory.objects.create(name="Teh", parent=food)
    return food, tea, ProductCategory.objects.create(name="Perkakas")


def country_of(name):
    return Partner.objects.get(name=name).country.code


def test_a_card_is_dragged_by_mouse_and_taken_back(page, ada, shops):
    sign_in(page, "ada")
    page.goto(BOARD)
    card = page.locator(".board-card", has_text="Toko Ani")
    column = page.locator("[data-label=Singapore] [data-cards]")
    at, to = card.bounding_box(), column.bounding_box()
    page.mouse.move(at["x"] + 60, at["y"] + at["height"] - 6)
    page.mouse.down()
    page.mouse.move(at["x"] + 80, at["y"] + 20, steps=4)
    page.mouse.move(to["x"] + 80, to["y"] + 20, steps=12)
    page.mouse.up()
    page.get_by_text("“Toko Ani” is now in “Singapore”.").wait_for()
    assert country_of("Toko Ani") == "SG"
    assert page.locator("[data-label=Singapore] [data-count]").inner_text() == "2"
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("“Toko Ani” is now in “Indonesia”.").wait_for()
    assert country_of("Toko Ani") == "ID"


def test_a_card_is_moved_by_keyboard_alone(page, ada, shops):
    sign_in(page, "ada")
    page.goto(BOARD)
    page.get_by_role("link", name="Move Toko Ani").focus()
    page.keyboard.press("Space")
    page.locator("[data-live]", has_text="Toko Ani is picked up, from Indonesia.").wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("[data-live]", has_text="Toko Ani over Singapore.").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("[data-label=Indonesia] .board-card").count() == 2
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.get_by_text("“Toko Ani” is now in “Singapore”.").wait_for()
    assert country_of("Toko Ani") == "SG"
    page.get_by_role("link", name="Move Toko Budi").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Singapore", exact=True).press("Enter")
    page.get_by_text("“Toko Budi” is now in “Singapore”.").wait_for()
    assert country_of("Toko Budi") == "SG"


def test_a_card_that_was_moved_meanwhile_springs_back(page, ada, shops):
    sign_in(page, "ada")
    page.goto(BOARD)
    Partner.objects.filter(name="Toko Ani").update(country=Country.objects.get(code="MY"))
    page.get_by_role("link", name="Move Toko Ani").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.get_by_text("Somebody else has moved “Toko Ani” meanwhile").wait_for()
    assert page.locator("[data-label=Singapore] .board-card").count() == 1


def test_cards_are_made_and_columns_folded(page, ada, shops):
    sign_in(page, "ada")
    page.goto(BOARD)
    page.get_by_role("link", name="New in “Singapore”").click()
    page.locator("[data-quick]:not(.htmx-added)").wait_for()
    page.locator("[data-quick] [name=quick-name]").fill("Toko Dewi")
    page.keyboard.press("Enter")
    page.locator("[data-label=Singapore] .board-card", has_text="Toko Dewi").wait_for()
    assert country_of("Toko Dewi") == "SG"
    page.get_by_role("button", name="Fold “Singapore”").click()
    page.reload()
    assert not page.locator("[data-label=Singapore] .board-card").first.is_visible()


def test_an_event_moves_by_mouse_and_by_keyboard(page, ada, plans, today):
    sign_in(page, "ada")
    page.goto("/activities/?v=calendar&scale=week&all=1")
    made = Activity.objects.get(due_date=today)
    handle = page.locator(f"[data-event='{made.pk}'] [data-handle]")
    step = "ArrowLeft" if today.weekday() == 6 else "ArrowRight"
    handle.focus()
    page.keyboard.press("Space")
    page.keyboard.press(step)
    page.keyboard.press("Space")
    page.locator(".toast-line.good").wait_for()
    made.refresh_from_db()
    days = -1 if step == "ArrowLeft" else 1
    assert made.due_date == today + timedelta(days=days)
    target = page.locator(f"[data-day='{today.isoformat()}']")
    at, to = handle.bounding_box(), target.bounding_box()
    page.mouse.move(at["x"] + 10, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(at["x"] + 20, at["y"] + 20, steps=4)
    page.mouse.move(to["x"] + 20, to["y"] + 20, steps=12)
    page.mouse.up()
    page.get_by_text(f"“Hubungi” is now on {today.day} ").wait_for()
    made.refresh_from_db()
    assert made.due_date == today


def test_a_branch_opens_and_is_hung_elsewhere_by_keyboard(page, ada, shelves):
    sign_in(page, "ada")
    page.goto("/product-categories/")
    page.locator(f"[data-branch='{shelves[0].pk}']").focus()
    page.keyboard.press("ArrowRight")
    tea = page.locator(f"[data-branch='{shelves[1].pk}']")
    tea.wait_for()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.branch") == str(shelves[1].pk)
    page.keyboard.press("Space")
    while page.locator(".over").get_attribute("data-branch") != str(shelves[2].pk):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.get_by_text("is now below “Perkakas”.").wait_for()
    shelves[1].refresh_from_db()
    assert shelves[1].parent == shelves[2]
    handle = tea.get_by_role("link", name="Move Teh")
    at = handle.bounding_box()
    to = page.locator(f"[data-branch='{shelves[0].pk}'] .branch-name").bounding_box()
    page.mouse.move(at["x"] + 8, at["y"] + 8)
    page.mouse.down()
    page.mouse.move(at["x"] - 20, at["y"] - 8, steps=4)
    page.mouse.move(to["x"] + 8, to["y"] + 8, steps=10)
    page.mouse.up()
    page.get_by_text("is now below “Makanan”.").wait_for()
    shelves[1].refresh_from_db()
    assert shelves[1].parent == shelves[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page, ada, plans, shelves, theme):
    page.emulate_media(color_scheme=theme)
    sign_in(page, "ada")
    found = {}
    addresses = {
        "cards": "/contacts/?v=kanban&all=1",
        "calendar": "/activities/?v=calendar&all=1",
        "calendar-week": "/activities/?v=calendar&scale=week&all=1",
        "activities": "/contacts/?v=activity&all=1",
        "tree": f"/product-categories/?v=tree&open={shelves[0].pk}",
    }
    for name, address in addresses.items():
        for width, height in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address)
            picture(page, f"screen-{name}-{width}-{theme}")
            wide = sticks_out(page)
            if (barred := barriers(page)) or wide:
                found[f"{name} at {width}"] = [*barred, wide]
    assert found == {}
