"""Reading: values, names of links, sets, languages, orders, pages, and how many queries it takes."""

import pytest

from base.models import Country, Partner
from rpc.tests.conftest import Refusal


class Counted:
    """Counts the statements of a block."""

    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        self.connection.force_debug_cursor = True
        self.start = len(self.connection.queries_log)
        self.found = []
        return self.found

    def __exit__(self, *_error):
        self.found.extend(list(self.connection.queries_log)[self.start :])
        self.connection.force_debug_cursor = False


def test_read_shows_every_type_as_the_wire_does(rpc, family):
    fields = "name parent_id child_ids category_id color is_company credit_limit email create_date comment type country_code"
    (row,) = rpc("res.partner", "read", [family.alpha.pk], fields.split())
    stamp = row.pop("create_date")
    assert len(stamp) == 19
    assert stamp[10] == " "
    assert row == {
        "id": family.alpha.pk,
        "name": "Alpha",
        "parent_id": False,
        "child_ids": [family.kid.pk, family.kid2.pk],
        "category_id": [family.dark.pk, family.red.pk],
        "color": 5,
        "is_company": True,
        "credit_limit": 0.0,
        "email": False,
        "comment": False,
        "type": "contact",
        "country_code": "US",
    }
    assert list(rpc("res.partner", "read", family.kid.pk, ["email", "parent_id"])[0]) == [
        "id",
        "email",
        "parent_id",
    ]


def test_read_answers_many2one_as_pair_or_as_id(rpc, family):
    pair = [family.alpha.country_id, "United States"]
    assert rpc("res.partner", "read", [family.alpha.pk], ["country_id"])[0]["country_id"] == pair
    for load in ("_classic_write", "raw", None, "", False):
        (row,) = rpc("res.partner", "read", [family.alpha.pk], ["country_id"], load=load)
        assert row["country_id"] == pair[0]


def test_read_keeps_the_order_of_ids_repeats_and_skips(rpc, family):
    a, b = family.alpha.pk, family.beta.pk
    rows = rpc("res.partner", "read", [b, a, 99_999_999, b], ["name"])
    assert [row["name"] for row in rows] == ["Beta", "Alpha", "Beta"]
    assert rpc("res.partner", "read", [float(a)], ["name"])[0]["id"] == a
    assert rpc("res.partner", "read", [False], ["name"]) == [{"id": False, "name": False}]


def test_read_of_everything_can_be_written_back(rpc, family):
    (row,) = rpc("res.partner", "read", [family.alpha.pk], [], load="_classic_write")
    described = rpc("res.partner", "fields_get")
    assert set(row) == set(described)
    back = {
        name: value
        for name, value in row.items()
        if not described[name]["readonly"]
        and described[name]["type"] not in {"one2many", "many2many"}
    }
    assert rpc("res.partner", "write", [family.alpha.pk], back) is True
    again = rpc("res.partner", "read", [family.alpha.pk], [], load="_classic_write")[0]
    assert {**again, "write_date": "", "write_uid": 0} == {**row, "write_date": "", "write_uid": 0}


def test_search_pages_and_orders(rpc, family):
    def names(**page):
        rows = rpc("res.partner", "search_read", [["ref", "=like", "F_"]], ["name"], **page)
        return " ".join(row["name"] for row in rows)

    assert names(order="name desc", limit=2) == "Kid two Kid"
    assert names(order="is_company desc, name") == "Alpha Beta Gamma Kid Kid two"
    assert names(order="name", offset=1, limit=2.0) == "Beta Gamma"
    assert names(order="name", limit="2", offset=False) == "Alpha Beta"
    assert names(order="name", limit=0) == "Alpha Beta Gamma Kid Kid two"
    assert names(order="country_id, name") == "Beta Alpha Gamma Kid Kid two"
    assert names(order="country_id desc nulls last, name") == "Alpha Beta Gamma Kid Kid two"
    assert names(order="parent_id, name DESC") == "Kid two Kid Gamma Beta Alpha"
    assert names(order="country_id.id desc nulls last, name") == "Alpha Beta Gamma Kid Kid two"
    assert names(order="company_type, name") == "Alpha Beta Gamma Kid Kid two"
    assert rpc("res.partner", "search", [["ref", "=like", "F_"]], 0, 1, "name") == [family.alpha.pk]
    assert rpc("res.partner", "search", [["ref", "=like", "F_"]], count=True) == 5
    assert rpc("res.partner", "search_count", [["ref", "=like", "F_"]], limit=3) == 3


def test_orders_that_cannot_be_are_refused(rpc):
    for order, name in (
        ("name; drop table base_partner", "odoo.exceptions.UserError"),
        ("nosuch", "builtins.ValueError"),
        ("category_id", "builtins.ValueError"),
        ("name.id", "builtins.ValueError"),
        (5, "odoo.exceptions.UserError"),
    ):
        with pytest.raises(Refusal) as refused:
            rpc("res.partner", "search", [], order=order)
        assert refused.value.name == name
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", [], limit=-1)
    assert refused.value.name == "psycopg2.errors.InvalidRowCountInLimitClause"


