"""What the back office's tests in a browser have in common."""

import re

import pytest

from base.models import User
from erpsite.testing.browser import picture
from tests.browsing import PASSWORD
from tests.looks import sticks_out


@pytest.fixture
def root(house):
    """The administrator, with a password."""
    made = User.objects.get(pk=2)
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def strayed(page):
    """Every address outside the house that a page has asked for."""
    asked = []
    home = re.compile(r"^(https?://(localhost|127\.0\.0\.1)[:/]|data:|blob:)")
    page.on("request", lambda r: None if home.match(r.url) else asked.append(r.url))
    return asked


def wider_than_the_window(page, places, size):
    """The addresses whose page is wider than its window; takes a picture of each."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wide = []
    for place in places:
        page.goto(place)
        page.wait_for_load_state("networkidle")
        picture(page, f"office-{place}-{size[0]}")
        if sticks_out(page):
            wide.append(place)
    return wide
