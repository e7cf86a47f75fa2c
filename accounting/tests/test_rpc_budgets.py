"""How many statements programs' calls on the books take."""

from datetime import date

import pytest

from rpc.tests.conftest import SECRET, Program, nothing_remembered
from rpc.tests.counting import statements

assert nothing_remembered

FIELDS = """name state move_type partner_id journal_id invoice_date invoice_date_due amount_untaxed amount_tax amount_total
    amount_residual payment_state invoice_line_ids line_ids currency_id ref"""
SETTINGS = {
    "account.account": "code name account_type reconcile tax_ids tag_ids company_ids current_balance",
    "account.journal": "name code type default_account_id currency_id company_id bank_account_id",
    "account.tax": "name amount type_tax_use invoice_repartition_line_ids refund_repartition_line_ids",
    "account.payment.term": "name line_ids note",
}
LINE = "move_id name account_id partner_id debit credit balance tax_ids tax_tag_ids matched_debit_ids date reconciled"


@pytest.fixture
def ada(accountant):
    """An accountant's program."""
    from base.models import User

    user = User.objects.get(pk=accountant.user_id)
    user.set_password(SECRET)
    user.save()
    return Program(user.pk)


def invoice(customer, lines=1):
    line = [0, 0, {"name": "Kopi", "quantity": 2, "price_unit": 12.5}]
    return {
        "move_type": "out_invoice",
        "partner_id": customer.pk,
        "invoice_date": "2026-03-10",
        "invoice_line_ids": [line] * lines,
    }


def test_reading_documents_and_items_takes_three_statements(ada, customer):
    ids = ada("account.move", "create", [invoice(customer, 3)] * 20)
    for noun, fields in (("account.move", FIELDS), ("account.move.line", LINE)):
        assert len(statements(ada, noun, "search_read", [], fields.split(), limit=80)) <= 3
    assert len(statements(ada, "account.move", "read", ids, FIELDS.split())) <= 3
    items = ada("account.move.line", "search", [["move_id", "in", ids]])
    assert len(statements(ada, "account.move.line", "read", items)) <= 3
    for noun, fields in SETTINGS.items():
        assert len(statements(ada, noun, "search_read", [], fields.split(), limit=80)) <= 3


def test_an_invoice_takes_twelve_statements_however_many_lines_and_documents(ada, customer):
    """Who may, what the verb is noted under, the company's settings, journal, partner, taxes and their distribution,
    the numbers of the rows, and one for each of four tables that are written."""
    one = statements(ada, "account.move", "create", invoice(customer))
    many = statements(ada, "account.move", "create", [invoice(customer, 30)] * 10)
    assert len(one) == len(many), many
    assert len(one) <= 13, one


def test_changing_a_draft_takes_six_statements(ada, customer):
    pk = ada("account.move", "create", invoice(customer))
    sent = statements(ada, "account.move", "write", [pk], {"ref": "PO 7"})
    assert len(sent) <= 6, sent
    assert date.fromisoformat(ada("account.move", "read", [pk], ["date"])[0]["date"])
