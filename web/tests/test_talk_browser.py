"""The conversation, the palette and the frame in a real browser, by keyboard alone, on a desk and on a phone."""

import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from base import announcing, upkeep
from base.actors import Actor
from base.models import Company, Follower, Message, Partner
from base.presence import door
from base.services import messages, records
from erpsite.testing.browser import barriers
from tests.browsing import ada, house, person, sign_in, toko
from tests.looks import faults, sticks_out
from web import places
from web.streams import Hub
from web.views import live

__all__ = ["ada", "house", "toko"]
pytestmark = pytest.mark.browser

SIZES = [(1440, 900), (360, 740)]


def opened(page, row):
    page.goto(places.url_for(type(row), row.pk))
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("size", SIZES)
def test_a_colleague_is_named_and_a_note_is_written_by_keyboard(page, ada, house, toko, size):
    budi = person("budi", house, "Employee")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, "ada")
    opened(page, toko)
    page.keyboard.press("m")
    page.keyboard.type("Please look, @bud")
    expect(page.get_by_role("option", name="Budi")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("today")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#happenings .mention")).to_have_text("@Budi")
    note = Message.objects.get()
    assert (note.is_internal, Follower.objects.get().partner_id) == (True, budi.partner_id)
    assert not sticks_out(page)
    page.locator("#say").fill("Done")
    page.get_by_role("button", name="Log note").press("Enter")
    expect(page.locator("#happenings")).to_contain_text("Done")
    expect(page.locator("#say")).to_be_focused()


@pytest.mark.parametrize("size", SIZES)
def test_the_palette_leads_to_a_record_by_keyboard(page, ada, toko, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, "ada")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.type("toko maju")
    expect(page.get_by_role("option", name="Toko Maju Bersama")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{places.url_for(Partner, toko.pk)}")


def test_the_sheet_of_keys_opens_and_leads_on(page, ada):
    sign_in(page, "ada")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url(f"**{reverse('web:my_messages')}")


def test_a_change_elsewhere_is_told_and_what_is_typed_stays(page, ada, house, toko):
    budi = person("budi", house, "Employee")
    sign_in(page, "ada")
    opened(page, toko)
    page.locator("#say").fill("half a sentence")
    city = page.locator("[name=city]")
    city.fill("Garut")
    records.change(Partner.objects.filter(pk=toko.pk), {"phone": "+62 21 1"}, by=Actor.of(budi))
    page.evaluate("document.dispatchEvent(new CustomEvent('niaga-ask'))")
    expect(page.get_by_text("Budi has changed this record")).to_be_visible()
    page.get_by_role("button", name="Show what changed").click()
    expect(page.locator("#happenings ins", has_text="+62 21 1")).to_be_visible()
    assert (city.input_value(), page.locator("#say").input_value()) == ("Garut", "half a sentence")


@pytest.fixture
def announcing_house(house, monkeypatch):
    """A house in which changes are announced and pages listen, as `./niaga run` has it."""
    hub = Hub(door, room=4)
    monkeypatch.setattr(live, "hub", hub)
    with upkeep.connected("relay of a test") as line, announcing.valkey() as others:
        relay = threading.Thread(target=relayed, args=(line, others))
        relay.start()
        hub.start()
        yield hub
        hub.end_all()
        hub.stop()
        hub.join(10)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'niaga relay of%%'"
            )
        relay.join(10)


def relayed(line, others):
    with suppress(psycopg.Error):
        announcing.relay(line, others)


def test_a_change_by_somebody_else_is_told_within_a_second(page, ada, toko, announcing_house):
    budi = person("budi", Company.objects.get(pk=1), "Employee")
    sign_in(page, "ada")
    opened(page, toko)
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.wait_for_function("() => performance.getEntriesByType('resource').length > 0")
    for _attempt in range(100):
        if len(announcing_house):
            break
        page.wait_for_timeout(100)
    page.wait_for_timeout(300)
    begun = time.monotonic()
    records.change(Partner.objects.filter(pk=toko.pk), {"phone": "+62 21 1"}, by=Actor.of(budi))
    expect(page.get_by_text("Budi has changed this record")).to_be_visible()
    took = time.monotonic() - begun
    messages.post(toko, "Hello", recipient_ids=[ada.partner_id], by=Actor.of(budi))
    expect(page.get_by_text("1 new message")).to_be_attached()
    expect(page.locator("#happenings")).to_contain_text("Hello")
    assert took < 1
    stream = reverse("web:live_record_stream", args=["base.partner", toko.pk])
    assert [path for path in asked if path.startswith("/live/")] == [stream]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_conversation_keeps_nobody_out(page, ada, toko, theme):
    page.emulate_media(color_scheme=theme)
    sign_in(page, "ada")
    Message.objects.create(row=toko, body="<p>Hello</p>", author=ada.partner, kind="comment")
    addresses = {
        "record-with-talk": places.url_for(Partner, toko.pk),
        "history": reverse("web:history", args=["base.partner", toko.pk]),
        "palette-page": f"{reverse('web:palette')}?q=toko",
        "plan": reverse("web:plan", args=["base.partner", toko.pk]),
    }
    assert faults(page, addresses, theme) == {}
