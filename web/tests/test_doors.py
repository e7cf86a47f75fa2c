"""Every page is behind the door; what is outside says what it is."""

import re

import pytest
from django.db import OperationalError, connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import RegexPattern

from base.modules import installed

OPEN = {"web:root", "web:health", "web:robots"}
SAMPLES = {"pk": 1, "name": "partner", "label": "base.partner"}
NAMESPACES = {module.label for module in installed()} - {
    "rpc"
}  # that one's own tests keep the door for programs


def _found(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _found(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and namespace in NAMESPACES:
            yield f"{namespace}:{pattern.name}", pattern


PAGES = [
    (name, pattern) for name, pattern in _found(get_resolver().url_patterns) if name not in OPEN
]


def address(name, pattern):
    """The address of a page with sample values filled in."""
    values = {
        key: SAMPLES.get(key, 1 if isinstance(converter, IntConverter) else "x")
        for key, converter in pattern.pattern.converters.items()
    }
    if isinstance(pattern.pattern, RegexPattern):
        groups = re.findall(r"\(\?P<(\w+)>(\w+)", str(pattern.pattern))
        values |= dict(groups)  # the first of the words it may be
    return reverse(name, kwargs=values)


@pytest.mark.parametrize(("name", "pattern"), PAGES, ids=[name for name, _pattern in PAGES])
def test_a_page_leads_a_guest_to_sign_in_and_back(guest, name, pattern):
    url = address(name, pattern)
    answer = guest.get(url)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={url}")


@pytest.mark.parametrize(("name", "pattern"), PAGES, ids=[name for name, _pattern in PAGES])
def test_a_page_is_marked_as_one(name, pattern):
    assert getattr(pattern.callback, "is_page", False), f"{name} is no @page"


def test_a_page_asks_a_guest_of_htmx_to_leave_for_sign_in(guest):
    answer = guest.get(reverse("web:my_activities"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/accounts/login/")


def test_a_page_refuses_who_lacks_the_right(tono_at_work):
    answer = tono_at_work.get(reverse("web:screen-contacts"))
    assert answer.status_code == 403
    assert "The right it needs: base.view_partner" in answer.content.decode()


def test_a_page_is_not_cached_and_not_found_by_search_engines(sari_at_work):
    answer = sari_at_work.get(reverse("web:home"))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_root_leads_a_guest_to_sign_in_and_others_home(guest, sari_at_work):
    assert guest.get("/")["Location"] == "/accounts/login/"
    assert sari_at_work.get("/")["Location"] == "/home/"


@pytest.mark.parametrize("path", ["/home/", "/accounts/login/", "/nothing/"])
def test_no_page_allows_inline_scripts_or_styles(sari_at_work, path):
    policy = sari_at_work.get(path)["Content-Security-Policy"]
    assert {"script-src 'self'", "style-src 'self'", "default-src 'none'"} <= set(
        policy.split("; ")
    )


def test_the_back_office_has_a_policy_of_its_own(guest):
    policy = guest.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy.split("; ")


def test_the_back_office_signs_in_by_our_door(guest):
    answer = guest.get("/admin/")
    assert guest.get(answer["Location"])["Location"] == "/accounts/login/?next=%2Fadmin%2F"


@pytest.mark.django_db
def test_health_passes_when_everything_answers(guest, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = guest.get("/web/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "pass"})


def test_health_fails_when_the_database_does_not_answer(guest, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        answer = guest.get("/web/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "fail"})


def test_robots_are_asked_to_stay_out(guest):
    assert guest.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
