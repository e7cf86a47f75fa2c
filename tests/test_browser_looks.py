"""How the pages look: pictures at three widths, light and dark; nothing sticks out, nobody is kept out."""

import pytest
from django.urls import reverse

from erpsite.testing.browser import DESK, PHONE, TABLET, barriers, picture
from tests.browsing import ada, chair, house, invoiced, sign_in, toko

__all__ = ["ada", "chair", "house", "toko"]
pytestmark = pytest.mark.browser
SIZES = {"phone": PHONE, "telephone": (390, 844), "tablet": TABLET, "desk": DESK}


@pytest.fixture
def addresses(house, toko, chair):
    """The pages worth a picture."""
    entry, paper = invoiced(house, toko, 750000), invoiced(house, toko, 1000, posts=False)
    return {
        "home": reverse("web:home"),
        "contacts": reverse("web:partners"),
        "contact": reverse("web:partner", args=[toko.pk]),
        "contact-form": reverse("web:partner_edit", args=[toko.pk]),
        "products": reverse("web:products"),
        "product": reverse("web:product", args=[chair.template_id]),
        "profile": reverse("web:profile"),
        "keys": reverse("web:api_keys"),
        "two-factor": reverse("mfa_index"),
        "dashboard": reverse("accounting:home"),
        "invoices": reverse("accounting:documents", args=["sales"]),
        "invoice": reverse("accounting:document", args=[entry.pk]),
        "invoice-form": reverse("accounting:document_edit", args=[paper.pk]),
        "payment": reverse("accounting:document_pay", args=[entry.pk]),
        "entries": reverse("accounting:entries"),
        "entry": reverse("accounting:entry", args=[entry.pk]),
        "accounts": reverse("accounting:accounts"),
        "trial-balance": reverse("accounting:trial_balance"),
        "open-items": reverse("accounting:outstanding", args=["receivable"]),
        "missing": "/nothing/",
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page, ada, addresses, theme):
    page.emulate_media(color_scheme=theme)
    page.goto("/accounts/login/")
    picture(page, f"sign-in-{theme}")
    assert barriers(page) == []
    sign_in(page, "ada")
    found = {}
    for name, address in addresses.items():
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.goto(address)
        if faults := barriers(page):
            found[name] = faults
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            picture(page, f"{name}-{size}-{theme}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found[f"{name} at {width}"] = page.evaluate(WIDE)
    assert found == {}


def test_targets_are_large_enough_for_a_thumb(page, ada, addresses):
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    sign_in(page, "ada")
    small = {}
    for name, address in addresses.items():
        page.goto(address)
        if found := page.evaluate(SMALL):
            small[name] = found
    assert small == {}


def test_first_load_brings_little_script(page, ada, addresses):
    loaded = []
    page.on(
        "response",
        lambda answer: (
            loaded.append((answer.url, len(answer.body()))) if answer.url.endswith(".js") else None
        ),
    )
    sign_in(page, "ada")
    page.goto(addresses["invoice-form"])
    page.wait_for_load_state("networkidle")
    sizes = dict(loaded)
    assert sum(sizes.values()) <= 200_000
    assert [url for url in sizes if "owl" in url or "bootstrap" in url] == []


WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll("button, .btn, summary, select, input:not([type=hidden]), .menu-item, .module-row a")]
    .filter((e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".visually-hidden"))
    .map((e) => [e, (e.matches("input[type=checkbox]") ? e.parentElement : e).getBoundingClientRect()])
    .filter(([e, box]) => box.height < 43.5 && box.width > 1)
    .map(([e, box]) => Math.round(box.height) + " " + e.outerHTML.slice(0, 120))"""
