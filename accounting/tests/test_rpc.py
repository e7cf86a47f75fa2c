"""Accounting as other programs see it: the flows that integrations use, on the wire."""

import pytest

from accounting.models import JournalEntry, Payment
from accounting.services import charts
from base.actors import Actor
from base.models import Company, Role
from rpc.tests.conftest import Program, Refusal, house, nothing_remembered, rpc, wati

__all__ = ["house", "nothing_remembered", "rpc", "wati"]

DAY = "2026-03-10"


@pytest.fixture
def partner(rpc):
    return rpc("res.partner", "create", {"name": "Toko Wire", "is_company": True})


@pytest.fixture
def create(rpc, partner):
    """Create an invoice of one line of 100,000 over the wire."""

    def make(by=rpc, **values):
        line = {"name": "Service", "quantity": 1, "price_unit": 100000}
        return by(
            "account.move",
            "create",
            {
                "move_type": "out_invoice",
                "partner_id": partner,
                "invoice_date": DAY,
                "invoice_line_ids": [[0, 0, line]],
                **values,
            },
        )

    return make


def one(rpc, move, *fields):
    [row] = rpc("account.move", "read", [move], list(fields))
    del row["id"]
    return tuple(row.values())


def test_an_invoice_is_written_posted_and_paid(rpc, create):
    move = create()

    assert one(rpc, move, "name", "state", "payment_state", "amount_total") == (
        False,
        "draft",
        "not_paid",
        111000.0,
    )
    assert rpc("account.move", "action_post", [move]) is False
    assert one(rpc, move, "name", "state", "amount_residual") == (
        "INV/2026/00001",
        "posted",
        111000.0,
    )

    context = {"active_model": "account.move", "active_ids": [move]}
    wizard = rpc("account.payment.register", "create", {}, context=context)
    action = rpc("account.payment.register", "action_create_payments", [wizard], context=context)

    assert (action["res_model"], action["type"]) == ("account.payment", "ir.actions.act_window")
    assert one(rpc, move, "payment_state", "amount_residual") == ("paid", 0.0)
    [payment] = rpc(
        "account.payment",
        "read",
        [action["res_id"]],
        ["name", "state", "amount", "invoice_ids", "memo"],
    )
    assert payment == {
        "id": action["res_id"],
        "name": "BNK1/2026/00001",
        "state": "paid",
        "amount": 111000.0,
        "invoice_ids": [move],
        "memo": "INV/2026/00001",
    }


def test_posting_again_is_no_error_because_clients_try_again(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])

    assert rpc("account.move", "action_post", [move]) is False
    assert one(rpc, move, "name") == ("INV/2026/00001",)


def test_items_are_read_with_their_taxes_and_dues(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])

    rows = rpc(
        "account.move.line",
        "search_read",
        [["move_id", "=", move]],
        [
            "display_type",
            "debit",
            "credit",
            "balance",
            "price_subtotal",
            "tax_line_id",
            "amount_residual",
            "parent_state",
            "move_name",
        ],
        order="id",
    )

    assert [(row["display_type"], row["balance"], row["amount_residual"]) for row in rows] == [
        ("product", -100000.0, 0.0),
        ("tax", -11000.0, 0.0),
        ("payment_term", 111000.0, 111000.0),
    ]
    assert rows[1]["tax_line_id"][1] == "PPN 12% (11/12)"
    assert {(row["parent_state"], row["move_name"]) for row in rows} == {
        ("posted", "INV/2026/00001")
    }


def test_a_tax_says_what_it_comes_to_on_the_whole_price(rpc):
    [tax] = rpc(
        "account.tax",
        "search_read",
        [["type_tax_use", "=", "sale"], ["name", "=like", "PPN%"], ["amount", ">", 0]],
        ["amount", "statutory_rate", "price_include", "base_numerator", "base_denominator"],
        limit=1,
    )

    assert (tax["amount"], tax["statutory_rate"], tax["price_include"]) == (11.0, 12.0, False)
    assert (tax["base_numerator"], tax["base_denominator"]) == (11, 12)


