"""How the house's own pages look: pictures at four widths, light and dark. Each module has such a file of its own."""

import pytest
from django.conf import settings as house_settings
from django.test import Client
from django.urls import reverse

from base.models import User
from erpsite.testing.browser import barriers, picture
from tests.browsing import ada, chair, house, sign_in, toko
from tests.looks import Sweep, faults, scripts_loaded, too_small
from tests.sweeping import demo_company, entrance, stops

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


def test_what_is_chosen_is_seen_where_the_reader_has_chosen_all_colours(page, ada):
    page.emulate_media(forced_colors="active")
    sign_in(page, "ada")
    page.goto(f"{reverse('web:screen-contacts')}?v=kanban")
    for chosen in (".ways [aria-current]", ".module-row > [aria-current]"):
        assert page.locator(chosen).evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    assert barriers(page) == []


def sweeping(page, live_server, admin, language, theme, **widths):
    """A window of the administrator's, in a language and a theme."""
    User.objects.filter(pk=admin.pk).update(language=language)
    page.emulate_media(color_scheme=theme)
    return Sweep(page, live_server.url, **widths)


def signed_in(page, live_server, admin):
    """The administrator, for the test's own questions and in the browser."""
    client = Client()
    client.force_login(admin, backend=house_settings.AUTHENTICATION_BACKENDS[-1])
    name = house_settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return client


def test_every_sixth_page_holds_what_is_promised(page, live_server, house, settings):
    """Every sixth page on a phone and a desk, languages and themes in turn; `make looks` visits all in each."""
    admin = demo_company(settings)
    sweep = sweeping(page, live_server, admin, "en", "light", widths=(360, 1440))
    for name, address in entrance(Client()).items():
        sweep.visit(name, address)
    client = signed_in(page, live_server, admin)
    for place, (name, address) in enumerate([*stops(client).items()][::6]):
        User.objects.filter(pk=admin.pk).update(language=("en", "id")[place % 2])
        page.emulate_media(color_scheme=("light", "dark")[place // 2 % 2])
        sweep.visit(name, address)
    assert sweep.told() == []


@pytest.mark.looks
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_page_in_every_look(page, live_server, house, settings, language, theme):
    """Each page in each language and theme, with pictures of it below `artefacts/looks`."""
    admin = demo_company(settings)
    sweep, folder = sweeping(page, live_server, admin, language, theme), f"{language}-{theme}"
    for name, address in entrance(Client()).items():
        sweep.visit(name, address, folder)
    client = signed_in(page, live_server, admin)
    for name, address in stops(client).items():
        sweep.visit(name, address, folder)
    assert sweep.told() == []
