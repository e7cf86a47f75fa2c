"""Invoices in forms of other clients: what a draft would come to, line by line, before anything is written."""

import pytest

from accounting.models import JournalEntry
from rpc.tests.conftest import house, nothing_remembered, rpc, wati

__all__ = ["house", "nothing_remembered", "rpc", "wati"]

NAMED = {"fields": {"display_name": {}}}
LINE = {
    "name": {},
    "quantity": {},
    "price_unit": {},
    "price_subtotal": {},
    "tax_ids": NAMED,
    "product_id": NAMED,
}
SPEC = {
    "move_type": {},
    "partner_id": NAMED,
    "invoice_date": {},
    "journal_id": NAMED,
    "currency_id": NAMED,
    "amount_untaxed": {},
    "amount_total": {},
    "state": {},
    "invoice_line_ids": {"fields": LINE},
}
CONTEXT = {"default_move_type": "out_invoice"}


@pytest.fixture
def customer(rpc):
    return rpc("res.partner", "create", {"name": "Toko Onchange", "is_company": True})


def typed(customer, **line):
    return {
        "partner_id": customer,
        "invoice_line_ids": [[0, "virtual_1", {"name": "Jasa", "quantity": 2, **line}]],
    }


def test_a_new_invoice_is_worked_out_while_it_is_typed(rpc, customer):
    before = JournalEntry.objects.count()
    told = rpc(
        *("account.move", "onchange", [], typed(customer, price_unit=50000), ["invoice_line_ids"]),
        *(SPEC,),
        context=CONTEXT,
    )
    value = told["value"]
    assert value["amount_untaxed"] == 100000.0
    assert value["amount_total"] >= value["amount_untaxed"]
    assert value["journal_id"]["display_name"]
    [[command, key, line]] = value["invoice_line_ids"]
    assert (command, key, line["price_subtotal"]) == (1, "virtual_1", 100000.0)
    assert "price_unit" not in line
    assert JournalEntry.objects.count() == before


def test_a_product_fills_in_what_was_left_empty(rpc, customer):
    product = rpc("product.product", "create", {"name": "Meja", "list_price": 75000})
    values = typed(customer, product_id={"id": product, "display_name": "Meja"}, price_unit=0)
    told = rpc(
        *("account.move", "onchange", [], values, ["invoice_line_ids"], SPEC), context=CONTEXT
    )
    [[_command, _key, line]] = told["value"]["invoice_line_ids"]
    assert (line["price_unit"], line["price_subtotal"]) == (75000.0, 150000.0)


def test_a_draft_tells_what_a_changed_line_comes_to_and_stays_as_it_is(rpc, customer):
    line = [0, 0, {"name": "Jasa", "quantity": 1, "price_unit": 1000, "tax_ids": []}]
    move = rpc(
        "account.move",
        "create",
        {"move_type": "out_invoice", "partner_id": customer, "invoice_line_ids": [line]},
    )
    [item] = rpc("account.move", "read", [move], ["invoice_line_ids"])[0]["invoice_line_ids"]
    changed = {"invoice_line_ids": [[1, item, {"quantity": 3}]]}
    told = rpc("account.move", "onchange", [move], changed, ["invoice_line_ids"], SPEC)
    assert told == {
        "value": {
            "amount_untaxed": 3000.0,
            "amount_total": 3000.0,
            "invoice_line_ids": [[1, item, {"price_subtotal": 3000.0}]],
        }
    }
    assert rpc("account.move", "read", [move], ["amount_total"])[0]["amount_total"] == 1000.0


def test_a_posted_invoice_says_why_it_does_not_change(rpc, customer):
    line = [0, 0, {"name": "Jasa", "quantity": 1, "price_unit": 1000, "tax_ids": []}]
    values = {
        "move_type": "out_invoice",
        "partner_id": customer,
        "invoice_date": "2026-03-10",
        "invoice_line_ids": [line],
    }
    move = rpc("account.move", "create", values)
    rpc("account.move", "action_post", [move])
    told = rpc("account.move", "onchange", [move], {"partner_id": False}, ["partner_id"], SPEC)
    assert told["value"] == {}
    assert told["warning"]["message"]
    assert rpc("account.move", "read", [move], ["partner_id"])[0]["partner_id"][0] == customer


def test_the_payment_window_begins_with_what_is_to_be_paid(rpc, customer):
    line = [0, 0, {"name": "Jasa", "quantity": 1, "price_unit": 1000, "tax_ids": []}]
    values = {
        "move_type": "out_invoice",
        "partner_id": customer,
        "invoice_date": "2026-03-10",
        "invoice_line_ids": [line],
    }
    move = rpc("account.move", "create", values)
    rpc("account.move", "action_post", [move])
    spec = {"amount": {}, "payment_date": {}, "journal_id": NAMED}
    context = {"active_model": "account.move", "active_ids": [move]}
    told = rpc("account.payment.register", "onchange", [], {}, [], spec, context=context)
    assert told["value"]["amount"] == 1000.0
    assert told["value"]["journal_id"]["display_name"]
