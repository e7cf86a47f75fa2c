"""Drafts of invoices become drafts of credit notes over the wire; amounts of programs are rounded as the currency is."""

import pytest

from accounting.tests.test_rpc_budgets import ada, invoice
from rpc.tests.conftest import Refusal, nothing_remembered

assert ada
assert nothing_remembered

FIELDS = ["move_type", "state", "amount_total", "amount_untaxed"]


def test_a_draft_is_switched_and_back_and_keeps_its_lines(ada, customer):
    pk = ada("account.move", "create", invoice(customer, 2))
    (before,) = ada("account.move", "read", [pk], [*FIELDS, "invoice_line_ids"])
    assert ada("account.move", "action_switch_move_type", [pk]) is None
    (after,) = ada("account.move", "read", [pk], [*FIELDS, "invoice_line_ids"])
    assert after == {**before, "move_type": "out_refund"}
    items = ada("account.move.line", "search_read", [["move_id", "=", pk]], ["balance"])
    assert sum(row["balance"] for row in items) == 0
    ada("account.move", "action_switch_move_type", [pk])
    assert ada("account.move", "read", [pk], [*FIELDS, "invoice_line_ids"]) == [before]


def test_a_draft_that_came_to_less_than_nothing_comes_to_more(ada, customer):
    values = invoice(customer)
    values["invoice_line_ids"] = [[0, 0, {"name": "Kembali", "quantity": -3, "price_unit": 10}]]
    pk = ada("account.move", "create", values)
    (before,) = ada("account.move", "read", [pk], FIELDS)
    ada("account.move", "action_switch_move_type", [pk])
    (after,) = ada("account.move", "read", [pk], FIELDS)
    assert after["move_type"] == "out_refund"
    assert (after["amount_total"], after["amount_untaxed"]) == (
        -before["amount_total"],
        -before["amount_untaxed"],
    )
    ada("account.move", "action_post", [pk])


def test_what_is_posted_or_no_document_is_not_switched(ada, customer):
    pk = ada("account.move", "create", invoice(customer))
    ada("account.move", "action_post", [pk])
    with pytest.raises(Refusal, match="no longer a draft"):
        ada("account.move", "action_switch_move_type", [pk])
    ada("account.move", "button_draft", [pk])
    with pytest.raises(Refusal) as refused:
        ada("account.move", "action_switch_move_type", [pk])
    assert refused.value.name == "odoo.exceptions.UserError"
    plain = ada("account.move", "create", {"move_type": "entry"})
    with pytest.raises(Refusal, match="has no type that can be switched"):
        ada("account.move", "action_switch_move_type", [plain])


def test_amounts_are_rounded_as_their_currency_is(ada, customer, company):
    places = company.currency.decimal_places
    (journal,) = ada("account.journal", "search", [["type", "=", "bank"]], limit=1)
    values = {
        "payment_type": "inbound",
        "partner_type": "customer",
        "partner_id": customer.pk,
        "journal_id": journal,
        "amount": 100.12345,
    }
    pk = ada("account.payment", "create", values)
    assert ada("account.payment", "read", [pk], ["amount"])[0]["amount"] == round(100.12345, places)
    ada("account.payment", "write", [pk], {"amount": 7.98765})
    assert ada("account.payment", "read", [pk], ["amount"])[0]["amount"] == round(7.98765, places)
