"""What a copy holds and what not, where rows stand that say nothing, and what a new row begins with."""

import pytest

from base.models import Country, Partner, ProductCategory
from rpc.registry import extend
from rpc.tests.conftest import Refusal


@pytest.fixture
def whole(rpc, family):
    """A contact that has one of everything."""
    values = {
        "name": "Whole",
        "ref": "W-1",
        "barcode": "899100",
        "email": "whole@example.com",
        "vat": "01.234.567.8-901.000",
        "parent_id": family.alpha.pk,
        "country_id": family.alpha.country_id,
        "category_id": [[6, 0, [family.red.pk, family.blue.pk]]],
        "child_ids": [[0, 0, {"name": "Part"}]],
        "bank_ids": [[0, 0, {"acc_number": "123-456"}]],
        "color": 7,
        "comment": "<p>Said</p>",
        "lang": "id_ID",
        "is_company": False,
        "image_1920": False,
    }
    return rpc("res.partner", "create", values)


FIELDS = [
    "name",
    "ref",
    "barcode",
    "email",
    "vat",
    "parent_id",
    "country_id",
    "category_id",
    "child_ids",
    "bank_ids",
    "color",
    "comment",
    "lang",
]


def test_a_copy_holds_what_describes_and_not_what_is_one_of_a_kind_or_a_part(rpc, whole, family):
    (pk,) = rpc("res.partner", "copy", [whole])
    (copy,) = rpc("res.partner", "read", [pk], FIELDS, load=None)
    assert copy == {
        "id": pk,
        "name": "Whole (copy)",
        "ref": "W-1",
        "barcode": False,
        "email": "whole@example.com",
        "vat": "01.234.567.8-901.000",
        "parent_id": family.alpha.pk,
        "country_id": family.alpha.country_id,
        "category_id": [family.blue.pk, family.red.pk],
        "child_ids": [],
        "bank_ids": [],
        "color": 7,
        "comment": "<p>Said</p>",
        "lang": "id_ID",
    }
    (before,) = rpc("res.partner", "read", [whole], ["child_ids", "bank_ids", "barcode"])
    assert (len(before["child_ids"]), len(before["bank_ids"]), before["barcode"]) == (
        1,
        1,
        "899100",
    )


def test_copies_come_in_the_order_of_their_originals_with_what_is_given_instead(rpc, family):
    ids = rpc("res.partner", "copy", [family.gamma.pk, family.beta.pk], {"color": 9, "ref": "C"})
    rows = rpc("res.partner", "read", ids, ["name", "color", "ref"])
    assert [(row["name"], row["color"], row["ref"]) for row in rows] == [
        ("Gamma (copy)", 9, "C"),
        ("Beta (copy)", 9, "C"),
    ]
    (again,) = rpc("res.partner", "copy", [ids[0]])
    assert rpc("res.partner", "read", [again], ["name"])[0]["name"] == "Gamma (copy) (copy)"
    (named,) = rpc("res.partner", "copy", family.gamma.pk, {"name": "Another"})
    assert rpc("res.partner", "read", [named], ["name"])[0]["name"] == "Another"


def test_the_name_of_a_copy_is_said_in_the_language_of_the_call(rpc, family):
    in_indonesian = {"lang": "id_ID"}
    (pk,) = rpc("res.partner.category", "copy", [family.blue.pk], context=in_indonesian)
    read = {
        lang: rpc("res.partner.category", "read", [pk], ["name"], context={"lang": lang})
        for lang in ("en_US", "id_ID")
    }
    assert read["id_ID"][0]["name"] == "Blue (salinan)"
    assert rpc("res.partner.category", "read", [family.blue.pk], ["name"])[0]["name"] == "Blue"


def test_copy_data_says_what_a_copy_would_be_made_of_and_makes_nothing(rpc, whole, family):
    count = Partner.objects.count()
    (values,) = rpc("res.partner", "copy_data", [whole], {"color": 1})
    assert (values["name"], values["color"], values["ref"]) == ("Whole (copy)", 1, "W-1")
    assert values["category_id"] == [[6, 0, [family.blue.pk, family.red.pk]]]
    absent = {"id", "barcode", "child_ids", "bank_ids", "create_date", "display_name"}
    assert absent & values.keys() == set()
    assert Partner.objects.count() == count
    made = rpc("res.partner", "create", values)
    assert rpc("res.partner", "read", [made], ["name"])[0]["name"] == "Whole (copy)"


