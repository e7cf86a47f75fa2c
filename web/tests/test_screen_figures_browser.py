"""Pivots and graphs in a browser: by keyboard alone, on a phone, light and dark."""

import pytest

from base.models import Country, Partner
from erpsite.testing.browser import DESK, PHONE, barriers
from tests.browsing import PASSWORD, house, sign_in
from tests.browsing import person as employed
from tests.looks import sticks_out
from web.screens.registry import of_exposure

__all__ = ["house"]
pytestmark = pytest.mark.browser
AT = f"/{of_exposure('res.partner').key}/"
PIVOT = f"{AT}?v=pivot&row=country_id&column=&m=__count"
GRAPH = f"{AT}?v=graph&by=country_id&series=is_company&m=__count"


@pytest.fixture
def sari(house):
    """An employee, with contacts in two countries."""
    assert PASSWORD
    for code, number in (("ID", 3), ("SG", 2)):
        for place in range(number):
            Partner.objects.create(
                name=f"{code} {place}",
                country=Country.objects.get(code=code),
                is_company=bool(place),
                city="Bandung" if place else "Solo",
            )
    return employed("sari", house, "Employee")


def press_until(page, key, selector, most=60):
    """Press a key until the focus is on what is looked for."""
    for _press in range(most):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} is not reached by {key}")


def test_a_head_is_opened_and_its_rows_are_listed_by_keyboard_alone(page, sari):
    sign_in(page, "sari")
    page.goto(PIVOT)
    singapore = Country.objects.get(code="SG").pk
    press_until(page, "Tab", f"#row-{singapore}")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Open Singapore by").wait_for()
    more = page.locator(".asking summary")
    more.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    press_until(page, "Tab", ".asking a[href*='row_next=city']")
    page.keyboard.press("Enter")
    page.locator(f"#row-{singapore}[aria-expanded=true]").wait_for()
    assert page.get_by_role("rowheader", name="Bandung").count() == 1
    press_until(page, "Tab", f"tr:has(#row-{singapore}) td a")
    page.keyboard.press("Enter")
    page.wait_for_url("**v=list**")
    assert page.locator("#rows tbody tr").count() == 2


def test_a_graph_is_drawn_and_its_table_opens_the_rows(page, sari):
    sign_in(page, "sari")
    page.goto(GRAPH)
    page.locator("[data-graph]:not([hidden]) canvas").wait_for()
    table = page.locator(".graph-table summary")
    table.focus()
    page.keyboard.press("Enter")
    press_until(page, "Tab", ".graph-table td a")
    page.keyboard.press("Enter")
    page.wait_for_url("**v=list**")
    page.goto(GRAPH)
    page.locator("#kind-pie-chart").focus()
    page.keyboard.press("Enter")
    page.locator("#kind-pie-chart[aria-current]").wait_for()
    page.locator("[data-graph]:not([hidden]) canvas").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page, sari, theme):
    page.emulate_media(color_scheme=theme)
    sign_in(page, "sari")
    faults = {}
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        for address in (f"{PIVOT}&menu=row&menu_at=[]", GRAPH):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            found = barriers(page)
            if sticks_out(page):
                found.append("wider than the window")
            if found:
                faults[width, address] = found
    assert faults == {}
