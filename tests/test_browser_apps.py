"""The page of apps in a real browser: at every width, light and dark, and by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from base.models import Module, ModuleOperation
from tests.browsing import house, person, sign_in
from tests.looks import faults, too_small

__all__ = ["house"]
pytestmark = pytest.mark.browser


@pytest.fixture
def wati(house):
    """The administrator."""
    return person("wati", house, "Administrator")


@pytest.fixture
def addresses(wati):
    """Pages with everything on them: what is new, what is absent, what is under way, what came of it."""
    Module.objects.filter(name="hr").update(version="0.0.1")
    Module.objects.filter(name="crm").update(state="uninstalled", version="")
    told = {"name": "hr.x", "record": "Izin", "field": "name", "yours": "Cuti", "seed": "Izin"}
    asked = ModuleOperation.objects.create(
        kind="upgrade",
        names=["hr"],
        state="done",
        is_unfinished=False,
        asked_by=wati,
        differences=[told],
    )
    failed = ModuleOperation.objects.create(
        kind="install", names=["crm"], state="failed", is_unfinished=False, error="Nothing doing."
    )
    return {
        "apps": reverse("web:apps"),
        "app": reverse("web:app", args=["hr"]),
        "app-uninstall": reverse("web:app_uninstall", args=["hr"]),
        "app-uninstall-refused": reverse("web:app_uninstall", args=["base"]),
        "app-done": reverse("web:app_operation", args=[asked.pk]),
        "app-failed": reverse("web:app_operation", args=[failed.pk]),
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_sticks_out_and_nobody_is_kept_out(page, addresses, theme):
    page.emulate_media(color_scheme=theme)
    sign_in(page, "wati")
    assert faults(page, addresses, theme) == {}


def test_targets_are_large_enough_for_a_thumb(page, addresses):
    sign_in(page, "wati")
    assert too_small(page, addresses) == {}


def test_uninstalling_by_keyboard_asks_first(page, addresses):
    sign_in(page, "wati")
    page.goto(addresses["app-uninstall"])
    page.get_by_role("checkbox", name="Yes, uninstall").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Uninstall")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Are you sure?")
    assert not ModuleOperation.objects.filter(kind="uninstall").exists()


def test_an_operation_under_way_is_shown_until_it_ends_without_scripts(
    chromium, live_server, addresses
):
    row = ModuleOperation.objects.create(
        kind="install", names=["crm"], state="running", phase="changing", current="crm"
    )
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="en")
    page = context.new_page()
    sign_in(page, "wati")
    page.goto(reverse("web:app_operation", args=[row.pk]))
    expect(page.get_by_text("Changing the database: CRM")).to_be_visible()
    ModuleOperation.objects.filter(pk=row.pk).update(state="done", is_unfinished=False)
    expect(page.get_by_text("It is done, and everybody can work again.")).to_be_visible(
        timeout=10_000
    )
    context.close()
