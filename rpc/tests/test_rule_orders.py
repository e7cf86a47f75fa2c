"""Orders, pages and contexts: how rows are sorted, which of them come, and what a context changes."""

import pytest

from rpc.tests.conftest import Refusal
from rpc.tests.standins import standing_in

ROWS = [
    # name, note, priority, deadline, partner, parent
    ("d", "x", 2, "2025-03-01", "Budi", None),
    ("b", None, None, None, None, "d"),
    ("c", "", 1, "2025-01-01", "Ani", "d"),
    ("a", "y", 2, "2025-02-01", "Ani", "c"),
]


@pytest.fixture
def leads(rpc):
    """Four rows; the answer turns ids into their names."""
    with standing_in():
        partners = {n: rpc("res.partner", "create", {"name": n}) for n in ("Budi", "Ani")}
        made = {}
        for name, note, priority, deadline, partner, parent in ROWS:
            values = {"name": name, "type": "lead", "note": note, "priority": priority}
            values |= {"date_deadline": deadline, "partner_id": partners.get(partner)}
            values["parent_id"] = made.get(parent)
            given = {key: value for key, value in values.items() if value is not None}
            made[name] = rpc("crm.lead", "create", given)
        names = {pk: name for name, pk in made.items()}

        def search(*domain, **page):
            return "".join(names[pk] for pk in rpc("crm.lead", "search", list(domain), **page))

        yield search


ORDERS = [
    ("name", "abcd"),
    ("name desc", "dcba"),
    ("NAME", None),
    ("name DESC", "dcba"),
    (" name  asc ", "abcd"),
    ("priority, name", "cadb"),
    ("priority desc, name", "badc"),
    ("priority nulls first, name", "bcad"),
    ("priority desc nulls last, name", "adcb"),
    ("priority desc NULLS  LAST,name", "adcb"),
    ("note, name", "dabc"),
    ("note desc, name", "bcad"),
    ("date_deadline", "cadb"),
    ("date_deadline desc", "bdac"),
    ("partner_id, name", "acdb"),
    ("partner_id desc, name", "bdac"),
    ("partner_id.id, name", "dacb"),
    ("partner_id.id desc, name", "bacd"),
    ("parent_id.id, name", "bcad"),
    ("partner_name, name", "acdb"),
    ("id desc", "acbd"),
    ("type", "dbca"),
    ("type desc", "dbca"),
    (False, "badc"),
    ("", "badc"),
]


@pytest.mark.parametrize(("order", "found"), ORDERS, ids=str)
def test_rows_are_ordered(leads, order, found):
    if found is None:
        with pytest.raises(Refusal):
            leads(order=order)
    else:
        assert leads(order=order) == found


REFUSED = [
    ("name; drop", "odoo.exceptions.UserError", 'Invalid "order" specified (name; drop).'),
    ("name up", "odoo.exceptions.UserError", 'Invalid "order" specified (name up).'),
    ("name,", "odoo.exceptions.UserError", 'Invalid "order" specified (name,).'),
    (["name"], "odoo.exceptions.UserError", 'Invalid "order" specified'),
    ("nosuch", "builtins.ValueError", "Invalid field 'nosuch' on model 'crm.lead'"),
    ("partner_id.name", "builtins.ValueError", "Invalid field property 'name'"),
    ("name.id", "builtins.ValueError", "Invalid field property 'id' on crm.lead.name"),
    ("tag_ids", "builtins.ValueError", "Cannot convert crm.lead.tag_ids to SQL"),
]


@pytest.mark.parametrize(("order", "name", "said"), REFUSED, ids=str)
def test_orders_that_make_no_sense_are_refused(leads, order, name, said):
    with pytest.raises(Refusal) as refused:
        leads(order=order)
    assert (refused.value.name, refused.value.message[: len(said)]) == (name, said)


PAGES = [
    ({"limit": 2}, "ab"),
    ({"limit": 2, "offset": 1}, "bc"),
    ({"offset": 3}, "d"),
    ({"offset": 9}, ""),
    ({"limit": 0}, "abcd"),
    ({"limit": "2"}, "ab"),
    ({"limit": 2.0, "offset": "1"}, "bc"),
    ({"limit": 10**12}, "abcd"),
]


@pytest.mark.parametrize(("page", "found"), PAGES, ids=str)
def test_pages_are_cut(leads, page, found):
    assert leads(order="name", **page) == found


def test_counting_stops_at_the_limit(rpc, leads):
    assert rpc("crm.lead", "search_count", []) == 4
    assert rpc("crm.lead", "search_count", [], 3) == 3
    assert rpc("crm.lead", "search_count", [], limit=9) == 4


def test_the_zone_of_the_context_cuts_days_and_moments(rpc):
    with standing_in():
        make = {"name": "x", "start": "2025-05-31 23:30:00"}
        pk = rpc("calendar.event", "create", make)

        def found(leaf, **context):
            return rpc("calendar.event", "search", [leaf], context=context) == [pk]

        assert found(["start", ">=", "2025-06-01"], tz="Asia/Jakarta")
        assert not found(["start", ">=", "2025-06-01"], tz="UTC")
        assert found(["start", ">=", "2025-06-01"], tz="Zzt/Nowhere")  # the user's own: Jakarta
        assert found(["start.month_number", "=", 6], tz="Asia/Jakarta")
        assert found(["start.month_number", "=", 5], tz="UTC")
        assert found(["start", "<=", "2025-05-31"], tz="UTC")
        assert not found(["start", ">", "2025-05-31"], tz="UTC")
        assert not found(["start", "=", "2025-05-31"], tz="UTC")
        assert found(["start", "=", "2025-05-31 23:30:00"], tz="Asia/Jakarta")


def test_what_a_context_says_of_others_is_not_believed(rpc, house):
    assert rpc("res.users", "context_get", context={"uid": 1})["uid"] == rpc.user_id
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", [], context={"allowed_company_ids": [9999]})
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.AccessError",
        "Access to unauthorized or invalid companies.",
    )
    with pytest.raises(Refusal) as refused:
        rpc("res.partner", "search", [], context={"lang": "xx_YY"})
    assert (refused.value.name, refused.value.message) == (
        "odoo.exceptions.UserError",
        "Invalid language code: xx_YY",
    )
    assert (
        rpc("res.partner", "search_count", [["id", "=", 1]], context={"zzt": [1], "a.b": {}}) == 1
    )


def test_the_first_company_of_the_context_is_the_current_one(rpc, house):
    def company(**context):
        return rpc("res.users", "default_get", ["company_id"], context=context)["company_id"]

    first, second = house.first.pk, house.second.pk
    assert company() == first
    assert company(allowed_company_ids=[second, first]) == second
    assert company(allowed_company_ids=[first]) == first


def test_defaults_of_the_context_count_before_all_others(rpc, house):
    names = ["city", "color", "is_company", "nosuch", "ref"]
    context = {"default_city": "Solo", "default_nosuch": 1, "default_color": 4}
    assert rpc("res.partner", "default_get", names) == {"color": 0, "is_company": False}
    assert rpc("res.partner", "default_get", names, context=context) == {
        "city": "Solo",
        "color": 4,
        "is_company": False,
    }
    made = rpc("res.partner", "create", {"name": "x", "color": 5}, context=context)
    assert rpc("res.partner", "read", [made], ["city", "color"]) == [
        {"id": made, "city": "Solo", "color": 5}
    ]
