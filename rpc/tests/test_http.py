"""The HTTP layer: paths, methods, content types, lengths, and what people are shown who come by the wrong way."""

import json
import xmlrpc.client
from base64 import b64decode
from io import BytesIO

import pytest
from django.conf import settings

from base.actors import Actor
from base.models import Partner
from base.services import api_keys
from rpc.tests.conftest import content_of

JSON_ROUTES = (
    "/jsonrpc",
    "/web/webclient/version_info",
    "/web/database/list",
    "/web/session/authenticate",
    "/web/session/get_session_info",
    "/web/session/check",
    "/web/session/destroy",
    "/web/session/modules",
    "/web/session/get_lang_list",
    "/web/dataset/call_kw",
    "/web/dataset/call_kw/res.partner/read",
    "/web/dataset/call_button",
)
HTML = "text/html; charset=utf-8"


@pytest.mark.parametrize("path", JSON_ROUTES)
def test_json_routes_take_json_and_nothing_else(rpc, path):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "text/xml", ""):
        response = rpc.post(path, b"{}", kind)
        assert (response.status_code, response.headers["Content-Type"]) == (415, HTML)
        assert response.headers["Accept"] == "application/json, application/json-rpc"
    assert rpc.http.get(path).status_code == 415
    for kind in ("application/json", "application/json; charset=utf-8", "application/json-rpc"):
        response = rpc.post(path, b'{"params": {}}', kind)
        assert (response.status_code, response.headers["Content-Type"]) == (
            200,
            "application/json; charset=utf-8",
        )


@pytest.mark.parametrize("path", JSON_ROUTES)
def test_json_routes_refuse_what_is_no_envelope(rpc, path):
    for body, said in (
        (b"{nope", b"Invalid JSON data"),
        (b" ", b"Invalid JSON data"),
        (b"[" * 200 + b"]" * 200, b"Invalid JSON data"),
        (b'{"id": ' + b"[" * 101 + b"]" * 101 + b"}", b"Invalid JSON data"),
        (b"[" * 100_000, b"Invalid JSON data"),
        (b"[]", b"Invalid JSON-RPC data"),
        (b"7", b"Invalid JSON-RPC data"),
    ):
        response = rpc.post(path, body)
        assert (response.status_code, response.content) == (400, said)
        assert response.headers["Content-Type"] == HTML
    reply = rpc.post(path, {"id": 3, "params": [1]}).json()
    assert (reply["id"], reply["error"]["data"]["name"]) == (3, "builtins.TypeError")


@pytest.mark.parametrize(
    "path", [*JSON_ROUTES, "/web/version", "/json/version", "/xmlrpc/common", "/xmlrpc/2/object"]
)
def test_a_slash_at_the_end_makes_no_difference_and_no_redirect(rpc, path):
    for given in (path, f"{path}/"):
        if "version" in path and "webclient" not in path:
            assert rpc.http.get(given).status_code == 200
        else:
            assert rpc.post(given, {"params": {}}).status_code == 200


def test_every_answer_says_how_long_it_is(rpc):
    for response in (
        rpc.http.get("/web/version"),
        rpc.post("/jsonrpc", {}),
        rpc.post("/xmlrpc/2/common", b"<x"),
        rpc.post("/json/2/res.users/context_get", {}),
        rpc.http.get("/jsonrpc"),
        rpc.http.get("/web/session/logout"),
        rpc.http.get("/xmlrpc/2/common"),
    ):
        assert response.headers["Content-Length"] == str(len(response.content))


def test_head_works_where_get_does(rpc):
    for path, status in (
        ("/web/version", 200),
        ("/json/version", 200),
        ("/web/health", 200),
        ("/web/session/logout", 303),
        ("/json/2/res.users/context_get", 404),
    ):
        assert (rpc.http.head(path).status_code, rpc.http.get(path).status_code) == (status, status)


