"""Fixtures for tests that drive a real browser against the whole house.

    @pytest.mark.browser
    def test_sign_in(page): page.goto("/"); …

Screenshots go to `artefacts/`, which git ignores.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from erpsite.launch.browser import required
from erpsite.launch.node import node
from erpsite.launch.places import ROOT

PHONE, TABLET, DESK = (360, 800), (768, 1024), (1440, 900)
ARTEFACTS = ROOT / "artefacts"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of one file: while it is there, no other event loop can run in this thread."""
    # Playwright's own Node wants a library that a bare Debian lacks; ours has just fetched the browser's libraries.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=required(), args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def page(
    request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer
) -> Iterator[Page]:
    """A fresh window on the running house. Fails the test where a script broke or the page's own policy was breached."""
    width, height = DESK
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": width, "height": height}, locale="en"
    )
    window, complaints = context.new_page(), list[str]()

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    window.on("console", listen)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    yield window
    picture(window, request.node.name)
    context.close()
    assert complaints == []


def picture(page: Page, name: str) -> None:
    """Keep what the window shows, whole length, as `artefacts/<name>.png`."""
    ARTEFACTS.mkdir(exist_ok=True)
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
    page.screenshot(path=ARTEFACTS / f"{safe}.png", full_page=True)


def barriers(page: Page, besides: Sequence[str] = ()) -> list[str]:
    """What would keep somebody out who reads by ear or works by keyboard, by axe; empty is good.

    `besides` are selectors of what is passed over.
    """
    page.evaluate(_AXE.read_text())
    there = [one for one in besides if page.locator(one).count()]
    found: dict[str, Any] = page.evaluate(
        "([there, rules]) => axe.run({exclude: there.map((one) => [one])}, {runOnly: rules})",
        [there, _RULES],
    )
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
