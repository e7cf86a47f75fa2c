"""Defaults that people set (`ir.default`) and searches that they keep (`ir.filters`)."""

import json

import pytest

from base.models import Country, DefaultValue, Favourite, Partner, PartnerTag
from rpc.tests.conftest import Refusal


def test_a_default_fills_what_new_rows_leave_open(rpc, house):
    country = Country.objects.get(code="BE").pk
    assert rpc("ir.default", "set", "res.partner", "country_id", country) is True
    assert rpc("res.partner", "default_get", ["country_id", "city"]) == {"country_id": country}
    made = rpc("res.partner", "create", [{"name": "One"}, {"name": "Two", "country_id": False}])
    rows = [Partner.objects.get(pk=pk).country_id for pk in made]
    assert rows == [country, None]
    said = {"default_country_id": Country.objects.get(code="US").pk}
    found = rpc("res.partner", "default_get", ["country_id"], context=said)
    assert found == {"country_id": said["default_country_id"]}


def test_the_most_particular_default_is_in_force(rpc, wati, house):
    rpc("ir.default", "set", "res.partner", "city", "Everywhere")
    rpc("ir.default", "set", "res.partner", "city", "Here", False, True)
    wati("ir.default", "set", "res.partner", "city", "Mine", True)
    rpc("ir.default", "set", "res.partner", "city", "Never", False, False, "type=other")
    assert rpc("res.partner", "default_get", ["city"]) == {"city": "Here"}
    assert wati("res.partner", "default_get", ["city"]) == {"city": "Mine"}
    there = {"allowed_company_ids": [house.second.pk]}
    assert rpc("res.partner", "default_get", ["city"], context=there) == {"city": "Everywhere"}
    rpc("ir.default", "set", "res.partner", "city", "Elsewhere")
    assert DefaultValue.objects.count() == 4


def test_sets_can_have_defaults_and_what_was_deleted_is_none(rpc, family):
    red = family.red.pk
    rpc("ir.default", "set", "res.partner", "category_id", [[6, 0, [red]]])
    rpc("ir.default", "set", "res.partner", "parent_id", family.gamma.pk)
    made = rpc("res.partner", "create", {"name": "One"})
    one = Partner.objects.get(pk=made)
    assert (list(one.tags.all()), one.parent) == ([PartnerTag.objects.get(pk=red)], family.gamma)
    one.delete()
    family.gamma.delete()
    made = rpc("res.partner", "create", {"name": "Two"})
    assert Partner.objects.get(pk=made).parent_id is None


def test_defaults_are_rows_that_can_be_read_and_changed(rpc, wati, house):
    rpc("ir.default", "set", "res.partner", "color", 3)
    fields = ["field_id", "json_value", "user_id", "company_id"]
    [row] = rpc("ir.default", "search_read", [], fields)
    [known] = rpc("ir.model.fields", "read", [row["field_id"][0]], ["model", "name"])
    assert (known["model"], known["name"]) == ("res.partner", "color")
    assert (row["json_value"], row["user_id"], row["company_id"]) == ("3", False, False)
    rpc("ir.default", "write", [row["id"]], {"json_value": "4"})
    assert rpc("res.partner", "default_get", ["color"]) == {"color": 4.0}
    city = rpc("ir.model.fields", "search", [["model", "=", "res.partner"], ["name", "=", "city"]])
    values = {"field_id": city[0], "json_value": json.dumps("Solo"), "user_id": house.employee.pk}
    mine = wati("ir.default", "create", values)
    assert wati("ir.default", "search", [["user_id", "=", house.employee.pk]]) == [mine]
    assert wati("ir.default", "unlink", [mine]) is True
    for work in (["unlink", [row["id"]]], ["write", [row["id"]], {"json_value": "9"}]):
        with pytest.raises(Refusal) as refused:
            wati("ir.default", *work)
        assert refused.value.name == "odoo.exceptions.AccessError"
    assert DefaultValue.objects.get().value == 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["res.partner", "nosuch", 1], "Invalid field res.partner.nosuch"),
        (["no.such", "name", 1], "Invalid field no.such.name"),
        (["res.partner", "type", "nonsense"], "Wrong value for res.partner.type: 'nonsense'"),
        (["res.partner", "complete_name", "x"], "res.partner.complete_name"),
    ],
)
def test_defaults_that_a_field_cannot_hold_are_refused(rpc, arguments, says):
    with pytest.raises(Refusal) as refused:
        rpc("ir.default", "set", *arguments)
    assert says in refused.value.message
    assert not DefaultValue.objects.exists()


