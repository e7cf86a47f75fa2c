"""The page of jobs in a real browser: it keeps itself up to date, by keyboard too, and keeps nobody out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from base.models import JobRun
from erpsite.testing.browser import PHONE, barriers
from tests.browsing import house, person, sign_in
from tests.looks import sticks_out

__all__ = ["house"]
pytestmark = pytest.mark.browser


@pytest.fixture
def rini(house):
    """The administrator."""
    return person("rini", house, "Administrator")


@pytest.fixture
def running(rini):
    """A run that is under way."""
    now = timezone.now()
    return JobRun.objects.create(
        task="base.sweep",
        state="running",
        asked_by=rini,
        started_at=now,
        lease_until=now + timedelta(hours=1),
        attempts=1,
        steps_done=10,
        steps_total=200,
        note="Toko Maju",
    )


def at_jobs(page):
    sign_in(page, "rini")
    expect(page.get_by_label("Your account")).to_be_visible()
    page.goto("/jobs/")


def test_progress_is_seen_without_reloading_and_the_focus_stays(page, running):
    at_jobs(page)
    expect(page.get_by_text("10 / 200")).to_be_visible()
    page.locator(f"#cancel-{running.pk}").focus()
    JobRun.objects.filter(pk=running.pk).update(steps_done=150, note="Toko Baru")
    expect(page.get_by_text("150 / 200")).to_be_visible()
    expect(page.locator(f"#cancel-{running.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Being cancelled")).to_be_visible()
    running.refresh_from_db()
    assert running.is_cancelling


def test_nothing_moves_once_somebody_asks_for_rest(page, running):
    at_jobs(page)
    page.get_by_label("Keep up to date").uncheck()
    JobRun.objects.filter(pk=running.pk).update(steps_done=150)
    page.wait_for_timeout(4000)
    expect(page.get_by_text("10 / 200")).to_be_visible()
    page.get_by_label("Keep up to date").check()
    expect(page.get_by_text("150 / 200")).to_be_visible()


def test_the_page_says_when_it_is_done(page, running):
    at_jobs(page)
    JobRun.objects.filter(pk=running.pk).update(
        state="done", finished_at=timezone.now(), lease_until=None
    )
    expect(page.locator("#list .badge", has_text="Done")).to_be_visible()
    expect(page.locator(f"#cancel-{running.pk}")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_and_nothing_sticks_out(page, running, scheme):
    page.emulate_media(color_scheme=scheme)
    JobRun.objects.create(
        task="base.fetch_rates", state="dead", finished_at=timezone.now(), error="x" * 400
    )
    at_jobs(page)
    for address in ("/jobs/", f"/jobs/{running.pk}/", "/jobs/schedules/"):
        page.goto(address)
        assert barriers(page) == []
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        assert not sticks_out(page)
        page.set_viewport_size({"width": 1440, "height": 900})
