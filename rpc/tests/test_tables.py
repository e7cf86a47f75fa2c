"""What the door shows of itself: nouns, fields, rights and rules."""

import pytest

from base.models import Role
from rpc import registry
from rpc.tests.conftest import Refusal


def test_every_noun_is_a_row_of_ir_model_and_found_by_its_name(rpc):
    assert rpc("ir.model", "search_count", []) == len(list(registry.everything()))
    fields = ["name", "model", "transient", "is_mail_thread", "modules", "state"]
    [row] = rpc("ir.model", "search_read", [["model", "=", "res.partner"]], fields)
    del row["id"]
    assert row == {
        "name": "Contact",
        "model": "res.partner",
        "transient": False,
        "is_mail_thread": True,
        "modules": "base",
        "state": "base",
    }
    assert rpc("ir.model", "search", [["model", "=", "does.not.exist"]]) == []


def test_a_noun_counts_the_rows_that_the_caller_sees(rpc, wati, house):
    [company] = rpc("ir.model", "search", [["model", "=", "res.company"]])
    assert rpc("ir.model", "read", [company], ["count"]) == [{"id": company, "count": 2}]
    assert wati("ir.model", "read", [company], ["count"]) == [{"id": company, "count": 1}]


def test_fields_lead_to_their_noun_and_back(rpc):
    [row] = rpc(
        "ir.model.fields",
        "search_read",
        [["model_id.model", "=", "res.partner"], ["name", "=", "parent_id"]],
        ["model_id", "ttype", "relation", "store", "required", "index", "on_delete", "groups"],
    )
    [partner] = rpc("ir.model", "search_read", [["model", "=", "res.partner"]], ["field_id"])
    assert row["id"] in partner["field_id"]
    del row["id"]
    assert row == {
        "model_id": [partner["id"], "Contact"],
        "ttype": "many2one",
        "relation": "res.partner",
        "store": True,
        "required": False,
        "index": True,
        "on_delete": "set null",
        "groups": [],
    }


def test_keys_of_a_selection_are_rows_in_their_order(rpc):
    [field] = rpc(
        "ir.model.fields", "search", [["model", "=", "res.partner"], ["name", "=", "company_type"]]
    )
    found = rpc(
        "ir.model.fields.selection", "search_read", [["field_id", "=", field]], ["value", "name"]
    )
    assert [(row["value"], row["name"]) for row in found] == [
        ("person", "Person"),
        ("company", "Company"),
    ]


def test_ids_of_tables_are_never_shared(rpc):
    for name in (
        "ir.model",
        "ir.model.fields",
        "ir.model.fields.selection",
        "ir.model.access",
        "ir.rule",
    ):
        ids = rpc(name, "search", [])
        assert len(ids) == len(set(ids))
        assert max(ids) < 2**31


def test_labels_are_known_by_name_but_not_of_what_one_may_not_read(rpc, wati):
    models = ["res.partner", "does.not.exist", "ir.rule"]
    assert rpc("ir.model", "display_name_for", models) == [
        {"model": "res.partner", "display_name": "Contact"},
        {"model": "does.not.exist", "display_name": "does.not.exist"},
        {"model": "ir.rule", "display_name": "Record Rule"},
    ]
    assert wati("ir.model", "display_name_for", models[2:]) == [
        {"model": "ir.rule", "display_name": "ir.rule"}
    ]


def test_rights_are_said_of_each_role(rpc):
    employee = Role.objects.get(module="base", sequence=0)
    domain = [
        ["group_id", "=", employee.pk],
        ["model_id.model", "in", ["res.partner", "res.country"]],
    ]
    fields = ["model_id", "perm_read", "perm_write", "perm_create", "perm_unlink"]
    found = rpc("ir.model.access", "search_read", domain, fields, order="name")
    assert [(row["model_id"][1], *(row[name] for name in fields[1:])) for row in found] == [
        ("Country", True, False, False, False),
        ("Contact", True, True, True, True),
    ]


def test_check_says_what_the_caller_may_do(rpc, wati):
    assert wati("ir.model.access", "check", "res.partner", "write") is True
    assert wati("ir.model.access", "check", "res.company", "write", False) is False
    with pytest.raises(Refusal) as refused:
        wati("ir.model.access", "check", "res.company", "write")
    assert refused.value.name == "odoo.exceptions.AccessError"
    with pytest.raises(Refusal, match=r"Object res\.moon doesn't exist"):
        rpc("ir.model.access", "check", "res.moon")


def test_rules_name_the_companies_and_what_modules_say(rpc):
    found = rpc(
        "ir.rule", "search_read", [["model_id.model", "=", "res.partner"]], ["domain_force"]
    )
    assert [row["domain_force"] for row in found] == [
        "['|', ('company_id', '=', False), ('company_id', 'in', company_ids)]"
    ]
    [said] = rpc("ir.rule", "search_read", [["model_id.model", "=", "mail.activity"]], ["name"])
    assert (
        said["name"]
        == "Activities about records that the actor sees, and those the actor has to do."
    )
    [line] = rpc(
        "ir.rule", "search_read", [["model_id.model", "=", "res.company"]], ["domain_force"]
    )
    assert line["domain_force"] == "['|', ('id', '=', False), ('id', 'in', company_ids)]"


def test_rules_are_for_administrators(wati):
    with pytest.raises(Refusal) as refused:
        wati("ir.rule", "search_read", [], ["name"], limit=1)
    assert refused.value.message == (
        "You are not allowed to access 'Record Rule' (ir.rule) records.\n\nThis operation is allowed for "
        "the following groups:\n\t- Administrator\n\nContact your administrator to request access if necessary."
    )


@pytest.mark.parametrize("method", ["create", "write", "unlink"])
def test_tables_are_not_written(rpc, method):
    arguments = {"create": [{"name": "x"}], "write": [[1], {"name": "x"}], "unlink": [[1]]}[method]
    with pytest.raises(Refusal) as refused:
        rpc("ir.model", method, *arguments)
    assert "No group currently allows this operation." in refused.value.message
