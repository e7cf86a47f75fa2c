"""The web session: sign in by JSON-RPC, then call by cookie."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from base.actors import Actor
from base.services import api_keys
from rpc.tests.conftest import SECRET, Refusal
from rpc.tests.test_reading import Counted


@pytest.fixture
def signed_in(rpc):
    rpc.info = rpc.envelope(
        "/web/session/authenticate",
        {"db": settings.RPC_DATABASE_NAME, "login": "admin", "password": SECRET},
    )
    return rpc


def test_authenticate_sets_one_cookie_and_tells_who_one_is(signed_in, house):
    cookie = signed_in.http.cookies["session_id"]
    assert (cookie["httponly"], cookie["path"], cookie["max-age"]) == (True, "/", 604800)
    assert not set("=,") & set(cookie.value)
    info = signed_in.info
    assert (info["uid"], info["username"], info["db"]) == (
        house.admin.pk,
        "admin",
        settings.RPC_DATABASE_NAME,
    )
    assert info["user_context"] == {"lang": "en_US", "tz": "Asia/Jakarta", "uid": house.admin.pk}
    assert info["server_version_info"][0] == 19
    assert info["user_companies"]["current_company"] == house.first.pk
    assert set(info["user_companies"]["allowed_companies"]) == {
        str(house.first.pk),
        str(house.second.pk),
    }


def test_the_cookie_is_the_only_one_and_can_be_cut_out_of_the_header_naively(rpc):
    response = rpc.post(
        "/web/session/authenticate",
        {"params": {"db": settings.RPC_DATABASE_NAME, "login": "admin", "password": SECRET}},
    )
    (cookie,) = response.cookies.values()
    assert (cookie.key, len(cookie.value)) == ("session_id", 84)
    assert re.fullmatch(r"[A-Za-z0-9_-]{84}", cookie.value)
    parts = [part.strip() for part in cookie.OutputString().split(";")]
    assert parts[0] == f"session_id={cookie.value}"
    assert {"HttpOnly", "Path=/", "Max-Age=604800", "SameSite=Lax"} < set(parts)
    assert [part[:8] for part in parts if part.startswith("expires")] == ["expires="]
    assert "session_id" not in response.json()["result"]


def test_what_is_kept_of_a_session_opens_nothing(signed_in):
    cookie = signed_in.http.cookies["session_id"].value
    (kept,) = Session.objects.all()
    assert cookie[:40] != kept.session_key
    signed_in.http.cookies["session_id"] = kept.session_key
    with pytest.raises(Refusal, match="Session expired"):
        signed_in.envelope("/web/session/get_session_info", {})


def test_stateless_calls_set_no_cookie(rpc):
    for path in ("/jsonrpc", "/xmlrpc/2/common", "/json/2/res.users/context_get"):
        assert not rpc.post(path, {}).cookies


def test_the_old_session_header_is_ignored(signed_in):
    cookie = signed_in.http.cookies["session_id"].value
    with_both = {"X-Openerp-Session-Id": "a" * 84}
    answer = signed_in.post("/web/session/get_session_info", {}, **with_both)
    assert answer.json()["result"]["uid"] == signed_in.user_id
    signed_in.http.cookies.clear()
    answer = signed_in.post("/web/session/get_session_info", {}, **{"X-Openerp-Session-Id": cookie})
    assert answer.json()["error"]["code"] == 100


def test_a_session_and_a_header_that_disagree_about_the_database(rpc, signed_in):
    other, same = {"X-Odoo-Database": "other"}, {"X-Odoo-Database": settings.RPC_DATABASE_NAME}
    for path in ("/web/session/get_session_info", "/web/dataset/call_kw"):
        response = signed_in.post(path, {}, **other)
        assert response.status_code == 403
        said = b"Cannot use both the session_id cookie and the x-odoo-database header."
        assert said in response.content
    assert signed_in.post("/web/session/get_session_info", {}, **same).json()["result"]["uid"]
    signed_in.http.cookies.clear()
    response = signed_in.post("/web/session/get_session_info", {}, **other)
    assert (response.status_code, response.headers["Content-Type"]) == (
        404,
        "text/html; charset=utf-8",
    )
    assert signed_in.http.get("/web/version", headers=other).status_code == 200


def test_a_call_by_cookie_asks_who_calls_with_one_query(signed_in, family):
    call = {"model": "res.partner", "method": "search", "args": [[]], "kwargs": {"limit": 1}}
    signed_in.envelope("/web/dataset/call_kw", call)
    with Counted(connection) as found:
        signed_in.envelope("/web/dataset/call_kw", call)
    assert len(found) == 2


def test_a_key_signs_in_too(rpc, house):
    key = api_keys.issue(name="web", by=Actor.of(house.admin))[1]
    info = rpc.envelope(
        "/web/session/authenticate",
        {"db": settings.RPC_DATABASE_NAME, "login": "admin", "password": key},
    )
    assert info["uid"] == house.admin.pk


@pytest.fixture
def second_factor(house):
    """The administrator has begun to use an authenticator app."""
    factor = Authenticator.objects.create(
        user=house.admin, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    authenticator_added.send(Authenticator, request=None, user=house.admin, authenticator=factor)
    return factor


def test_a_password_alone_does_not_open_what_has_a_second_factor(rpc, house, request):
    assert rpc("res.users", "context_get")["uid"] == house.admin.pk
    request.getfixturevalue("second_factor")
    credentials = {"db": settings.RPC_DATABASE_NAME, "login": "admin", "password": SECRET}
    assert rpc.envelope("/web/session/authenticate", credentials) == {"uid": None}
    assert not rpc.http.cookies
    assert rpc.service("common", "login", *credentials.values()) is False
    with pytest.raises(Refusal, match="Access Denied"):
        rpc("res.users", "context_get")
    with pytest.raises(Refusal, match="Access Denied"):
        rpc.envelope("/web/session/authenticate", {**credentials, "password": "wrong"})
    rpc.secret = api_keys.issue(name="sync", by=Actor.of(house.admin))[1]
    assert rpc("res.users", "context_get")["uid"] == house.admin.pk


def test_calls_by_cookie(signed_in, family):
    call = {
        "model": "res.partner",
        "method": "search_count",
        "args": [[["ref", "=", "F1"]]],
        "kwargs": {},
    }
    assert signed_in.envelope("/web/dataset/call_kw", call) == 1
    assert signed_in.envelope("/web/dataset/call_kw/res.partner/search_count", call) == 1
    assert signed_in.envelope("/web/dataset/call_kw/res.partner.search_count", call) == 1
    assert signed_in.envelope("/web/dataset/call_button", call) is False
    assert signed_in.envelope("/web/dataset/call_button/whatever", call) is False
    assert signed_in.envelope("/web/session/check", {}) is None
    assert "base" in signed_in.envelope("/web/session/modules", {})


def test_calls_without_a_session_say_that_it_has_expired(rpc):
    call = {"model": "res.partner", "method": "search", "args": [[]], "kwargs": {}}
    for path in ("/web/dataset/call_kw", "/web/session/get_session_info"):
        with pytest.raises(Refusal) as refused:
            rpc.envelope(path, call)
        assert (refused.value.error["code"], refused.value.name) == (
            100,
            "odoo.http.SessionExpiredException",
        )


def test_a_session_ends_by_destroy_and_by_a_new_password(signed_in, house):
    house.admin.set_password("another-secret-99")
    house.admin.save()
    with pytest.raises(Refusal, match="Session expired"):
        signed_in.envelope("/web/session/get_session_info", {})


def test_destroy_ends_the_session(signed_in):
    assert signed_in.envelope("/web/session/destroy", {}) is None
    with pytest.raises(Refusal, match="Session expired"):
        signed_in.envelope("/web/session/get_session_info", {})


def test_wrong_credentials_and_unknown_models_are_refused(rpc, signed_in):
    with pytest.raises(Refusal, match="AccessDenied: Access Denied"):
        rpc.envelope(
            "/web/session/authenticate",
            {"db": settings.RPC_DATABASE_NAME, "login": "admin", "password": "wrong"},
        )
    with pytest.raises(Refusal, match="AccessError: Database not found"):
        rpc.envelope(
            "/web/session/authenticate", {"db": "other", "login": "admin", "password": SECRET}
        )
    with pytest.raises(Refusal) as refused:
        signed_in.envelope(
            "/web/dataset/call_kw", {"model": "zzt", "method": "search", "args": [[]], "kwargs": {}}
        )
    assert (refused.value.error["code"], refused.value.name) == (
        404,
        "werkzeug.exceptions.NotFound",
    )
    with pytest.raises(Refusal, match="missing 1 required positional argument: 'kwargs'"):
        signed_in.envelope(
            "/web/dataset/call_kw", {"model": "res.partner", "method": "search", "args": [[]]}
        )


def test_logout_leads_nowhere_but_here(signed_in):
    for wanted, target in (
        ("/web/version", "/web/version"),
        ("//evil.example", "/odoo"),
        ("/\\evil.example", "/odoo"),
        ("/a\r\nSet-Cookie: b=c", "/odoo"),
        ("https://evil.example", "/odoo"),
    ):
        response = signed_in.http.get("/web/session/logout", {"redirect": wanted})
        assert (response.status_code, response.headers["Location"]) == (303, target)
