"""Writing and rewriting documents and entries while they are drafts."""

from datetime import date
from decimal import Decimal

import pytest

from accounting.errors import NoJournal, NotDraft, NotSetUp, NumberGiven, UnknownLine, WrongJournal
from accounting.models import Journal, JournalEntry, JournalItem, PartnerAccounting, PaymentTerm
from accounting.services import entries, invoices
from accounting.services.lines import LineChanges
from accounting.tests.conftest import TODAY
from base.errors import AccessDenied, Missing

D = Decimal


def named(entry):
    return JournalEntry.objects.filter(pk=entry.pk)


def test_draft_takes_taxes_accounts_price_and_label_from_the_product(draft, chair, books):
    entry = draft({"product_id": chair.pk, "quantity": D(2)})

    assert (entry.untaxed, entry.tax, entry.total, entry.residual) == (
        100000,
        11000,
        111000,
        111000,
    )
    assert books(entry) == [("4101", 0, 100000), ("2121", 0, 11000), ("1201", 111000, 0)]
    assert (entry.number, entry.state, entry.payment_state) == ("", "draft", "not_paid")
    line = entry.items.lines().get()
    assert (line.label, line.unit_price, line.subtotal, line.total) == (
        "[CH-1] Kursi",
        50000,
        100000,
        111000,
    )
    assert line.unit_id == 1


def test_draft_of_a_bill_is_the_mirror(draft, books):
    entry = draft({"label": "Rent", "unit_price": D(1000)}, kind="in_invoice")

    assert books(entry) == [("6409", 1000, 0), ("1501", 110, 0), ("2101", 0, 1110)]


def test_draft_of_a_credit_note_takes_the_revenue_back(draft, books):
    entry = draft({"label": "Back", "unit_price": D(1000)}, kind="out_refund")

    assert books(entry) == [("4101", 1000, 0), ("2121", 110, 0), ("1201", 0, 1110)]
    assert entry.total == 1110


@pytest.mark.parametrize(
    ("kind", "booked"),
    [
        ("out_invoice", [("4101", 0, 250000), ("2138", 0, 25000), ("1201", 275000, 0)]),
        ("out_refund", [("4101", 250000, 0), ("2138", 25000, 0), ("1201", 0, 275000)]),
    ],
)
def test_a_restaurant_owes_its_tax_to_the_region(draft, tax, books, kind, booked):
    taxes = [tax("PBJT 10% (restaurants, hotels)").pk]
    entry = draft({"label": "Dinner", "unit_price": D(250000), "taxes": taxes}, kind=kind)

    assert books(entry) == booked


def test_withholding_is_booked_beside_the_vat(draft, tax, books):
    taxes = [tax("PPN input 12% (11/12)").pk, tax("PPh 23 2% (services)").pk]
    entry = draft(
        {"label": "Advice", "unit_price": D(100000000), "taxes": taxes}, kind="in_invoice"
    )

    assert books(entry) == [
        ("6409", 100000000, 0),
        ("1501", 11000000, 0),
        ("2133", 0, 2000000),
        ("2101", 0, 109000000),
    ]
    assert entry.total == 109000000


def test_vat_paid_by_the_collector_is_not_in_the_receivable(draft, tax, books):
    collected = tax("PPN collected by the buyer").pk
    entry = draft({"label": "Road", "unit_price": D(100000), "taxes": [collected]})

    assert books(entry) == [
        ("4101", 0, 100000),
        ("2121", 0, 11000),
        ("2121", 11000, 0),
        ("1201", 100000, 0),
    ]
    assert (entry.tax, entry.total) == (0, 100000)


def test_vat_that_cannot_be_credited_follows_the_account_of_its_line(draft, tax, account, books):
    lost = [tax("PPN input not creditable").pk]
    entry = draft(
        {"label": "Rent", "unit_price": D(1000), "taxes": lost, "account_id": account("6201").pk},
        {"label": "Fuel", "unit_price": D(2000), "taxes": lost, "account_id": account("6305").pk},
        kind="in_invoice",
    )

    assert books(entry) == [
        ("6201", 1000, 0),
        ("6305", 2000, 0),
        ("6201", 110, 0),
        ("6305", 220, 0),
        ("2101", 0, 3330),
    ]


def test_included_tax_leaves_the_total_as_agreed(draft, tax):
    entry = draft(
        {"label": "Cake", "unit_price": D(111000), "taxes": [tax("PPN 12% (11/12) included").pk]}
    )

    assert (entry.untaxed, entry.tax, entry.total) == (100000, 11000, 111000)


def test_payment_term_of_the_partner_splits_what_is_due(draft, customer, books):
    term = PaymentTerm.objects.get(name_en="30% in advance, balance after 30 days")
    PartnerAccounting.objects.create(partner=customer, payment_term=term)

    entry = draft({"label": "Desk", "unit_price": D(1000)})

    dues = entry.items.dues().order_by("due_date").values_list("debit", "due_date")
    assert list(dues) == [(333, date(2026, 3, 10)), (777, date(2026, 4, 9))]
    assert entry.due_date == date(2026, 4, 9)


def test_due_date_may_be_given(draft):
    entry = draft({"label": "Desk", "unit_price": D(1000)}, due_date=date(2026, 5, 5))

    assert list(entry.items.dues().values_list("due_date", flat=True)) == [date(2026, 5, 5)]


