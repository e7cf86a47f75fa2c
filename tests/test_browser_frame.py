"""The frame in a real browser: switching the language."""

import pytest
from playwright.sync_api import expect

from tests.browsing import ada, house, sign_in

__all__ = ["ada", "house"]
pytestmark = pytest.mark.browser


def test_the_language_is_switched_and_stays(page, ada):
    sign_in(page, "ada")
    page.get_by_label("Your account").click()
    page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    ada.refresh_from_db()
    assert ada.language == "id"
