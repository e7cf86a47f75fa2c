"""What programs see of accounting beside documents: ways to pay, papers, talk, wizards."""

import pytest
from django.core.management import call_command

from accounting.models import Journal, JournalEntry
from rpc.tests.conftest import Refusal, house, nothing_remembered, rpc, wati

__all__ = ["house", "nothing_remembered", "rpc", "wati"]

DAY = "2026-03-10"


@pytest.fixture
def invoice(rpc):
    """A posted invoice over 111,000."""
    partner = rpc("res.partner", "create", {"name": "Toko Wire", "is_company": True})
    line = {"name": "Service", "quantity": 1, "price_unit": 100000}
    values = {
        "move_type": "out_invoice",
        "partner_id": partner,
        "invoice_date": DAY,
        "invoice_line_ids": [[0, 0, line]],
    }
    move = rpc("account.move", "create", values)
    rpc("account.move", "action_post", [move])
    return move


def test_every_journal_of_money_has_a_way_in_and_a_way_out(rpc, house):
    bank = Journal.objects.of_company(house.first.pk).liquid().first()
    fields = ["inbound_payment_method_line_ids", "outbound_payment_method_line_ids"]
    [row] = rpc("account.journal", "read", [bank.pk], fields)
    [way_in], [way_out] = row[fields[0]], row[fields[1]]
    ways = rpc(
        "account.payment.method.line",
        "read",
        [way_in, way_out],
        ["journal_id", "payment_type", "code"],
    )
    assert [(way["journal_id"][0], way["payment_type"], way["code"]) for way in ways] == [
        (bank.pk, "inbound", "manual"),
        (bank.pk, "outbound", "manual"),
    ]
    assert rpc("account.payment.method.line", "search", [["journal_id", "=", bank.pk]]) == [
        way_in,
        way_out,
    ]
    assert [row["code"] for row in rpc("account.payment.method", "search_read", [], ["code"])] == [
        "manual",
        "manual",
    ]


def test_ways_to_pay_are_hidden_from_those_who_see_no_payments(wati):
    with pytest.raises(Refusal) as refused:
        wati("account.payment.method.line", "search", [])
    assert refused.value.name == "odoo.exceptions.AccessError"


def test_the_payment_wizard_proposes_a_way_and_says_what_is_left_open(rpc, invoice):
    context = {"active_model": "account.move", "active_ids": [invoice]}
    wizard = rpc("account.payment.register", "create", {"amount": 100000}, context=context)
    fields = [
        "amount",
        "source_amount",
        "payment_difference",
        "payment_method_line_id",
        "journal_id",
    ]
    [row] = rpc("account.payment.register", "read", [wizard], fields)
    assert (row["amount"], row["source_amount"], row["payment_difference"]) == (
        100000.0,
        111000.0,
        11000.0,
    )
    assert row["payment_method_line_id"] == [row["journal_id"][0] * 2, "Manual Payment"]
    action = rpc("account.payment.register", "action_create_payments", [wizard], context=context)
    fields = ["payment_method_line_id", "payment_method_id", "amount"]
    [payment] = rpc("account.payment", "read", [action["res_id"]], fields)
    assert payment == {
        "id": action["res_id"],
        "payment_method_line_id": row["payment_method_line_id"],
        "payment_method_id": [1, "Manual Payment"],
        "amount": 100000.0,
    }
    assert rpc("account.payment", "mark_as_sent", [action["res_id"]]) is None
    assert rpc("account.payment", "read", [action["res_id"]], ["is_sent"])[0]["is_sent"] is True


def test_a_way_to_pay_alone_chooses_the_journal(rpc, house, invoice):
    cash = Journal.objects.of_company(house.first.pk).filter(kind="cash").first()
    context = {"active_model": "account.move", "active_ids": [invoice]}
    values = {"journal_id": False, "payment_method_line_id": cash.pk * 2}
    wizard = rpc("account.payment.register", "create", values, context=context)
    action = rpc("account.payment.register", "action_create_payments", [wizard], context=context)
    [payment] = rpc("account.payment", "read", [action["res_id"]], ["journal_id"])
    assert payment["journal_id"][0] == cash.pk


