"""The page that describes the external API, in a real browser, under the house's own policy."""

import pytest

from base.actors import Actor
from base.models import Company, Partner, Role, User
from base.services import api_keys

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


def test_an_operation_can_be_read_and_tried_out(page, dewi):
    key = api_keys.issue(name="trial", by=Actor.of(dewi))[1]
    page.goto("/api/docs")
    page.get_by_label("Login").fill("dewi")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/api/docs")
    chooser = page.locator(".download-url-wrapper select")
    chooser.wait_for()
    names = chooser.locator("option").all_inner_texts()
    assert "res.partner – Contact" in names
    chooser.select_option(label="res.partner – Contact")
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
