"""The description of JSON-2: valid, complete, and no fuller than what its reader may do."""

import json

import pytest
from drf_spectacular.validation import validate_schema

from base.actors import Actor
from base.models import Role
from base.services import api_keys
from rpc import registry
from rpc.openapi.documents import document, methods_of
from rpc.registry import extend
from rpc.tests.test_access import permission


@pytest.fixture
def described(actor):
    return json.loads(document(actor, "en"))


@pytest.mark.once
def test_the_document_is_valid_openapi(described):
    validate_schema(described)
    assert described["components"]["securitySchemes"] == {
        "key": {"type": "http", "scheme": "bearer", "description": "An API key."}
    }


def test_every_exposure_is_described_with_every_method(described, actor, call_on):
    wanted = {
        f"/json/2/{one.name}/{method}"
        for one in registry.everything()
        for method in [*one.verbs, *one.methods, "read", "search", "search_read"]
    }
    assert not wanted - set(described["paths"])
    ids = [path["post"]["operationId"] for path in described["paths"].values()]
    assert len(set(ids)) == len(ids)
    for one in registry.everything():
        assert set(described["components"]["schemas"][one.name]["properties"]) == set(one.fields)
        for name in methods_of(call_on(one.name)):
            assert f"/json/2/{one.name}/{name}" in described["paths"]


@pytest.fixture
def call_on(actor):
    from rpc.context import Call

    return lambda name: Call(registry.find(name), actor)


def body_of(described, path):
    operation = described["paths"][path]["post"]
    return operation["requestBody"]["content"]["application/json"]["schema"]


def test_an_operation_names_its_arguments(described):
    body = body_of(described, "/json/2/res.partner/search")
    assert list(body["properties"]) == ["domain", "offset", "limit", "order", "count", "context"]
    assert (body["required"], body["additionalProperties"]) == (["domain"], False)
    body = body_of(described, "/json/2/res.partner/write")
    assert body["required"] == ["ids", "vals"]
    assert body["properties"]["vals"] == {"$ref": "#/components/schemas/res.partner.values"}
    operation = described["paths"]["/json/2/res.partner/write"]["post"]
    assert operation["tags"] == ["res.partner"]
    assert operation["security"] == [{"key": []}]
    assert set(operation["responses"]) >= {"200", "401", "403", "422"}
    answer = described["paths"]["/json/2/res.partner/read"]["post"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/res.partner"},
    }


def test_values_leave_out_what_nobody_may_write(described):
    shapes = described["components"]["schemas"]
    assert "complete_name" in shapes["res.partner"]["properties"]
    assert "complete_name" not in shapes["res.partner.values"]["properties"]
    assert shapes["res.partner"]["properties"]["type"]["oneOf"][0]["enum"] == [
        key for key, _label in registry.find("res.partner").fields["type"].selection()
    ]


@pytest.mark.once
def test_calls_made_as_described_are_understood(rpc, house, described, family):
    """Every argument that an operation names is one that the method takes, and every one it requires is enough."""
    key = api_keys.issue(name="reader", by=Actor.of(house.admin))[1]
    examples = {
        "domain": [["id", "=", family.alpha.pk]],
        "ids": [family.alpha.pk],
        "groupby": ["type"],
        "fields": ["name"],
        "operation": "read",
        "specification": {"name": {}},
        "fields_to_export": ["name"],
        "field": "comment",
        "name": "Alpha",
    }
    tried = []
    for path in described["paths"]:
        _, _, _, model, method = path.split("/")
        body = body_of(described, path)
        needed = body.get("required", [])
        if model == "res.partner" and method in SAFE and set(needed) <= set(examples):
            tried.append(method)
            status, said = rpc.json2(
                model, method, key, **{name: examples[name] for name in needed}
            )
            assert (method, status, said) == (method, 200, said)
    assert len(tried) > 10


SAFE = frozenset(
    (
        *("search", "search_count", "search_read", "read", "fields_get", "name_search", "name_get"),
        *("default_get", "read_group", "formatted_read_group", "web_read_group", "has_access"),
        *("check_access_rights", "get_metadata", "get_external_id", "copy_data", "export_data"),
        *("fields_get_keys", "web_read", "web_search_read"),
    )
)


def test_a_reader_sees_only_what_they_may_use(house):
    role = Role.objects.create(name="Only partners")
    role.permissions.set(permission("view_partner"))
    house.employee.roles.set([role])
    extend("res.partner", reads="hideout=street2", restricted={"hideout": "base.merge_partners"})
    try:
        mine = json.loads(document(Actor.of(house.employee), "en", "res.partner"))
        theirs = json.loads(document(Actor.of(house.admin), "en", "res.partner"))
    finally:
        registry._declarations["res.partner"].pop()
        registry._exposures.clear()
    assert "hideout" not in mine["components"]["schemas"]["res.partner"]["properties"]
    assert "hideout" in theirs["components"]["schemas"]["res.partner"]["properties"]
    assert "/json/2/res.partner/read" in mine["paths"]
    assert "/json/2/res.partner/write" not in mine["paths"]
    assert document(Actor.of(house.employee), "en", "res.country") is None


def test_labels_come_in_the_language_of_the_reader(actor):
    english, indonesian = (
        json.loads(document(actor, language, "res.country"))["components"]["schemas"]["res.country"]
        for language in ("en", "id")
    )
    assert english["title"] == "Country"
    assert indonesian["title"] != "Country"


def test_the_document_is_for_owners_of_a_key_and_for_who_has_signed_in(rpc, house, client):
    assert client.get("/api/openapi.json").status_code == 401
    key = api_keys.issue(name="reader", by=Actor.of(house.admin))[1]
    headers = {"Authorization": f"bearer {key}"}
    one = client.get("/api/openapi.json", {"model": "res.partner"}, headers=headers)
    assert (one.status_code, one.json()["openapi"][:1]) == (200, "3")
    assert {path.split("/")[3] for path in one.json()["paths"]} == {"res.partner"}
    missing = client.get("/api/openapi.json", {"model": "zzt"}, headers=headers)
    assert (missing.status_code, missing.json()["message"]) == (
        404,
        "the model 'zzt' does not exist",
    )
    assert client.get("/api/openapi.json", headers={"Authorization": "bearer x"}).status_code == 401
    assert client.post("/api/openapi.json", headers=headers).status_code == 405
    client.force_login(house.employee)
    assert client.get("/api/openapi.json", {"model": "res.partner"}).status_code == 200


def test_the_page_is_for_who_has_signed_in(client, house):
    response = client.get("/api/docs")
    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/accounts/login/?next=/api/docs",
    )
    client.force_login(house.employee)
    response = client.get("/api/docs")
    assert response.status_code == 200
    assert b'href="?model=res.partner"' in response.content
    text = client.get("/api/docs", {"model": "res.partner"}).content.decode()
    assert "/api/openapi.json?model=res.partner" in text
    assert 'id="search_read"' in text
    assert "<code>complete_name</code>" in text
    assert client.get("/api/docs", {"model": "zzt"}).status_code == 404


def test_the_page_of_a_noun_shows_what_its_reader_may_see(client, house):
    client.force_login(house.employee)
    assert client.get("/api/docs", {"model": "ir.config_parameter"}).status_code == 404
    text = client.get("/api/docs", {"model": "res.country"}).content.decode()
    assert 'id="search_read"' in text
    assert 'id="unlink"' not in text