def test_texts_come_in_the_language_of_the_context_and_in_no_other(rpc, house):
    germany = Country.objects.get(code="DE").pk
    house.admin.language = "id"
    house.admin.save()
    for context, name in (
        ({}, "Germany"),
        ({"lang": "en_US"}, "Germany"),
        ({"lang": "id_ID"}, "Jerman"),
    ):
        assert rpc("res.country", "read", [germany], ["name"], context=context)[0]["name"] == name
        assert rpc("res.country", "search", [["name", "=", name]], context=context) == [germany]
    partner = Partner.objects.create(name="Hans", country_id=germany)
    (row,) = rpc("res.partner", "read", [partner.pk], ["country_id"], context={"lang": "id_ID"})
    assert row["country_id"] == [germany, "Jerman"]
    with pytest.raises(Refusal, match="UserError: Invalid language code: xx_YY"):
        rpc("res.country", "read", [germany], ["name"], context={"lang": "xx_YY"})


def test_names_are_found_by_everything_a_contact_is_called(rpc, family):
    assert rpc("res.partner", "name_search", "Alpha") == [
        [family.alpha.pk, "Alpha"],
        [family.kid.pk, "Alpha, Kid"],
        [family.kid2.pk, "Alpha, Kid two"],
    ]
    assert rpc("res.partner", "name_search", "k1@EXAMPLE", limit=1) == [
        [family.kid.pk, "Alpha, Kid"]
    ]
    assert rpc("res.partner", "name_search", "F2") == [[family.beta.pk, "Beta"]]
    assert rpc("res.partner", "name_search", "Alpha", [["is_company", "=", True]], "ilike", 5) == [
        [family.alpha.pk, "Alpha"]
    ]
    assert rpc("res.partner", "name_search", "Alpha", args=[["is_company", "=", True]]) == [
        [family.alpha.pk, "Alpha"]
    ]
    assert rpc("res.partner", "name_search", "Beta", operator="=") == [[family.beta.pk, "Beta"]]
    found = rpc("res.partner", "name_search", "Alpha", [["ref", "=like", "F_"]], "not ilike")
    assert [name for _id, name in found] == ["Beta", "Gamma"]
    assert rpc("res.partner", "name_get", [family.kid.pk]) == [[family.kid.pk, "Alpha, Kid"]]


def test_reading_takes_the_check_who_calls_one_query_and_one_for_each_set(rpc, family):
    from django.db import connection

    cases = [
        (("search_read", [["ref", "=like", "F_"]], ["name", "country_id", "parent_id"]), 2),
        (("search_read", [["ref", "=like", "F_"]], ["name", "category_id"]), 3),
        (("search", [["country_id.code", "=", "US"]]), 2),
        (("search_count", [["child_ids.category_id.name", "ilike", "x"]]), 2),
        (("read", [family.alpha.pk, family.beta.pk], ["name", "country_code"]), 2),
        (("name_search", "alpha"), 2),
        (("fields_get", ["name"]), 1),
        (("formatted_read_group", [], ["country_id"], ["__count"]), 2),
    ]
    for call, most in cases:
        rpc("res.partner", *call)
        with Counted(connection) as found:
            rpc("res.partner", *call)
        assert (call[0], len(found)) == (call[0], most)


def test_fields_are_described_in_the_keys_that_clients_know(rpc):
    described = rpc(
        "res.partner",
        "fields_get",
        ["name", "country_id", "child_ids", "lang", "credit_limit", "nosuch"],
    )
    assert set(described) == {"name", "country_id", "child_ids", "lang", "credit_limit"}
    assert described["country_id"] == {
        "allow_hierachy_operators": False,
        "change_default": False,
        "company_dependent": False,
        "context": {},
        "default_export_compatible": False,
        "depends": [],
        "domain": [],
        "exportable": True,
        "groupable": True,
        "manual": False,
        "name": "country_id",
        "readonly": False,
        "relation": "res.country",
        "required": False,
        "searchable": True,
        "sortable": True,
        "store": True,
        "string": "Country",
        "type": "many2one",
    }
    assert described["child_ids"]["relation_field"] == "parent_id"
    assert described["lang"]["selection"][0][0] == "en_US"
    assert rpc("res.partner", "fields_get", [], ["type"])["name"] == {"type": "char"}
    assert rpc(
        "res.partner", "fields_get", allfields=["name"], attributes=["string", "nosuch"]
    ) == {"name": {"string": "Name"}}


def test_every_noun_can_be_read_whole(rpc):
    """Clients read all fields of whatever `fields_get` tells them of."""
    for row in rpc("ir.model", "search_read", [["transient", "=", False]], ["model"]):
        described = rpc(row["model"], "fields_get")
        rows = rpc(row["model"], "search_read", [], list(described), limit=2)
        assert all(set(one) == set(described) for one in rows)
        for name, field in described.items():
            if field["searchable"] and field["type"] not in {"json", "binary"}:
                rpc(row["model"], "search_count", [[name, "=", False]])
            if field["sortable"]:
                rpc(row["model"], "search", [], order=name, limit=1)
            if field["groupable"]:
                spec = f"{name}:month" if field["type"] in {"date", "datetime"} else name
                rpc(row["model"], "formatted_read_group", [], [spec], ["__count"])
        rpc(row["model"], "name_search", "a", limit=2)
        if rpc("ir.model.access", "check", row["model"], "create", False):
            rpc(row["model"], "default_get", list(described))
