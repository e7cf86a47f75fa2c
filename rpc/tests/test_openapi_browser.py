"""The page that describes the external API, in a real browser, under the house's own policy."""

import pytest
from playwright.sync_api import expect

from base.actors import Actor
from base.services import api_keys
from erpsite.testing.browser import DESK, PHONE, barriers
from tests.browsing import PASSWORD, house, person, sign_in
from tests.looks import scripts_loaded, sticks_out

__all__ = ["house"]
pytestmark = pytest.mark.browser


@pytest.fixture
def dewi(house):
    return person("dewi", house, "Employee")


def test_an_operation_can_be_read_and_tried_out(page, dewi):
    key = api_keys.issue(name="trial", by=Actor.of(dewi))[1]
    page.goto("/api/docs")
    page.get_by_label("Login").fill("dewi")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/api/docs")
    page.locator("a[href='?model=res.partner']").click()
    assert sum(scripts_loaded(page, page.url).values()) <= 200_000
    page.locator("#search_count summary").click()
    expect(page.locator("#search_count pre")).to_contain_text("/json/2/res.partner/search_count")
    page.locator("#try").click()
    operation = page.locator("[id^=operations-res][id$=search_count]")
    operation.wait_for()
    page.get_by_role("button", name="Authorize", exact=True).first.click()
    page.locator(".auth-container input").fill(key)
    page.locator(".auth-container").get_by_role("button", name="Apply credentials").click()
    page.locator(".auth-container").get_by_role("button", name="Close").click()
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.locator("textarea.body-param__text").fill('{"domain": [["id", "=", 1]]}')
    operation.get_by_role("button", name="Execute").click()
    answered = operation.locator(".live-responses-table .response-col_status").nth(1)
    answered.wait_for()
    assert answered.inner_text().split()[0] == "200"
    assert operation.locator(".live-responses-table .microlight").first.inner_text().strip() == "1"


def test_the_page_needs_nothing_from_elsewhere(page, dewi):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    test_an_operation_can_be_read_and_tried_out(page, dewi)
    here = page.url.split("/api/")[0]
    assert [url for url in asked if not url.startswith((here, "data:"))] == []


def test_the_description_keeps_nobody_out(page, dewi):
    sign_in(page, "dewi")
    page.wait_for_url("**/home/**")
    for address in ("/api/docs", "/api/docs?model=res.partner", "/api/docs?model=res.country"):
        for width, height in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address)
            assert barriers(page) == []
            assert not sticks_out(page)