def test_a_copy_of_nothing_is_refused_and_none_is_made(rpc, family):
    count = Partner.objects.count()
    for ids, name in (([family.beta.pk, 10**9], "odoo.exceptions.MissingError"),):
        with pytest.raises(Refusal) as refused:
            rpc("res.partner", "copy", ids)
        assert refused.value.name == name
    assert rpc("res.partner", "copy", []) == []
    with pytest.raises(Refusal, match="mapping of field names"):
        rpc("res.partner", "copy", [family.beta.pk], ["name"])
    assert Partner.objects.count() == count


def test_a_copied_user_signs_in_under_another_name(rpc, house):
    (pk,) = rpc("res.users", "copy", [house.employee.pk], {"login": "wati2", "name": "Wati II"})
    (row,) = rpc("res.users", "read", [pk], ["login", "name", "group_ids", "company_ids"])
    (original,) = rpc("res.users", "read", [house.employee.pk], ["group_ids", "company_ids"])
    assert (row["login"], row["name"]) == ("wati2", "Wati II")
    assert (row["group_ids"], row["company_ids"]) == (
        original["group_ids"],
        original["company_ids"],
    )
    assert row["id"] != original["id"]


@pytest.fixture
def unfilled(rpc):
    """Contacts of which some say nothing about where they are."""
    cities = ["Bandung", "", "bogor", "", "Ambon"]
    values = [
        {"name": f"U{n}", "ref": "UF", "city": city or False, "country_id": country}
        for n, (city, country) in enumerate(zip(cities, countries(), strict=True))
    ]
    return rpc("res.partner", "create", values)


def countries():
    named = {one.code: one.pk for one in Country.objects.filter(code__in=["ID", "DE"])}
    return [named["ID"], False, named["DE"], named["ID"], False]


ORDERS = [
    ("city, id", [4, 0, 2, 1, 3]),
    ("city desc, id", [1, 3, 2, 0, 4]),
    ("city asc nulls first, id", [1, 3, 4, 0, 2]),
    ("city desc nulls last, id", [2, 0, 4, 1, 3]),
    ("country_id, id", [2, 0, 3, 1, 4]),
    ("country_id desc, id", [1, 4, 0, 3, 2]),
    ("country_id nulls first, city, id", [4, 1, 2, 0, 3]),
    ("country_id.id desc, id desc", None),
]


@pytest.mark.parametrize(("order", "places"), ORDERS)
def test_rows_that_say_nothing_stand_last_and_turned_round_first(rpc, unfilled, order, places):
    found = rpc("res.partner", "search", [["ref", "=", "UF"]], order=order)
    assert sorted(found) == sorted(unfilled)
    if places is not None:
        assert [unfilled.index(one) for one in found] == places


def test_pages_of_rows_that_say_nothing_meet_and_do_not_overlap(rpc, unfilled):
    domain = [["ref", "=", "UF"]]
    pages = [
        rpc("res.partner", "search", domain, order="city, id", offset=offset, limit=2)
        for offset in (0, 2, 4)
    ]
    assert [one for page in pages for one in page] == rpc(
        "res.partner", "search", domain, order="city, id"
    )


@pytest.fixture
def counting_default(db):
    """Categories begin with a name that is worked out when it is asked for."""
    from rpc import registry

    asked = []

    def fresh(call):
        asked.append(call.language)
        return {"name": f"Category {len(asked)} of {call.actor.login}"}

    extend("product.category", defaults=fresh)
    yield asked
    registry._declarations["product.category"].pop()
    registry._exposures.clear()


def test_a_default_that_is_worked_out_is_worked_out_for_each_call(rpc, counting_default):
    assert rpc("product.category", "default_get", ["name"]) == {"name": "Category 1 of admin"}
    pk = rpc("product.category", "create", {})
    assert ProductCategory.objects.get(pk=pk).name == "Category 2 of admin"
    given = rpc("product.category", "create", {"name": "Given"})
    assert ProductCategory.objects.get(pk=given).name == "Given"
    context = {"default_name": "Of the context"}
    assert rpc("product.category", "default_get", ["name", "nosuch"], context=context) == {
        "name": "Of the context"
    }
    pk = rpc("product.category", "create", {}, context=context)
    assert ProductCategory.objects.get(pk=pk).name == "Of the context"


def test_defaults_are_said_only_where_there_are_some_and_only_those_asked_for(rpc, house):
    assert rpc("res.partner", "default_get", ["name", "ref", "parent_id"]) == {}
    assert rpc("res.partner", "default_get", ["type", "active"]) == {
        "type": "contact",
        "active": True,
    }
    assert rpc("res.partner", "default_get", []) == {}
    context = {"default_category_id": [[6, 0, [1]]], "default_parent_id": 3}
    found = rpc("res.partner", "default_get", ["category_id", "parent_id"], context=context)
    assert found == {"category_id": [[6, 0, [1]]], "parent_id": 3}