def test_methods_that_a_path_does_not_take(rpc):
    for path in ("/xmlrpc/2/common", "/xmlrpc/object", "/xmlrpc/db"):
        for method in ("get", "head", "put", "delete"):
            response = getattr(rpc.http, method)(path)
            assert (response.status_code, response.headers["Allow"]) == (405, "POST, OPTIONS")
        response = rpc.http.options(path)
        assert (response.status_code, response.headers["Allow"]) == (204, "POST, OPTIONS")
    response = rpc.http.post("/web/version")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_what_no_route_leads_to_is_a_page_even_for_programs(rpc):
    for path in (
        "/zzt/nosuch",
        "/xmlrpc",
        "/xmlrpc/2",
        "/xmlrpc/2/common/more",
        "/xmlrpc/1/common",
        "/xmlrpcx",
        "/json/2x/res.partner/search",
        "/json/3/res.partner/search",
        "/web/dataset/call_kwx",
        "/web/session/nosuch",
        "/jsonrpc/2",
    ):
        response = rpc.post(path, {})
        assert (path, response.status_code) == (path, 404)
        assert response.headers["Content-Type"] == HTML


def test_health_and_the_pages_of_people(rpc):
    assert rpc.http.get("/web/health").json() == {"status": "pass"}
    for path in ("/odoo", "/web", "/web/login", "/odoo/"):
        response = rpc.http.get(path)
        assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_the_logo_is_there_for_everybody(rpc, house):
    letter = rpc.http.get("/web/binary/company_logo")
    assert (letter.status_code, letter.headers["Content-Type"]) == (200, "image/png")
    assert letter.content.startswith(b"\x89PNG")
    assert rpc.http.head("/logo.png").status_code == 200
    assert rpc.http.post("/logo").status_code == 405
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    rpc("res.company", "write", [house.second.pk], {"logo": dot})
    assert rpc.http.get(f"/logo.png?company={house.second.pk}").content == b64decode(dot)
    assert rpc.http.get("/logo.png?company=x").content == letter.content


def test_languages_and_databases_are_listed_without_credentials(rpc):
    codes = [code for code, _name in rpc.envelope("/web/session/get_lang_list", {})]
    assert {"en_US", "id_ID"} <= set(codes)
    assert rpc.envelope("/web/database/list", {}) == [settings.RPC_DATABASE_NAME]
    assert rpc.service("db", "list_lang") == rpc.envelope("/web/session/get_lang_list", {})


def test_a_body_without_a_length_is_refused(rpc):
    response = rpc.http.post("/jsonrpc", headers={"Transfer-Encoding": "chunked"})
    assert response.status_code == 411


def test_a_length_that_is_no_number_is_no_length(rpc):
    for length in ("-1", "²", "1e3", "", "x"):
        response = rpc.http.generic("POST", "/jsonrpc", b"", CONTENT_LENGTH=length)
        assert response.status_code == 415
    response = rpc.http.generic("POST", "/jsonrpc", b"", CONTENT_LENGTH="9" * 5000)
    assert response.status_code == 413


def test_answers_are_not_to_be_sniffed(rpc):
    assert rpc.http.get("/web/version").headers["X-Content-Type-Options"] == "nosniff"


def test_a_body_cut_short_is_refused_and_does_nothing(rpc, house):
    wanted = {"name": "Half a contact"}
    call = [settings.RPC_DATABASE_NAME, rpc.user_id, rpc.secret, "res.partner", "create", [wanted]]
    params = {"service": "object", "method": "execute_kw", "args": call}
    envelope = json.dumps({"params": params}).encode()
    written = xmlrpc.client.dumps(tuple(call), "execute_kw").encode()
    named = json.dumps({"vals_list": [wanted]}).encode()
    bodies = {
        "/jsonrpc": (envelope, "application/json", b"Invalid JSON data"),
        "/web/session/authenticate": (envelope, "application/json", b"Invalid JSON data"),
        "/xmlrpc/2/object": (written, "text/xml", b"Bad Request"),
        "/json/2/res.partner/create": (named, "application/json", b"could not parse the body"),
    }
    issued = api_keys.issue(name="short", by=Actor.of(house.admin))[1]
    key = {"Authorization": f"bearer {issued}"}
    for path, (body, kind, said) in bodies.items():
        short = {"CONTENT_LENGTH": str(len(body) + 1), "wsgi.input": BytesIO(body)}
        response = rpc.http.generic("POST", path, headers=key, CONTENT_TYPE=kind, **short)
        assert (response.status_code, said in content_of(response)) == (400, True), path
    assert not Partner.objects.filter(name="Half a contact").exists()