def test_a_part_is_paid(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])
    context = {"active_model": "account.move", "active_ids": [move]}
    journal = rpc("account.journal", "search", [["type", "=", "cash"]])[0]

    wizard = rpc(
        "account.payment.register",
        "create",
        {"journal_id": journal, "amount": 11000.0, "payment_date": "2026-03-20"},
        context=context,
    )
    rpc("account.payment.register", "action_create_payments", [wizard], context=context)

    assert one(rpc, move, "payment_state", "amount_residual") == ("partial", 100000.0)
    [widget] = one(rpc, move, "invoice_payments_widget")
    assert [(row["amount"], row["date"], row["journal_name"]) for row in widget["content"]] == [
        (11000.0, "2026-03-20", "Cash")
    ]


def test_the_payment_button_opens_the_wizard_on_what_is_due(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])

    action = rpc("account.move", "action_register_payment", [move])

    assert (action["res_model"], action["target"]) == ("account.payment.register", "new")
    assert action["context"]["active_model"] == "account.move.line"
    wizard = rpc("account.payment.register", "create", {}, context=action["context"])
    assert rpc("account.payment.register", "read", [wizard], ["amount"])[0]["amount"] == 111000.0


def test_a_credit_note_is_written_through_the_wizard(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])
    context = {"active_model": "account.move", "active_ids": [move]}
    journal = rpc("account.journal", "search", [["type", "=", "sale"]])[0]

    wizard = rpc(
        "account.move.reversal",
        "create",
        {"reason": "Back", "journal_id": journal, "date": "2026-03-25"},
        context=context,
    )
    action = rpc("account.move.reversal", "reverse_moves", [wizard], context=context)

    assert one(rpc, action["res_id"], "move_type", "state", "ref", "amount_total") == (
        "out_refund",
        "draft",
        "INV/2026/00001: Back",
        111000.0,
    )
    rpc("account.move", "action_post", [action["res_id"]])
    assert one(rpc, action["res_id"], "name", "payment_state") == ("RINV/2026/00001", "not_paid")


def test_modifying_settles_the_old_invoice_and_drafts_it_anew(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])
    context = {"active_model": "account.move", "active_ids": [move]}
    wizard = rpc("account.move.reversal", "create", {"date": DAY}, context=context)

    action = rpc("account.move.reversal", "modify_moves", [wizard], context=context)

    assert one(rpc, move, "payment_state") == ("reversed",)
    assert one(rpc, action["res_id"], "move_type", "state", "amount_total") == (
        "out_invoice",
        "draft",
        111000.0,
    )


def test_lines_are_changed_by_commands(rpc, create):
    move = create()
    [(line,)] = [one(rpc, move, "invoice_line_ids")[0]]

    rpc(
        "account.move",
        "write",
        [move],
        {
            "ref": "PO 1",
            "invoice_line_ids": [
                [1, line, {"quantity": 2}],
                [0, 0, {"name": "More", "price_unit": 50000, "tax_ids": [[6, 0, []]]}],
            ],
        },
    )

    assert one(rpc, move, "ref", "amount_untaxed", "amount_tax", "amount_total") == (
        "PO 1",
        250000.0,
        22000.0,
        272000.0,
    )
    rpc("account.move", "write", [move], {"invoice_line_ids": [[2, line]]})
    assert one(rpc, move, "amount_total") == (50000.0,)


def test_a_line_is_changed_through_its_own_noun(rpc, create):
    move = create()
    [(line,)] = [one(rpc, move, "invoice_line_ids")[0]]

    rpc("account.move.line", "write", [line], {"price_unit": 200000})
    assert one(rpc, move, "amount_total") == (222000.0,)

    added = rpc(
        "account.move.line", "create", {"move_id": move, "name": "Lamp", "price_unit": 1000}
    )
    assert one(rpc, move, "invoice_line_ids", "amount_total") == ([line, added], 223110.0)

    rpc("account.move.line", "unlink", [added])
    assert one(rpc, move, "amount_total") == (222000.0,)


