"""How the house's own pages look: pictures at four widths, light and dark. Each module has such a file of its own."""

import pytest
from django.urls import reverse

from erpsite.testing.browser import barriers, picture
from tests.browsing import ada, chair, house, sign_in, toko
from tests.looks import faults, scripts_loaded, too_small

__all__ = ["ada", "chair", "house", "toko"]
pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(house, toko, chair):
    """The pages worth a picture."""
    return {
        "home": reverse("web:home"),
        "contacts": reverse("web:screen-contacts"),
        "contact": reverse("web:screen-contacts-record", args=[toko.pk]),
        "contact-form": reverse("web:screen-contacts-new"),
        "products": reverse("web:screen-products"),
        "product": reverse("web:screen-products-record", args=[chair.template_id]),
        "profile": reverse("web:profile"),
        "keys": reverse("web:api_keys"),
        "two-factor": reverse("mfa_index"),
        "missing": "/nothing/",
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page, ada, addresses, theme):
    page.emulate_media(color_scheme=theme)
    page.goto("/accounts/login/")
    picture(page, f"sign-in-{theme}")
    assert barriers(page) == []
    sign_in(page, "ada")
    assert faults(page, addresses, theme) == {}


def test_targets_are_large_enough_for_a_thumb(page, ada, addresses):
    sign_in(page, "ada")
    assert too_small(page, addresses) == {}


@pytest.mark.parametrize(("name", "has_grid"), [("contacts", False), ("contact-form", True)])
def test_first_load_brings_little_script(page, ada, addresses, name, has_grid):
    sign_in(page, "ada")
    sizes = scripts_loaded(page, addresses[name])
    assert sum(sizes.values()) <= 200_000
    assert any("owl" in url for url in sizes) == has_grid
    assert not any("bootstrap" in url for url in sizes)
