"""Programs know accounting as `account`: its module, its external ids, its roles."""

import pytest

from accounting.models import PaymentTerm
from base.models import ExternalId, Module, Role
from base.modules import on_the_wire
from rpc import registry
from rpc.tables.numbers import model_id
from rpc.tests.conftest import Refusal, house, nothing_remembered, rpc, wati

__all__ = ["house", "nothing_remembered", "rpc", "wati"]

TERM = "account_payment_term_30days"


def test_the_module_is_found_by_the_name_that_clients_know(rpc):
    ours = Module.objects.get(name="accounting").pk
    found = rpc(
        "ir.module.module",
        "search_read",
        [["name", "=", "account"], ["state", "=", "installed"]],
        ["name"],
    )
    assert found == [{"id": ours, "name": "account"}]
    assert rpc("ir.module.module", "search", [["name", "in", ["accounting"]]]) == [ours]
    assert rpc("ir.module.module", "search", [["name", "=like", "acc%ing"]]) == []
    assert rpc("ir.module.module", "name_search", "account")[0][0] == ours
    assert rpc("ir.model.data", "check_object_reference", "base", "module_account") == [
        "ir.module.module",
        ours,
    ]
    assert rpc("ir.model.data", "check_object_reference", "base", "module_accounting") == [
        "ir.module.module",
        ours,
    ]
    named = rpc("ir.model.data", "search_read", [["name", "=", "module_account"]], ["reference"])
    assert [row["reference"] for row in named] == [f"ir.module.module,{ours}"]
    assert rpc("ir.module.module", "get_external_id", [ours]) == {str(ours): "base.module_account"}


def test_who_requires_accounting_requires_account(rpc):
    Module.objects.filter(name="crm").update(requires=["base", "accounting"])
    [pk] = rpc("ir.module.module", "search", [["name", "=", "crm"]])
    rows = rpc("ir.module.module.dependency", "search_read", [["module_id", "=", pk]], ["name"])
    assert [row["name"] for row in rows] == ["account", "base"]


def test_external_ids_go_by_the_name_that_clients_know(rpc):
    term = PaymentTerm.objects.get(
        pk__in=ExternalId.objects.filter(name="term_30_days").values("row_id")
    )
    known = ["account.payment.term", term.pk]
    for module in ("account", "accounting"):
        assert rpc("ir.model.data", "check_object_reference", module, "term_30_days") == known
        row = rpc(
            "ir.model.data", "search_read", [["module", "=", module], ["name", "=", "term_30_days"]]
        )[0]
        assert (row["module"], row["complete_name"]) == ("account", "account.term_30_days")
    metadata = rpc("account.payment.term", "get_metadata", [term.pk])
    assert metadata[0]["xmlid"] == "account.term_30_days"
    assert rpc("account.payment.term", "export_data", [term.pk], ["id"]) == {
        "datas": [["account.term_30_days"]]
    }
    assert not ExternalId.objects.filter(module="accounting").exists()


def test_a_sheet_may_say_either_name(rpc):
    for module in ("account", "accounting"):
        rows = [[f"{module}.term_30_days", f"Thirty by {module}"]]
        told = rpc("account.payment.term", "load", ["id", "name"], rows)
        assert told["messages"] == []
    named = ExternalId.objects.get(module="account", name="term_30_days")
    assert PaymentTerm.objects.get(pk=named.row_id).name == "Thirty by accounting"
    made = rpc("account.payment.term", "load", ["id", "name"], [["accounting.mine", "Mine"]])["ids"]
    assert ExternalId.objects.get(module="account", name="mine").row_id == made[0]


def test_a_name_given_by_our_label_is_kept_by_the_name_that_clients_know(rpc, house):
    values = {
        "module": "accounting",
        "name": "zzt",
        "model": "res.company",
        "res_id": house.first.pk,
    }
    made = rpc("ir.model.data", "create", values)
    assert rpc("ir.model.data", "read", [made], ["module"])[0]["module"] == "account"
    known = ["res.company", house.first.pk]
    assert rpc("ir.model.data", "check_object_reference", "account", "zzt") == known


def test_nouns_and_their_fields_have_external_ids(rpc):
    noun = model_id(registry.find("account.move"))
    for name in ("account.model_account_move", "accounting.model_account_move"):
        module, _dot, rest = name.partition(".")
        assert rpc("ir.model.data", "check_object_reference", module, rest) == ["ir.model", noun]
    assert rpc("ir.model", "get_external_id", [noun]) == {str(noun): "account.model_account_move"}
    assert rpc("ir.model", "read", [noun], ["modules"])[0]["modules"] == "account"
    [field] = rpc(
        "ir.model.fields", "search", [["model", "=", "account.move"], ["name", "=", "name"]]
    )
    found = rpc("ir.model.data", "check_object_reference", "account", "field_account_move__name")
    assert found == ["ir.model.fields", field]
    assert rpc("ir.model.fields", "get_metadata", [field])[0]["xmlid"] == (
        "account.field_account_move__name"
    )
    with pytest.raises(Refusal) as refused:
        rpc("ir.model.data", "check_object_reference", "moon", "model_account_move")
    assert "External ID not found" in refused.value.message


@pytest.mark.parametrize(
    ("role", "held"),
    [
        ("Invoicing", "group_account_invoice"),
        ("Auditor", "group_account_readonly"),
        (
            "Accountant",
            "group_account_user group_account_manager group_account_basic group_account_invoice group_account_readonly",
        ),
    ],
)
def test_roles_are_asked_for_by_the_names_that_clients_know(wati, house, role, held):
    house.employee.roles.add(Role.objects.get(module="accounting", name_en=role))
    groups = (
        "group_account_invoice group_account_readonly group_account_user group_account_basic"
        " group_account_manager"
    )
    answers = {name: wati("res.users", "has_group", f"account.{name}") for name in groups.split()}
    assert {name for name, held in answers.items() if held} == set(held.split())
    assert all(
        wati("res.users", "has_group", on_the_wire(f"accounting.{name}")) for name in held.split()
    )


def test_both_names_of_a_role_lead_to_it(rpc):
    accountant = ["res.groups", Role.objects.get(module="accounting", name_en="Accountant").pk]
    for name in ("group_account_user", "group_account_manager"):
        assert rpc("ir.model.data", "check_object_reference", "account", name) == accountant
    first = rpc("res.groups", "get_external_id", [accountant[1]])
    assert first == {str(accountant[1]): "account.group_account_user"}