def test_a_plain_entry_is_written_with_debits_and_credits(rpc):
    bank, rent = (
        rpc("account.account", "search", [["code", "=", code]])[0] for code in ("1111", "6201")
    )

    move = rpc(
        "account.move",
        "create",
        {
            "move_type": "entry",
            "date": DAY,
            "ref": "Rent",
            "line_ids": [
                [0, 0, {"account_id": rent, "name": "March", "debit": 500.5}],
                [0, 0, {"account_id": bank, "name": "March", "credit": 500.5}],
            ],
        },
    )
    rpc("account.move", "action_post", [move])

    assert one(rpc, move, "name", "state", "amount_total") == ("MISC/2026/00001", "posted", 501.0)


def test_a_draft_without_a_partner_is_kept_but_not_posted(rpc, create):
    move = create(partner_id=False)

    with pytest.raises(Refusal, match="UserError: Fill in the customer"):
        rpc("account.move", "action_post", [move])
    assert one(rpc, move, "state", "name") == ("draft", False)
    assert rpc("account.move", "unlink", [move]) is True


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount_total": 5}, "cannot be written directly"),
        ({"state": "posted"}, "cannot be written directly"),
        ({"invoice_date": "2026-04-01"}, "is no longer a draft"),
        ({"invoice_line_ids": [[5]]}, "is no longer a draft"),
    ],
)
def test_a_posted_invoice_is_not_written(rpc, create, values, sentence):
    move = create()
    rpc("account.move", "action_post", [move])

    with pytest.raises(Refusal, match=sentence):
        rpc("account.move", "write", [move], values)
    with pytest.raises(Refusal, match="has its number already"):
        rpc("account.move", "unlink", [move])
    assert one(rpc, move, "amount_total", "invoice_date") == (111000.0, DAY)


def test_draft_and_cancel_buttons(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])

    assert rpc("account.move", "button_draft", [move]) is None
    assert one(rpc, move, "state", "name", "posted_before") == ("draft", "INV/2026/00001", True)
    assert rpc("account.move", "button_cancel", [move]) is None
    assert one(rpc, move, "state") == ("cancel",)


def test_reconciling_on_the_wire(rpc, create, partner):
    move = create()
    rpc("account.move", "action_post", [move])
    bank, receivable = (
        rpc("account.account", "search", [["code", "=", code]])[0] for code in ("1111", "1201")
    )
    receipt = rpc(
        "account.move",
        "create",
        {
            "move_type": "entry",
            "date": DAY,
            "line_ids": [
                [0, 0, {"account_id": bank, "debit": 111000}],
                [0, 0, {"account_id": receivable, "credit": 111000, "partner_id": partner}],
            ],
        },
    )
    rpc("account.move", "action_post", [receipt])
    lines = rpc("account.move.line", "search", [["account_id", "=", receivable]])

    assert rpc("account.move.line", "reconcile", lines) is None
    assert one(rpc, move, "payment_state") == ("paid",)
    [partial] = rpc(
        "account.partial.reconcile",
        "search_read",
        [],
        ["amount", "debit_move_id", "full_reconcile_id"],
    )
    assert partial["amount"] == 111000.0
    assert partial["full_reconcile_id"]

    assert rpc("account.move.line", "remove_move_reconcile", lines) is None
    assert one(rpc, move, "payment_state") == ("not_paid",)
    [credit] = rpc(
        "account.move.line", "search", [["account_id", "=", receivable], ["credit", ">", 0]]
    )
    assert rpc("account.move", "js_assign_outstanding_line", [move], credit) is True
    [widget] = one(rpc, move, "invoice_payments_widget")
    assert (
        rpc(
            "account.move",
            "js_remove_outstanding_partial",
            [move],
            widget["content"][0]["partial_id"],
        )
        is True
    )
    assert one(rpc, move, "payment_state", "invoice_payments_widget") == ("not_paid", False)


