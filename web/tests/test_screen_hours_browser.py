"""The hours of a calendar in a browser: moved and stretched by mouse, touch and keyboard, drawn new, and how they look."""

import pytest

from erpsite.testing.browser import DESK, PHONE, barriers, picture
from tests.browsing import house, person, sign_in
from tests.looks import sticks_out
from web.tests.appointments import at, meeting

__all__ = ["house"]
pytestmark = pytest.mark.browser
WEEK = "/meetings/?v=calendar&scale=week&day=2026-11-11"


@pytest.fixture
def meetings(house):
    with meeting() as model:
        yield model


@pytest.fixture
def budi(house):
    made = person("budi", house, "Employee")
    made.is_superuser = True
    made.save()
    return made


@pytest.fixture
def talks(meetings):
    meetings.objects.create(name="Pameran", start=at(10, 8), stop=at(12, 17))
    meetings.objects.create(name="Telepon singkat", start=at(12, 8), stop=at(12, 8, 15))
    meetings.objects.create(name="Tamu dari Surabaya", start=at(11, 9, 30), stop=at(11, 11))
    return meetings.objects.create(name="Rapat", start=at(11, 9), stop=at(11, 10))


def times(row):
    row.refresh_from_db()
    return row.start, row.stop


def drag(page, box, by_x, by_y):
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by_x / 2, y + by_y / 2, steps=4)
    page.mouse.move(x + by_x, y + by_y, steps=6)
    page.mouse.up()


def test_meetings_are_moved_and_stretched_by_mouse_and_taken_back(page, budi, talks):
    sign_in(page, "budi")
    page.goto(WEEK)
    block = page.locator("[data-name=Rapat]")
    day = page.locator(".hours-day").first.bounding_box()["width"]
    quarter = page.locator(".hours-grid").first.bounding_box()["height"] / 96
    drag(page, block.bounding_box(), day, 6 * quarter)
    page.get_by_text("“Rapat” is now on 12 Nov 2026 10:30.").wait_for()
    assert times(talks) == (at(12, 10, 30), at(12, 11, 30))
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("“Rapat” is now on 11 Nov 2026 09:00.").wait_for()
    assert times(talks) == (at(11, 9), at(11, 10))
    end = block.locator("[data-pull]").bounding_box()
    page.mouse.move(end["x"] + 20, end["y"] + 4)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + 4 + 3 * quarter, steps=6)
    page.mouse.up()
    page.get_by_text("“Rapat” now lasts until 11 Nov 2026 10:45.").wait_for()
    assert times(talks) == (at(11, 9), at(11, 10, 45))
    block.locator(".event-name").click()
    page.wait_for_url(f"**/meetings/{talks.pk}/**")


def test_meetings_are_moved_by_keyboard_alone(page, budi, talks):
    sign_in(page, "budi")
    page.goto(WEEK)
    page.locator("[data-name=Rapat] [data-handle]").focus()
    page.keyboard.press("Space")
    page.locator("[data-live]", has_text="Rapat is picked up").wait_for()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    page.locator("[data-live]", has_text="12 November 2026 09:30–10:30").wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-live]", has_text="Rapat stays in").wait_for()
    assert page.locator("[data-name=Rapat] .num").inner_text() == "09:00–10:00"
    for key in ("Space", "ArrowLeft", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    page.get_by_text("“Rapat” is now on 10 Nov 2026 08:45.").wait_for()
    for key in ("Space", "Shift+ArrowDown", "Shift+ArrowDown", "Space"):
        page.keyboard.press(key)
    page.get_by_text("“Rapat” now lasts until 10 Nov 2026 10:15.").wait_for()
    assert times(talks) == (at(10, 8, 45), at(10, 10, 15))


def test_a_new_meeting_is_drawn_over_its_hours_or_begun_with_a_click(page, budi, talks):
    sign_in(page, "budi")
    page.goto(WEEK)
    slot = page.locator('[data-hours-of="2026-11-13"] .slot.from-52')
    box = slot.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 110, steps=6)
    page.mouse.up()
    page.wait_for_url("**/meetings/new/**")
    moments = page.locator("input[type=datetime-local]")
    found = [moments.nth(at).input_value() for at in (0, 1)]
    assert found == ["2026-11-13T13:00", "2026-11-13T16:00"]
    page.goto(WEEK)
    slot.click(position={"x": 30, "y": 20})
    page.wait_for_url("**/meetings/new/**")
    assert moments.first.input_value() == "2026-11-13T13:00"


def test_hours_on_a_phone_scroll_under_a_thumb_and_move_after_a_long_press(
    chromium, live_server, budi, talks
):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 800}, has_touch=True
    )
    page = context.new_page()
    sign_in(page, "budi")
    page.goto(WEEK.replace("week", "day"))
    box = page.locator("[data-name=Rapat]").bounding_box()
    quarter = page.locator(".hours-grid").first.bounding_box()["height"] / 96
    touch = context.new_cdp_session(page)

    def finger(kind, *at):
        points = [{"x": at[0], "y": at[1]}] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = box["x"] + 30, box["y"] + box["height"] - 16
    finger("touchStart", x, y)
    page.locator(".block.held").wait_for()
    for step in range(1, 9):
        finger("touchMove", x, y + step * quarter)
    finger("touchEnd")
    page.get_by_text("“Rapat” is now on 11 Nov 2026 11:00.").wait_for()
    assert times(talks) == (at(11, 11), at(11, 12))
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hours_look_right_and_read_right(page, budi, talks, theme):
    page.emulate_media(color_scheme=theme)
    sign_in(page, "budi")
    for size in (DESK, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scale in ("week", "day", "month"):
            page.goto(WEEK.replace("week", scale))
            assert barriers(page) == []
            assert not sticks_out(page)
            picture(page, f"hours-{scale}-{theme}-{size[0]}")
