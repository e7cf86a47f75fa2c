"""Forms of other clients: what a row would come to, told without writing it."""

import pytest

from base.actors import Actor
from base.models import Partner
from base.services import api_keys
from rpc.tests.conftest import Refusal

NAMED = {"fields": {"display_name": {}}}
SPEC = {
    "name": {},
    "country_id": NAMED,
    "parent_id": NAMED,
    "lang": {},
    "street": {},
    "city": {},
    "company_type": {},
    "is_company": {},
    "category_id": NAMED,
    "child_ids": {"fields": {"name": {}, "type": {}}},
}


def test_a_new_row_begins_with_its_defaults_and_what_follows_from_them(rpc):
    value = rpc("res.partner", "onchange", [], {}, [], SPEC)["value"]
    assert value == {
        **dict.fromkeys(("name", "country_id", "parent_id", "lang", "street", "city"), False),
        "company_type": "person",
        "is_company": False,
    }


def test_defaults_of_the_context_are_told_with_their_names(rpc, family):
    context = {"default_parent_id": family.alpha.pk, "default_city": "Solo"}
    value = rpc("res.partner", "onchange", [], {}, [], SPEC, context=context)["value"]
    assert value["parent_id"] == {"id": family.alpha.pk, "display_name": "Alpha"}
    assert value["city"] == "Solo"


def test_what_follows_from_a_change_comes_back_and_nothing_else(rpc, family):
    kind = {"company_type": "company", "is_company": False}
    told = rpc("res.partner", "onchange", [family.gamma.pk], kind, ["company_type"], SPEC)
    assert told == {"value": {"is_company": True}}
    told = rpc("res.partner", "onchange", [], {"name": "X", **kind}, ["company_type"], SPEC)
    assert told["value"]["is_company"] is True
    assert "name" not in told["value"]
    assert Partner.objects.get(pk=family.gamma.pk).is_company is False
    assert not Partner.objects.filter(name__in=["X", "…"]).exists()


def test_an_unknown_field_changes_nothing(rpc):
    assert rpc("res.partner", "onchange", [], {}, ["nosuch"], SPEC) == {}
    assert rpc("res.partner", "onchange", [], {}, [], {"nosuch": {}}) == {"value": {}}


def test_rows_of_a_set_are_known_by_the_name_that_the_form_gave_them(rpc, family):
    typed = {"child_ids": [[0, "virtual_7", {"name": "Baru"}], [1, family.kid.pk, {"name": "Kid"}]]}
    told = rpc("res.partner", "onchange", [family.alpha.pk], typed, ["child_ids"], SPEC)
    assert told == {"value": {"child_ids": [[1, "virtual_7", {"type": "contact"}]]}}
    assert not Partner.objects.filter(name="Baru").exists()
    typed = {"child_ids": [[2, family.kid.pk, False]]}
    told = rpc("res.partner", "onchange", [family.alpha.pk], typed, ["child_ids"], SPEC)
    assert told == {"value": {}}
    assert Partner.objects.filter(pk=family.kid.pk).exists()


def test_why_an_existing_row_is_refused_comes_as_a_warning(rpc, family):
    loop = {"parent_id": {"id": family.kid.pk, "display_name": "Kid"}}
    told = rpc("res.partner", "onchange", [family.alpha.pk], loop, ["parent_id"], SPEC)
    assert told["value"] == {}
    assert (told["warning"]["type"], bool(told["warning"]["message"])) == ("dialog", True)
    assert Partner.objects.get(pk=family.alpha.pk).parent_id is None


def test_who_may_only_look_is_told_defaults_and_changes_nothing(wati):
    spec = {"name": {}, "currency_id": NAMED}
    told = wati("res.company", "onchange", [], {"name": "Mine"}, ["name"], spec)
    assert told == {"value": {}}
    with pytest.raises(Refusal) as refused:
        wati("ir.config_parameter", "onchange", [], {}, [], {"key": {}})
    assert refused.value.name == "odoo.exceptions.AccessError"


def test_values_and_specification_are_mappings(rpc):
    for wrong in ([[], [], SPEC], [{}, [], ["name"]]):
        with pytest.raises(Refusal) as refused:
            rpc("res.partner", "onchange", [], *wrong)
        assert refused.value.name == "builtins.TypeError"


def test_onchange_over_json2_goes_by_names(rpc, house):
    key = api_keys.issue(name="form", by=Actor.of(house.admin))[1]
    named = {"ids": [], "values": {"city": "Solo"}, "field_names": ["city"], "fields_spec": SPEC}
    status, told = rpc.json2("res.partner", "onchange", key, **named)
    assert status == 200
    assert "city" not in told["value"]
