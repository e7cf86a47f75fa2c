"""How many statements a call may take, whoever it is about: the first of them asks whether the caller still may."""

import itertools

import pytest

from rpc.tests.counting import statements

READ, WRITTEN = 3, 6

FIELDS = {
    "res.partner": """name display_name email phone parent_id child_ids category_id country_id state_id user_id
        company_id bank_ids user_ids is_company commercial_partner_id create_date write_uid""",
    "res.partner.category": "",
    "res.partner.bank": "",
    "res.users": """name login email lang tz company_id company_ids group_ids all_group_ids api_key_ids partner_id
        active share role state""",
    "res.company": "name currency_id partner_id child_ids user_ids email country_id",
    "res.country": "name code currency_id state_ids",
    "product.template": """name default_code list_price standard_price uom_id categ_id product_tag_ids
        product_variant_ids product_variant_count attribute_line_ids type sale_ok""",
    "product.product": """name default_code lst_price standard_price uom_id categ_id product_tmpl_id product_tag_ids
        product_template_attribute_value_ids active""",
    "product.category": "",
    "ir.sequence": "",
    "ir.cron": "name active interval_number interval_type lastcall priority",
    "mail.activity.type": "",
}


@pytest.mark.parametrize("noun", FIELDS)
def test_reading_takes_three_statements_however_many_rows_and_sets(rpc, family, noun):
    fields = FIELDS[noun].split()
    ids = rpc(noun, "search", [], limit=80)
    assert len(statements(rpc, noun, "read", ids, fields)) <= READ
    assert len(statements(rpc, noun, "search_read", [], fields, limit=80)) <= READ
    assert len(statements(rpc, noun, "search", [["id", ">", 0]], order="id desc")) <= READ
    assert len(statements(rpc, noun, "search_count", [])) <= READ
    assert len(statements(rpc, noun, "name_search", "a")) <= READ


def test_reading_all_there_is_of_a_contact_takes_a_fixed_number_of_statements(rpc, family):
    """What is worked out beside the sets costs a statement a figure, not a field, and none a row."""
    some, more = [family.alpha.pk], rpc("res.partner", "search", [])
    few, many = (statements(rpc, "res.partner", "read", ids) for ids in (some, more))
    assert len(few) == len(many)
    assert len(many) <= 16, many


new = itertools.count()
CREATED = {
    "res.partner": {"name": "New", "email": "new@example.com", "parent_id": "alpha"},
    "res.partner.category": {"name": "New", "color": 3},
    "res.partner.bank": lambda: {"acc_number": f"77{next(new)}", "partner_id": 1},
    "res.users": lambda: {"name": "New", "login": f"new{next(new)}", "email": "n@example.com"},
    "product.template": {"name": "New", "list_price": 12.5, "default_code": "N1"},
    "product.product": {"name": "New", "list_price": 12.5, "default_code": "N1"},
    "product.category": {"name": "New"},
    "ir.attachment": {"name": "new.txt", "datas": "aGVsbG8="},
    "ir.sequence": {"name": "New"},
}


@pytest.mark.parametrize("noun", CREATED)
def test_creating_takes_six_statements(rpc, family, noun):
    values = CREATED[noun]
    if isinstance(values, dict) and values.get("parent_id") == "alpha":
        values = {**values, "parent_id": family.alpha.pk}
    sent = statements(rpc, noun, "create", values)
    assert len(sent) <= WRITTEN, sent


CHANGED = {
    "res.partner": {"name": "Other", "phone": "+62 21 555", "category_id": [[5]]},
    "res.partner.category": {"name": "Other", "color": 4},
    "res.users": {"name": "Other", "email": "other@example.com"},
    "res.company": {"email": "other@example.com"},
    "product.template": {"name": "Other", "list_price": 13},
    "product.product": {"name": "Other", "list_price": 13},
    "product.category": {"name": "Other"},
    "ir.sequence": {"name": "Other"},
}


@pytest.mark.parametrize("noun", CHANGED)
def test_changing_takes_six_statements(rpc, house, family, noun):
    if noun in CREATED:
        values = CREATED[noun]
        given = values() if callable(values) else {**values, "parent_id": family.alpha.pk}
        pk = rpc(noun, "create", {k: v for k, v in given.items() if k != "parent_id"})
    else:
        pk = house.first.pk
    sent = statements(rpc, noun, "write", [pk], CHANGED[noun])
    assert len(sent) <= WRITTEN, sent


def test_a_user_is_two_rows_so_that_changing_both_takes_three_statements_more(rpc, house):
    """The name is the contact's, the signature the user's: each is locked, written and noted."""
    values = {"name": "Wati S", "signature": "Salam"}
    sent = statements(rpc, "res.users", "write", [house.employee.pk], values)
    assert len(sent) == WRITTEN + 3, sent


def test_who_sees_a_file_hangs_on_what_it_is_about_which_takes_two_statements_more(rpc, house):
    pk = rpc("ir.attachment", "create", CREATED["ir.attachment"])
    sent = statements(rpc, "ir.attachment", "write", [pk], {"name": "other.txt"})
    assert len(sent) == WRITTEN + 2, sent