def test_sections_and_notes_carry_no_amount(draft, books):
    entry = draft(
        {"display_type": "line_section", "label": "Furniture", "sequence": 1},
        {"label": "Desk", "unit_price": D(1000), "sequence": 2},
        {"display_type": "line_note", "label": "Oak", "sequence": 3},
    )

    assert [item.label for item in entry.items.lines().order_by("sequence")] == [
        "Furniture",
        "Desk",
        "Oak",
    ]
    assert entry.total == 1110


def test_plain_entry_keeps_what_was_given(draft, account, books):
    entry = draft(
        {"account_id": account("6201").pk, "debit": D(500)},
        {"account_id": account("1111").pk, "balance": D(-500)},
        kind="entry",
        invoice_date=None,
    )

    assert books(entry) == [("6201", 500, 0), ("1111", 0, 500)]
    assert (entry.journal.code, entry.date, entry.total) == ("MISC", TODAY, 500)


def test_draft_costs_the_same_for_one_document_as_for_many(
    accountant, customer, chair, django_assert_num_queries
):
    def row(count):
        return {
            "kind": "out_invoice",
            "partner_id": customer.pk,
            "invoice_date": TODAY,
            "lines": [{"product_id": chair.pk, "quantity": D(1)} for _ in range(count)],
        }

    with django_assert_num_queries(15):
        invoices.draft([row(1)], by=accountant, on=TODAY)
    with django_assert_num_queries(15):
        invoices.draft([row(10)] * 40, by=accountant, on=TODAY)


def test_edit_works_the_document_out_afresh_and_keeps_ids(draft, accountant, books):
    entry = draft({"label": "Desk", "unit_price": D(1000)}, {"label": "Lamp", "unit_price": D(10)})
    desk, lamp = entry.items.lines().order_by("pk")
    before = set(entry.items.values_list("pk", flat=True))

    changes = LineChanges(
        add=[{"label": "Rug", "unit_price": D(500)}],
        change={desk.pk: {"quantity": D(2)}},
        remove=[lamp.pk],
    )
    [edited] = invoices.edit(named(entry), {"reference": "PO 7", "lines": changes}, by=accountant)

    assert (edited.reference, edited.total) == ("PO 7", 2775)
    assert books(entry) == [
        ("4101", 0, 2000),
        ("4101", 0, 500),
        ("2121", 0, 275),
        ("1201", 2775, 0),
    ]
    assert len(before & set(entry.items.values_list("pk", flat=True))) == 3
    assert JournalEntry.objects.get(pk=entry.pk).residual == 2775


def test_edit_of_the_date_moves_what_is_due(draft, accountant):
    term = PaymentTerm.objects.get(name_en="30 days")
    entry = draft({"label": "Desk", "unit_price": D(1000)}, payment_term_id=term.pk)

    [edited] = invoices.edit(named(entry), {"invoice_date": date(2026, 4, 1)}, by=accountant)

    assert (edited.date, edited.due_date) == (date(2026, 4, 1), date(2026, 5, 1))
    assert list(entry.items.values_list("date", flat=True).distinct().order_by()) == [
        date(2026, 4, 1)
    ]


def test_edit_refuses_a_line_of_another_entry(draft, accountant):
    entry, other = draft({"label": "Desk"}), draft({"label": "Lamp"})
    strange = other.items.lines().get()

    with pytest.raises(UnknownLine):
        invoices.edit(
            named(entry), {"lines": LineChanges(change={strange.pk: {"label": "x"}})}, by=accountant
        )


def test_edit_refuses_what_is_posted_but_lets_notes_be_written(invoice, accountant):
    with pytest.raises(NotDraft):
        invoices.edit(named(invoice), {"partner_id": None}, by=accountant)

    invoices.edit(named(invoice), {"narration": "Thank you", "reference": "PO 9"}, by=accountant)

    invoice.refresh_from_db()
    assert (invoice.narration, invoice.reference, invoice.state) == ("Thank you", "PO 9", "posted")


def test_edit_refuses_to_move_a_numbered_entry(invoice, accountant, journal):
    entries.reset_to_draft(named(invoice), by=accountant)

    with pytest.raises(NumberGiven):
        invoices.edit(named(invoice), {"invoice_date": date(2025, 12, 31)}, by=accountant)


def test_delete_refuses_what_has_a_number(invoice, draft, accountant):
    entry = draft({"label": "Desk"})

    with pytest.raises(NumberGiven):
        invoices.delete(JournalEntry.objects.filter(pk__in=[entry.pk, invoice.pk]), by=accountant)
    assert JournalEntry.objects.filter(pk=entry.pk).exists()

    assert invoices.delete(named(entry), by=accountant) == 1
    assert not JournalItem.objects.filter(entry=entry.pk).exists()


def test_draft_refuses_a_journal_of_the_wrong_kind(draft, journal):
    with pytest.raises(WrongJournal):
        draft({"label": "Desk"}, journal_id=journal("BILL").pk)


def test_draft_refuses_without_a_journal(draft, journal):
    Journal.objects.filter(kind="sale").update(is_active=False)

    with pytest.raises(NoJournal):
        draft({"label": "Desk"})


def test_draft_refuses_what_the_actor_cannot_see(draft, other_company, tax, journal):
    with pytest.raises(Missing):
        draft({"label": "Desk", "taxes": [tax("Tax 10%", other_company).pk]})
    with pytest.raises(Missing):
        draft({"label": "Desk"}, journal_id=journal("INV", other_company).pk)
    with pytest.raises(NotSetUp):
        draft({"label": "Desk"}, company_id=other_company.pk)
    assert not JournalEntry.objects.exists()


def test_draft_needs_the_right(draft, auditor):
    with pytest.raises(AccessDenied):
        draft({"label": "Desk"}, by=auditor)