def test_a_payment_is_written_by_itself(rpc, partner):
    payment = rpc(
        "account.payment",
        "create",
        {
            "payment_type": "outbound",
            "partner_type": "supplier",
            "partner_id": partner,
            "amount": 500,
            "date": DAY,
        },
    )
    rpc("account.payment", "action_post", [payment])

    [row] = rpc(
        "account.payment",
        "read",
        [payment],
        ["state", "name", "move_id", "journal_id", "is_reconciled"],
    )
    assert (row["state"], row["name"], row["journal_id"][1], row["is_reconciled"]) == (
        "paid",
        "BNK1/2026/00001",
        "Bank",
        False,
    )
    rpc("account.payment", "action_cancel", [payment])
    assert rpc("account.payment", "read", [payment], ["state"])[0]["state"] == "canceled"


def test_the_trial_balance_by_read_group(rpc, create):
    rpc("account.move", "action_post", [create()])

    groups = rpc(
        "account.move.line",
        "formatted_read_group",
        [["parent_state", "=", "posted"]],
        ["account_id"],
        ["debit:sum", "credit:sum", "balance:sum", "__count"],
    )

    assert sorted(
        (group["account_id"][1], group["balance:sum"], group["__count"]) for group in groups
    ) == [
        ("1201 Trade receivables", 111000.0, 1),
        ("2121 Output VAT (PPN)", -11000.0, 1),
        ("4101 Sales", -100000.0, 1),
    ]


def test_what_partners_owe_and_how_they_pay(rpc, create, partner):
    rpc("account.move", "action_post", [create()])
    term = rpc("account.payment.term", "search", [["name", "=", "30 days"]])[0]
    rpc("res.partner", "write", [partner], {"property_payment_term_id": term})

    [row] = rpc(
        "res.partner",
        "read",
        [partner],
        [
            "credit",
            "debit",
            "total_invoiced",
            "property_account_receivable_id",
            "property_payment_term_id",
        ],
    )

    assert (row["credit"], row["debit"], row["total_invoiced"]) == (111000.0, 0.0, 100000.0)
    assert row["property_account_receivable_id"][1] == "1201 Trade receivables"
    plain = rpc("res.partner", "read", row["id"], ["property_account_receivable_id"], "raw")
    assert plain[0]["property_account_receivable_id"] == row["property_account_receivable_id"][0]
    assert row["property_payment_term_id"][1] == "30 days"
    assert one(rpc, create(), "invoice_date_due") == ("2026-04-09",)


def test_products_carry_their_taxes(rpc, create):
    tax = rpc("account.tax", "search", [["name", "=", "PPN 0% (export)"]])[0]
    product = rpc(
        "product.product",
        "create",
        {"name": "Green beans", "list_price": 92000, "taxes_id": [[6, 0, [tax]]]},
    )

    move = create(invoice_line_ids=[[0, 0, {"product_id": product}]])

    assert one(rpc, move, "amount_untaxed", "amount_tax") == (92000.0, 0.0)
    assert rpc("product.product", "read", [product], ["taxes_id"])[0]["taxes_id"] == [tax]
    [account] = rpc("account.account", "search", [["code", "=", "4103"]])
    rpc("product.product", "write", [product], {"property_account_income_id": account})
    [line] = rpc(
        "account.move.line",
        "search_read",
        [
            ["move_id", "=", create(invoice_line_ids=[[0, 0, {"product_id": product}]])],
            ["display_type", "=", "product"],
        ],
        ["account_id", "name"],
    )
    assert (line["account_id"][1], line["name"]) == ("4103 Export sales", "Green beans")


def test_accounts_and_journals_are_made(rpc):
    account = rpc(
        "account.account", "create", {"code": "6999", "name": "Fun", "account_type": "expense"}
    )
    assert rpc(
        "account.account", "read", [account], ["company_ids", "internal_group", "display_name"]
    ) == [
        {"id": account, "company_ids": [1], "internal_group": "expense", "display_name": "6999 Fun"}
    ]
    assert account in rpc("account.account", "search", [["company_ids", "in", [1]]])
    journal = rpc(
        "account.journal",
        "create",
        {"name": "Bench", "code": "BS0", "type": "general", "company_id": 1},
    )
    assert rpc("account.journal", "read", [journal], ["type"])[0]["type"] == "general"


