"""What is asked of how pages look: nothing sticks out, nobody is kept out, a thumb hits every button."""

import gzip

from erpsite.testing.browser import DESK, PHONE, TABLET, barriers, picture

SIZES = {"phone": PHONE, "telephone": (390, 844), "tablet": TABLET, "desk": DESK}


def faults(page, addresses, theme):
    """What sticks out or keeps somebody out, by page; takes a picture of each page in each size."""
    found = {}
    for name, address in addresses.items():
        page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        page.goto(address)
        if barred := barriers(page):
            found[name] = barred
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            picture(page, f"{name}-{size}-{theme}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found[f"{name} at {width}"] = page.evaluate(WIDE)
    return found


def too_small(page, addresses):
    """Targets that a thumb would miss, by page."""
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    small = {}
    for name, address in addresses.items():
        page.goto(address)
        if found := page.evaluate(SMALL):
            small[name] = found
    return small


def scripts_loaded(page, address):
    """The scripts that a page loads, with their sizes as they travel."""
    loaded = {}

    def listen(answer):
        if answer.url.endswith(".js"):
            loaded[answer.url] = len(gzip.compress(answer.body()))

    page.on("response", listen)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return loaded


WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll("button, .btn, summary, select, input:not([type=hidden]), .menu-item, .module-row a")]
    .filter((e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".visually-hidden"))
    .map((e) => [e, (e.matches("input[type=checkbox]") ? e.parentElement : e).getBoundingClientRect()])
    .filter(([e, box]) => box.height < 43.5 && box.width > 1)
    .map(([e, box]) => Math.round(box.height) + " " + e.outerHTML.slice(0, 120))"""
