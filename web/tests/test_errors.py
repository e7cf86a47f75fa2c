"""What people read when something goes wrong."""

import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from base.errors import Conflict
from web.views import home


@pytest.fixture
def lenient(sari):
    """A browser that gets the 500 page instead of the exception."""
    client = Client(raise_request_exception=False)
    client.force_login(sari, backend="django.contrib.auth.backends.ModelBackend")
    return client


def breaking(monkeypatch, error):
    def broken(actor):
        raise error

    monkeypatch.setattr(home.counters, "my_activities", broken)


def test_a_missing_page_says_so(sari_at_work):
    answer = sari_at_work.get("/nothing/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_missing_record_is_named(sari_at_work):
    answer = sari_at_work.get(reverse("web:screen-contacts-record", args=[999999]))
    assert answer.status_code == 404
    assert "Contact 999999 does not exist or has been deleted." in answer.content.decode()


def test_a_bug_gets_a_support_id_that_stands_in_the_log(lenient, monkeypatch, caplog):
    breaking(monkeypatch, ZeroDivisionError("secret detail"))
    answer = lenient.get(reverse("web:home"))
    page = answer.content.decode()
    support_id = re.search(r'class="support-id">([0-9A-F]{8})<', page)
    assert answer.status_code == 500
    assert support_id
    assert "secret detail" not in page
    lines = [record.getMessage() for record in caplog.records if record.name == "niaga.errors"]
    assert lines == [f"Support id {support_id[1]}: GET /home/: ZeroDivisionError"]


def test_a_database_that_does_not_answer_gets_503(lenient, monkeypatch):
    breaking(monkeypatch, OperationalError("no route to host"))
    answer = lenient.get(reverse("web:home"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "We are not ready yet" in answer.content.decode()


def test_an_error_of_the_house_is_told_with_its_status(lenient, monkeypatch):
    breaking(monkeypatch, Conflict(record="INV/2026/00001"))
    answer = lenient.get(reverse("web:home"))
    assert answer.status_code == 409
    assert "INV/2026/00001 has changed in the meantime." in answer.content.decode()


def test_a_form_from_a_stale_page_is_explained(sari):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sari, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("web:work_in"), {"current": "1"})
    assert answer.status_code == 403
    assert "This page has expired" in answer.content.decode()


def test_a_script_in_an_address_is_shown_as_text(sari_at_work):
    answer = sari_at_work.get(reverse("web:screen-contacts"), {"q": "<script>alert(1)</script>"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