def test_nobody_sets_defaults_for_others_nor_for_foreign_companies(wati, house):
    for more in ([], [house.admin.pk], [True, house.second.pk]):
        with pytest.raises(Refusal) as refused:
            wati("ir.default", "set", "res.partner", "city", "Mine", *more)
        assert refused.value.name in {
            "odoo.exceptions.AccessError",
            "odoo.exceptions.MissingError",
        }
    assert not DefaultValue.objects.exists()


def test_a_search_is_kept_for_oneself_or_for_everybody(rpc, wati, house):
    domain = "[('city', '=', 'Solo')]"
    mine = wati(
        "ir.filters", "create", {"name": "Solo", "model_id": "res.partner", "domain": domain}
    )
    values = {
        "name": "All",
        "model_id": "res.partner",
        "user_id": False,
        "context": "{'group_by': ['country_id']}",
    }
    shared = rpc("ir.filters", "create", values)
    found = wati("ir.filters", "get_filters", "res.partner")
    assert [(one["id"], one["name"], one["domain"], one["user_ids"]) for one in found] == [
        (shared, "All", "[]", []),
        (mine, "Solo", domain, [house.employee.pk]),
    ]
    assert rpc("ir.filters", "search", [["user_id", "=", house.employee.pk]]) == []
    with pytest.raises(Refusal) as refused:
        wati("ir.filters", "unlink", [shared])
    assert refused.value.name == "odoo.exceptions.AccessError"
    with pytest.raises(Refusal):
        wati("ir.filters", "create", values)
    with pytest.raises(Refusal):
        wati("ir.filters", "write", [mine], {"user_id": house.admin.pk})
    wati("ir.filters", "write", [mine], {"domain": "[('city', '=', 'Bogor')]"})
    queries = dict(Favourite.objects.values_list("name", "query"))
    assert queries == {
        "All": "all=1&g=country_id",
        "Solo": "d=%5B%5B%22city%22%2C+%22%3D%22%2C+%22Bogor%22%5D%5D",
    }


def test_a_search_of_a_program_stands_in_the_list_of_people(wati, house, client):
    domain = "[('city', '=', 'Solo')]"
    wati(
        "ir.filters",
        "create_filter",
        {"name": "In Solo", "model_id": "res.partner", "domain": domain},
    )
    later = {"name": "Later", "model_id": "res.partner", "domain": "[('user_id', '=', uid)]"}
    wati("ir.filters", "create_filter", later)
    Partner.objects.create(name="Batik Solo", city="Solo")
    Partner.objects.create(name="Batik Pekalongan", city="Pekalongan")
    client.force_login(house.employee)
    page = client.get("/contacts/").content.decode()
    assert "In Solo" in page
    assert "Later" not in page
    query = Favourite.objects.get(name="In Solo").query
    page = client.get(f"/contacts/?{query}").content.decode()
    assert "Batik Solo" in page
    assert "Batik Pekalongan" not in page


def test_defaults_can_be_asked_of_nouns_that_nobody_creates(wati):
    """Clients ask for all of them when they open nothing at all."""
    fields = list(wati("mail.message", "fields_get"))
    assert isinstance(wati("mail.message", "default_get", fields), dict)
    assert isinstance(wati("ir.model.access", "default_get", ["name"]), dict)


def test_a_text_is_not_written_in_a_language_that_none_are_kept_in(rpc):
    """The English text would be lost; new rows say the same in both until somebody translates them."""
    [french] = rpc("res.lang", "search", [["code", "=", "fr_FR"]], context={"active_test": False})
    rpc("res.lang", "write", [french], {"active": True})
    context = {"lang": "fr_FR"}
    made = rpc("product.template", "create", {"name": "Table"}, context=context)
    with pytest.raises(Refusal) as refused:
        rpc("product.template", "write", [made], {"name": "Bureau"}, context=context)
    assert refused.value.name == "odoo.exceptions.UserError"
    assert rpc("product.template", "read", [made], ["name"], context=context)[0]["name"] == "Table"
    rpc("product.template", "write", [made], {"list_price": 5}, context=context)
    rpc("product.template", "write", [made], {"name": "Meja"}, context={"lang": "id_ID"})
    # A noun with a verb of its own for it keeps the languages apart as well.
    assert rpc("product.template", "read", [made], ["name"])[0]["name"] == "Table"
    rpc("product.template", "write", [made], {"name": "Desk"})
    spoken = {"lang": "id_ID"}
    assert rpc("product.template", "read", [made], ["name"], context=spoken)[0]["name"] == "Meja"
