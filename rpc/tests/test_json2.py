"""JSON-2: paths, bearer keys, named arguments, HTTP status codes."""

import pytest

from base.actors import Actor
from base.services import api_keys


@pytest.fixture
def key(house):
    return api_keys.issue(name="sync", by=Actor.of(house.admin))[1]


def test_a_key_opens_what_its_owner_may_do(rpc, key, family):
    assert rpc.json2("res.users", "context_get", key) == (
        200,
        {"lang": "en_US", "tz": "Asia/Jakarta", "uid": rpc.user_id},
    )
    domain = [["ref", "=like", "F_"]]
    assert rpc.json2("res.partner", "search_count", key, domain=domain) == (200, 5)
    assert rpc.json2("res.partner", "read", key, ids=[family.alpha.pk], fields=["name"]) == (
        200,
        [{"id": family.alpha.pk, "name": "Alpha"}],
    )
    assert rpc.json2("res.partner", "write", key, ids=family.alpha.pk, vals={"city": "Solo"}) == (
        200,
        True,
    )
    status, made = rpc.json2("res.partner.category", "create", key, vals_list={"name": "One"})
    assert (status, len(made)) == (200, 1)
    assert rpc.json2("res.partner.category", "action_archive", key, ids=made) == (200, None)


def test_a_key_works_as_a_password_too(rpc, key):
    rpc.secret = key
    assert rpc("res.users", "context_get")["uid"] == rpc.user_id


def test_a_revoked_key_opens_nothing_at_once(rpc, key, house):
    assert rpc.json2("res.users", "context_get", key)[0] == 200
    house.admin.api_keys.all().delete()
    status, said = rpc.json2("res.users", "context_get", key)
    assert (status, said["message"], said["arguments"]) == (
        401,
        "Invalid apikey",
        ["Invalid apikey", 401],
    )


REFUSED = [
    (
        "res.partner",
        "nosuch",
        {},
        404,
        "werkzeug.exceptions.NotFound",
        "The method 'res.partner.nosuch' does not exist",
    ),
    (
        "zzt.model",
        "search",
        {},
        404,
        "werkzeug.exceptions.NotFound",
        "the model 'zzt.model' does not exist",
    ),
    (
        "res.partner",
        "browse",
        {},
        403,
        "odoo.exceptions.AccessError",
        "Private methods (such as 'res.partner.browse') cannot be called remotely.",
    ),
    (
        "res.partner",
        "search",
        {},
        422,
        "werkzeug.exceptions.UnprocessableEntity",
        "missing a required argument: 'domain'",
    ),
    (
        "res.partner",
        "search",
        {"domain": [], "foo": 1},
        422,
        "werkzeug.exceptions.UnprocessableEntity",
        "got an unexpected keyword argument 'foo'",
    ),
    (
        "res.partner",
        "search",
        {"domain": [], "ids": [1]},
        422,
        "werkzeug.exceptions.UnprocessableEntity",
        "cannot call res.partner.search with ids",
    ),
    (
        "res.partner",
        "search",
        {"domain": [["name", "~", "x"]]},
        500,
        "builtins.ValueError",
        "Invalid operator in condition ('name', '~', 'x')",
    ),
]


@pytest.mark.parametrize(("model", "method", "named", "status", "name", "message"), REFUSED)
def test_a_refusal_has_its_status_and_its_name(
    rpc, key, model, method, named, status, name, message
):
    got, said = rpc.json2(model, method, key, **named)
    assert (got, said["name"], said["message"], said["context"]) == (status, name, message, {})


def test_bodies_that_are_no_object_mean_nothing_given(rpc, key):
    headers = {"Authorization": f"Bearer {key}"}
    for body in (b"", b"[]", b"[1]", b"5", b"null"):
        assert rpc.post("/json/2/res.users/context_get", body, **headers).status_code == 200
    response = rpc.post("/json/2/res.users/context_get", b"{nope", **headers)
    assert (response.status_code, response.json()["name"]) == (
        400,
        "werkzeug.exceptions.BadRequest",
    )
    assert (
        rpc.post("/json/2/res.users/context_get", b"a=1", "text/plain", **headers).status_code
        == 415
    )


def test_no_key_no_entry(rpc):
    response = rpc.post("/json/2/res.users/context_get", {})
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer ")
    assert response.json()["message"] == (
        "User not authenticated, use an API Key with a Bearer Authorization header."
    )


def test_anything_else_below_the_path_asks_what_was_meant(rpc):
    for response in (
        rpc.http.get("/json/2/res.users/context_get"),
        rpc.post("/json/2/res.partner", {}),
        rpc.post("/json/2", {}),
    ):
        assert (response.status_code, response.json()["message"]) == (
            404,
            "Did you mean POST /json/2/<model>/<method>?",
        )


def test_another_database_is_not_here(rpc, key):
    headers = {"Authorization": f"bearer {key}", "X-Odoo-Database": "other"}
    response = rpc.post("/json/2/res.users/context_get", {}, **headers)
    assert (response.status_code, response.headers["Content-Type"]) == (
        404,
        "text/html; charset=utf-8",
    )


def test_a_reading_key_may_only_read(rpc, house, family):
    reader = api_keys.issue(name="reader", scope="read", by=Actor.of(house.admin))[1]
    assert rpc.json2("res.partner", "search_count", reader, domain=[["ref", "=", "F1"]]) == (200, 1)
    status, said = rpc.json2(
        "res.partner", "write", reader, ids=[family.alpha.pk], vals={"city": "x"}
    )
    assert (status, said["name"]) == (403, "odoo.exceptions.AccessError")
    family.alpha.refresh_from_db()
    assert family.alpha.city == "Ägypten Süd"