def test_files_and_words_hang_on_an_entry(rpc, invoice):
    file = rpc(
        "ir.attachment",
        "create",
        {"name": "po.txt", "raw": "PO 7", "res_model": "account.move", "res_id": invoice},
    )
    [said] = rpc("account.move", "message_post", [invoice], body="Terima kasih", attachment_ids=[])
    [todo] = rpc(
        "account.move", "activity_schedule", [invoice], "mail.mail_activity_data_todo", "2030-01-01"
    )
    fields = [
        "attachment_ids",
        "message_attachment_count",
        "message_ids",
        "activity_ids",
        "activity_state",
    ]
    assert rpc("account.move", "read", [invoice], fields) == [
        {
            "id": invoice,
            "attachment_ids": [file],
            "message_attachment_count": 1,
            "message_ids": [said],
            "activity_ids": [todo],
            "activity_state": "planned",
        }
    ]


def test_who_sees_no_entries_says_nothing_about_them(wati, invoice):
    with pytest.raises(Refusal) as refused:
        wati("account.move", "message_post", [invoice], body="Halo")
    assert refused.value.name == "odoo.exceptions.AccessError"


def test_buttons_of_a_document_answer_where_to_go(rpc, invoice):
    assert rpc("account.move", "preview_invoice", [invoice]) == {
        "type": "ir.actions.act_url",
        "target": "self",
        "url": f"/accounting/about/{invoice}/",
    }
    action = rpc("account.move", "action_duplicate", [invoice])
    copy = JournalEntry.objects.get(pk=action["res_id"])
    assert (copy.state, copy.total) == ("draft", 111000)
    assert rpc("account.move", "set_moves_checked", [invoice]) is None
    assert rpc("account.move", "read", [invoice], ["checked"]) == [{"id": invoice, "checked": True}]
    lines = rpc("account.move", "read", [invoice], ["line_ids"])[0]["line_ids"]
    wizard = rpc("account.move.line", "action_register_payment", lines)
    assert (wizard["res_model"], len(wizard["context"]["active_ids"])) == (
        "account.payment.register",
        1,
    )


def test_the_invoice_is_a_document_that_can_be_printed(rpc):
    found = rpc(
        "ir.actions.report", "search_read", [["model", "=", "account.move"]], ["report_name"]
    )
    assert [row["report_name"] for row in found] == ["account.report_invoice"]
    noun, number = rpc("ir.model.data", "check_object_reference", "account", "report_invoice")
    assert (noun, number) == ("ir.actions.report", found[0]["id"])


def test_a_company_says_when_its_year_ends(rpc):
    fields = ["fiscalyear_last_day", "fiscalyear_last_month", "chart_template"]
    [row] = rpc("res.company", "read", [1], fields)
    assert (row["fiscalyear_last_day"], row["fiscalyear_last_month"]) == (31, "12")
    assert row["chart_template"] in [
        key
        for key, _label in rpc("res.company", "fields_get", fields)["chart_template"]["selection"]
    ]
    rpc("res.company", "write", [1], {"fiscalyear_last_month": "6", "fiscalyear_last_day": 30})
    [row] = rpc("res.company", "read", [1], fields[:2])
    assert (row["fiscalyear_last_day"], row["fiscalyear_last_month"]) == (30, "6")


@pytest.mark.parametrize(("module", "percent"), [("base", "86"), ("accounting", "65")])
def test_what_clients_know_stays_exposed(module, percent, db, capsys):
    call_command("rpc_coverage", "--module", module, "--minimum", percent, "--short")
    assert "nouns" in capsys.readouterr().out.splitlines()[-1]
