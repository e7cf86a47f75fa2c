"""The web session: sign in by JSON-RPC, then call by cookie."""

import pytest
from django.conf import settings

from rpc.tests.conftest import SECRET, Refusal


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


def test_calls_by_cookie(signed_in, family):
    call = {
        "model": "res.partner",
        "method": "search_count",
        "args": [[["ref", "=", "F1"]]],
        "kwargs": {},
    }
    assert signed_in.envelope("/web/dataset/call_kw", call) == 1
    assert signed_in.envelope("/web/dataset/call_kw/res.partner/search_count", call) == 1
    assert signed_in.envelope("/web/dataset/call_button", call) is False
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
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
    ):
        response = signed_in.http.get("/web/session/logout", {"redirect": wanted})
        assert (response.status_code, response.headers["Location"]) == (303, target)