@pytest.mark.parametrize(
    ("words", "found"),
    [("4103", 1), ("4103 ", 1), ("4103 Dis", 1), ("dis", 1), ("4103 X", 0)],
)
def test_an_account_is_found_by_its_code_its_name_and_both_together(rpc, words, found):
    [account] = rpc("account.account", "search", [["code", "=", "4103"]])
    rpc("account.account", "write", [account], {"name": "Discounts given"})
    named = rpc("account.account", "name_search", words, [["id", "=", account]])
    assert named == [[account, "4103 Discounts given"]] * found


def test_every_advertised_field_can_be_read(rpc, create):
    move = create()
    rpc("account.move", "action_post", [move])
    context = {"active_model": "account.move", "active_ids": [move]}
    wizard = rpc("account.payment.register", "create", {}, context=context)
    rpc("account.payment.register", "action_create_payments", [wizard], context=context)

    for model in (
        "account.account", "account.account.tag", "account.journal", "account.tax", "account.tax.group",
        "account.tax.repartition.line", "account.payment.term", "account.payment.term.line", "account.move",
        "account.move.line", "account.payment", "account.partial.reconcile", "account.full.reconcile",
        "account.payment.register", "account.move.reversal", "res.company", "res.partner", "product.template",
        "product.product",
    ):  # fmt: skip
        fields = list(rpc(model, "fields_get"))
        ids = rpc(model, "search", [], limit=3)
        rows = rpc(model, "read", ids, fields)
        assert all(set(row) == {"id", *fields} for row in rows), model


def test_an_employee_without_the_right_sees_no_books(wati, create):
    move = create()

    with pytest.raises(Refusal, match="AccessError"):
        wati("account.move", "read", [move], ["name"])
    with pytest.raises(Refusal, match="AccessError"):
        wati("account.move", "action_post", [move])
    assert JournalEntry.objects.get(pk=move).state == "draft"


def test_an_auditor_reads_and_changes_nothing(wati, house, rpc, create):
    move = create()
    house.employee.roles.add(*Role.objects.filter(module="accounting", name_en="Auditor"))

    assert wati("account.move", "read", [move], ["amount_total"])[0]["amount_total"] == 111000.0
    for method, args in (
        ("write", [{"ref": "x"}]),
        ("action_post", []),
        ("unlink", []),
        ("button_cancel", []),
    ):
        with pytest.raises(Refusal, match="AccessError"):
            wati("account.move", method, [move], *args)
    with pytest.raises(Refusal, match="AccessError"):
        wati("account.payment", "create", {"amount": 5})
    assert not Payment.objects.exists()


def test_companies_do_not_see_each_others_books(wati, house, rpc, create):
    charts.load(Company.objects.filter(pk=house.second.pk), "generic", by=Actor.system())
    house.employee.roles.add(*Role.objects.filter(module="accounting", name_en="Accountant"))
    house.employee.companies.set([house.second])
    house.employee.company = house.second
    house.employee.save()
    move = create()
    rpc("account.move", "action_post", [move])
    eve = Program(house.employee.pk)

    assert eve("account.move", "search", []) == []
    assert eve("account.move.line", "search_count", []) == 0
    assert {row["code"] for row in eve("account.account", "search_read", [], ["code"])}.isdisjoint(
        {"1201"}
    )
    for method in ("action_post", "button_draft", "button_cancel"):
        with pytest.raises(Refusal, match="AccessError"):
            eve("account.move", method, [move])
    assert (
        eve("account.move.line", "formatted_read_group", [], ["account_id"], ["balance:sum"]) == []
    )
    assert one(rpc, move, "state") == ("posted",)
    theirs = create(by=eve)
    assert JournalEntry.objects.get(pk=theirs).company == house.second
