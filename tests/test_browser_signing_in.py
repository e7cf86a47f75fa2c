"""Signing in with a real browser: by keyboard alone, with two factors, with a passkey; refused and locked out."""

import re

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from tests.browsing import PASSWORD, ada, house, sign_in

__all__ = ["ada", "house"]
pytestmark = pytest.mark.browser


def test_sign_in_by_keyboard_alone(page, ada):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Login")).to_be_focused()
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/home/$"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Apps").first).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Home", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Apps").first).to_be_focused()


def test_sign_in_is_refused_without_saying_which_was_wrong(page, ada):
    sign_in(page, "ada", "wrong")
    expect(page.get_by_role("alert")).to_have_text(
        "The username and/or password you specified are not correct."
    )
    expect(page.get_by_label("Login")).to_have_value("ada")


def test_guessing_locks_the_door(page, ada, settings):
    settings.AXES_FAILURE_LIMIT = 3
    for _attempt in range(3):
        sign_in(page, "ada", "wrong")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    sign_in(page, "ada")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()


def test_two_factor_is_set_up_and_asked_for(page, ada):
    sign_in(page, "ada")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Set up the app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page.locator("body")).to_contain_text("Recovery")
    page.goto("/home/")
    page.get_by_label("Your account").click()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "ada")
    expect(page.get_by_role("heading", name="One more proof")).to_be_visible()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/home/$"))


def test_a_passkey_opens_the_door_without_a_password(page, ada):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, "ada")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_label("Sign in with it alone")).to_be_checked()
    page.get_by_role("button", name="Add").click()
    expect(page).not_to_have_url(re.compile("/add/"))
    page.goto("/home/")
    page.get_by_label("Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/home/$"))


def code(secret):
    """The six digits an app would show now."""
    number = hotp_value(secret, next(iter(yield_hotp_counters_from_time())))
    return f"{number:06}"
