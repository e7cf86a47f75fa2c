"""The page that describes the external API, in a real browser, under the house's own policy."""

import pytest
from playwright.sync_api import expect

from base.actors import Actor
from base.models import Company, Partner, Role, User
from base.services import api_keys
from erpsite.testing.browser import DESK, PHONE, barriers
from tests.looks import scripts_loaded, sticks_out

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"


@pytest.fixture
def dewi(transactional_db):
    company = Company.objects.get(pk=1)
    made = User.objects.create_user(
        "dewi", PASSWORD, company=company, partner=Partner.objects.create(name="Dewi")
    )
    made.companies.add(company)
    made.roles.add(Role.objects.get(name_en="Employee"))
    return made


def signed_in(page, login):
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/api/docs")


def test_an_operation_can_be_read_and_tried_out(page, dewi):
    key = api_keys.issue(name="trial", by=Actor.of(dewi))[1]
    page.goto("/api/docs")
    signed_in(page, "dewi")
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
    page.goto("/api/docs")
    signed_in(page, "dewi")
    for address in ("/api/docs", "/api/docs?model=res.partner", "/api/docs?model=res.country"):
        for width, height in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address)
            assert barriers(page) == []
            assert not sticks_out(page)
