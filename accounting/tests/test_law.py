"""What the database refuses by itself, raw SQL included."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from accounting.models import CompanyAccounting, FiscalPeriod, JournalEntry, JournalItem
from accounting.services import entries, payments
from accounting.tests.conftest import TODAY
from base.errors import translated

D = Decimal
MATCH = (
    "INSERT INTO accounting_partialreconciliation (company_id, debit_item_id, credit_item_id, amount,"
    " debit_amount_currency, credit_amount_currency, date) SELECT company_id, debit_item_id, credit_item_id,"
)
DESK = {"label": "Desk", "unit_price": D(1000)}


def run(sql, values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(rule, sql, *values):
    """Run a statement that must be refused under the name of a rule, with a sentence for people."""
    with pytest.raises(IntegrityError, match=rule) as caught:
        run(sql, values)
    assert str(translated(caught.value)).endswith(".")
    assert "rule “" not in str(translated(caught.value))


@pytest.mark.parametrize(
    ("rule", "tampering"),
    [
        ("entry_posted_is_final", "UPDATE accounting_journalentry SET date = date - 1"),
        ("entry_posted_is_final", "UPDATE accounting_journalentry SET total = 1"),
        ("entry_posted_is_final", "UPDATE accounting_journalentry SET partner_id = 1"),
        ("entry_posted_is_final", "UPDATE accounting_journalentry SET due_date = '2030-01-01'"),
        ("entry_posted_is_final", "UPDATE accounting_journalentry SET state = 'draft'"),
        ("entry_posted_is_final", "UPDATE accounting_journalentry SET state = 'cancel'"),
        ("entry_number_is_for_ever|entry_posted_is_final", "UPDATE accounting_journalentry SET number = 'X/1'"),
        ("entry_is_paid_by_matching", "UPDATE accounting_journalentry SET residual = 0"),
        ("entry_is_paid_by_matching", "UPDATE accounting_journalentry SET payment_state = 'paid'"),
        ("entry_numbered_is_kept", "DELETE FROM accounting_journalentry"),
        ("item_posted_is_final", "UPDATE accounting_journalitem SET debit = debit + 1 WHERE debit > 0"),
        ("item_posted_is_final", "UPDATE accounting_journalitem SET account_id = account_id + 1"),
        ("item_posted_is_final", "UPDATE accounting_journalitem SET partner_id = 1"),
        ("item_posted_is_final", "UPDATE accounting_journalitem SET label = 'x'"),
        ("item_posted_is_final", "UPDATE accounting_journalitem SET date = date - 1"),
        ("item_posted_is_final", "UPDATE accounting_journalitem SET state = 'draft'"),
        ("item_posted_is_final", "DELETE FROM accounting_journalitem WHERE tax_id IS NOT NULL"),
        ("item_is_settled_by_matching", "UPDATE accounting_journalitem SET residual = 0 WHERE residual <> 0"),
        ("item_is_settled_by_matching", "UPDATE accounting_journalitem SET is_reconciled = true"),
        ("itemtax_posted_is_final", "DELETE FROM accounting_itemtax"),
        ("itemtax_posted_is_final", "INSERT INTO accounting_itemtax (item_id, tax_id) SELECT i.id, t.id FROM accounting_journalitem i, accounting_tax t"),
        ("itemtag_posted_is_final", "DELETE FROM accounting_itemtag"),
        ("account_is_settled_once_used", "UPDATE accounting_account SET is_reconcilable = false WHERE code = '1201'"),
        ("journal_is_settled_once_used", "UPDATE accounting_journal SET code = 'XXX' WHERE code = 'INV'"),
        ("tax_is_settled_once_used", "UPDATE accounting_tax SET rate = 10 WHERE name_en = 'PPN 12% (11/12)'"),
    ],
)  # fmt: skip
def test_posted_books_are_final_even_in_sql(invoice, rule, tampering):
    before = list(JournalItem.objects.order_by("pk").values())

    refused(rule, tampering)

    assert list(JournalItem.objects.order_by("pk").values()) == before
    assert JournalEntry.objects.get(pk=invoice.pk).state == "posted"


def test_nothing_is_added_to_a_posted_entry(invoice):
    refused(
        "item_posted_is_final",
        "INSERT INTO accounting_journalitem (entry_id, display_type, sequence, label, account_id, quantity, unit_price,"
        " discount, tax_base, debit, credit, currency_id, amount_currency, subtotal, total, residual,"
        " residual_currency, is_reconciled, matching, date, state, company_id, journal_id)"
        " SELECT entry_id, display_type, sequence, label, account_id, quantity, unit_price, discount, tax_base, debit,"
        " credit, currency_id, amount_currency, subtotal, total, 0, 0, false, '', date, state, company_id, journal_id"
        " FROM accounting_journalitem WHERE entry_id = %s LIMIT 1",
        invoice.pk,
    )


def test_an_item_does_not_move_to_another_entry(invoice, draft):
    entry = draft(DESK)

    refused(
        "item_posted_is_final",
        "UPDATE accounting_journalitem SET entry_id = %s WHERE entry_id = %s",
        invoice.pk,
        entry.pk,
    )
    refused(
        "item_stays_in_its_entry",
        "UPDATE accounting_journalitem SET entry_id = %s WHERE entry_id = %s",
        entry.pk,
        invoice.pk,
    )


def test_an_unbalanced_entry_is_never_committed(draft, account):
    entry = draft(
        {"account_id": account("6201").pk, "debit": D(500)},
        {"account_id": account("1111").pk, "credit": D(499)},
        kind="entry",
    )

    refused(
        "entry_posted_is_balanced",
        "UPDATE accounting_journalentry SET state = 'posted', number = 'MISC/2026/00001' WHERE id = %s",
        entry.pk,
    )


def test_an_empty_entry_is_never_committed(draft):
    entry = draft(kind="entry")

    refused(
        "entry_posted_is_balanced",
        "UPDATE accounting_journalentry SET state = 'posted', number = 'MISC/2026/00001' WHERE id = %s",
        entry.pk,
    )


def test_a_posted_entry_has_a_number(draft):
    refused(
        "accounting_journalentry_posted_is_numbered",
        "UPDATE accounting_journalentry SET state = 'posted' WHERE id = %s",
        draft(DESK).pk,
    )


def test_a_draft_takes_no_number(draft):
    refused(
        "entry_number_is_for_ever",
        "UPDATE accounting_journalentry SET number = 'INV/2026/00009' WHERE id = %s",
        draft(DESK).pk,
    )


def test_an_entry_is_not_born_posted(invoice):
    refused(
        "entry_starts_as_draft",
        "INSERT INTO accounting_journalentry SELECT (jsonb_populate_record(e, '{\"id\": 999999}')).*"
        " FROM accounting_journalentry e WHERE id = %s",
        invoice.pk,
    )


def test_a_number_is_taken_once(invoice, draft):
    refused(
        "accounting_journalentry_number_once_per_journal",
        "UPDATE accounting_journalentry SET state = 'posted', number = %s WHERE id = %s",
        invoice.number,
        draft(DESK).pk,
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("accounting_journalitem_not_negative", "debit = -1"),
        ("one_sided|currency_on_same_side", "debit = 5, credit = 5"),
        ("accounting_journalitem_currency_on_same_side", "amount_currency = -1"),
        ("accounting_journalitem_text_has_no_amount", "account_id = NULL"),
    ],
)
def test_an_item_is_one_sided_and_not_negative(draft, rule, change):
    due = draft(DESK).items.dues().get()

    refused(rule, f"UPDATE accounting_journalitem SET {change} WHERE id = %s", due.pk)


def test_the_database_knows_closed_periods(draft, company, invoice):
    FiscalPeriod.objects.create(
        company=company,
        name="March",
        days=DateRange(date(2026, 3, 1), date(2026, 4, 1)),
        closed_at=datetime(2026, 4, 3, tzinfo=UTC),
    )
    entry = draft(DESK)

    refused(
        "entry_outside_locked_books",
        "UPDATE accounting_journalentry SET state = 'posted', number = 'INV/2026/00002' WHERE id = %s",
        entry.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('niaga.reset', 'on', true)")
    refused(
        "entry_outside_locked_books",
        "UPDATE accounting_journalentry SET state = 'draft' WHERE id = %s",
        invoice.pk,
    )


@pytest.mark.parametrize("lock", ["lock_date", "hard_lock_date", "sale_lock_date", "tax_lock_date"])
def test_the_database_knows_lock_dates(draft, company, lock):
    entry = draft(DESK)
    CompanyAccounting.objects.filter(company=company).update(**{lock: TODAY})

    refused(
        "entry_outside_locked_books",
        "UPDATE accounting_journalentry SET state = 'posted', number = 'INV/2026/00001' WHERE id = %s",
        entry.pk,
    )


def test_the_hard_lock_never_moves_back(company):
    CompanyAccounting.objects.filter(company=company).update(hard_lock_date=TODAY)

    refused(
        "settings_hard_lock_stays", "UPDATE accounting_companyaccounting SET hard_lock_date = NULL"
    )


def test_periods_never_overlap(company):
    FiscalPeriod.objects.create(
        company=company, name="Q1", days=DateRange(date(2026, 1, 1), date(2026, 4, 1))
    )

    with pytest.raises(IntegrityError, match="no_overlap"):
        FiscalPeriod.objects.create(
            company=company, name="M", days=DateRange(date(2026, 3, 31), date(2026, 5, 1))
        )


def test_the_reset_setting_does_not_outlive_the_verb(invoice, accountant):
    entries.reset_to_draft(JournalEntry.objects.filter(pk=invoice.pk), by=accountant)
    entries.post(JournalEntry.objects.filter(pk=invoice.pk), by=accountant, on=TODAY)

    refused("entry_posted_is_final", "UPDATE accounting_journalentry SET state = 'draft'")


def test_a_reconciled_entry_is_not_reset_even_with_the_setting(invoice, accountant):
    payments.register(JournalEntry.objects.filter(pk=invoice.pk), by=accountant, on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('niaga.reset', 'on', true)")

    refused(
        "entry_reset_while_reconciled",
        "UPDATE accounting_journalentry SET state = 'draft' WHERE id = %s",
        invoice.pk,
    )


@pytest.mark.parametrize(
    ("rule", "tampering"),
    [
        ("partial_is_not_changed", "UPDATE accounting_partialreconciliation SET amount = 1"),
        ("payment_made_is_final", "UPDATE accounting_payment SET amount = 1"),
        ("payment_made_is_final", "UPDATE accounting_payment SET partner_id = 1"),
        ("payment_made_is_kept", "DELETE FROM accounting_payment"),
        (
            "residual_within",
            f"{MATCH} amount, debit_amount_currency, credit_amount_currency, date FROM accounting_partialreconciliation",
        ),
        (
            "accounting_partialreconciliation_positive",
            f"{MATCH} -1, -1, -1, date FROM accounting_partialreconciliation",
        ),
    ],
)  # fmt: skip
def test_payments_and_matches_are_final(invoice, accountant, rule, tampering):
    payments.register(JournalEntry.objects.filter(pk=invoice.pk), by=accountant, on=TODAY)

    refused(rule, tampering)


def test_only_like_settles_like(invoice, draft, post):
    bill = post(draft(DESK, kind="in_invoice"))

    refused(
        "partial_joins_like_with_like",
        "INSERT INTO accounting_partialreconciliation (company_id, debit_item_id, credit_item_id, amount,"
        " debit_amount_currency, credit_amount_currency, date) VALUES (1, %s, %s, 1, 1, 1, '2026-03-10')",
        invoice.items.dues().get().pk,
        bill.items.dues().get().pk,
    )


def test_companies_do_not_mix(draft, other_company, account, journal, tax):
    entry = draft(DESK)
    line = entry.items.lines().get()

    refused(
        "item_account_of_company",
        "UPDATE accounting_journalitem SET account_id = %s WHERE id = %s",
        account("4000", other_company).pk,
        line.pk,
    )
    refused(
        "entry_journal_of_company",
        "UPDATE accounting_journalentry SET journal_id = %s WHERE id = %s",
        journal("INV", other_company).pk,
        entry.pk,
    )
    refused(
        "itemtax_tax_of_company",
        "UPDATE accounting_itemtax SET tax_id = %s WHERE item_id = %s",
        tax("Tax 10%", other_company).pk,
        line.pk,
    )
    refused(
        "repartition_account_of_company",
        "UPDATE accounting_taxrepartition SET account_id = %s",
        account("4000", other_company).pk,
    )
    refused(
        "tax_keeps_its_company",
        "UPDATE accounting_tax SET company_id = %s",
        other_company.pk,
    )


def test_payment_terms_add_up(db):
    refused(
        "term_percentages_add_up",
        "UPDATE accounting_paymenttermline SET value = 20 WHERE value = 30",
    )


def test_what_does_not_touch_the_books_may_change(invoice):
    JournalEntry.objects.filter(pk=invoice.pk).update(
        reference="PO", narration="n", is_sent=True, is_checked=True, payment_reference="x"
    )

    invoice.refresh_from_db()
    assert (invoice.reference, invoice.is_sent) == ("PO", True)
