"""What the database refuses by itself about what stands around entries: payments, settings, periods, companies."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from accounting.errors import BelongsToPayment
from accounting.models import CompanyAccounting, FiscalPeriod, JournalEntry, PaymentTerm, Tax
from accounting.services import entries, payments
from accounting.tests.conftest import TODAY
from accounting.tests.test_law import DESK, refused
from base.models import Currency, Partner

D = Decimal
POST = (
    "UPDATE accounting_journalentry SET state = 'posted', number = 'INV/2026/00002' WHERE id = %s"
)


@pytest.fixture
def payment(invoice, accountant):
    [made] = payments.register(JournalEntry.objects.filter(pk=invoice.pk), by=accountant, on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return made


@pytest.mark.parametrize("state", ["draft", "canceled"])
def test_a_payment_does_not_leave_its_entry_behind(payment, state):
    refused(
        "payment_and_entry_agree",
        "UPDATE accounting_payment SET state = %s WHERE id = %s",
        state,
        payment.pk,
    )


def test_an_entry_does_not_leave_its_payment_behind(payment, accountant):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounting_partialreconciliation")
        cursor.execute("SELECT set_config('niaga.reset', 'on', true)")

    refused(
        "entry_and_payment_agree",
        "UPDATE accounting_journalentry SET state = 'draft' WHERE id = %s",
        payment.entry_id,
    )


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("entry_document_adds_up", "total = 5"),
        ("entry_document_adds_up", "tax = 100, untaxed = 1010"),
        ("entry_document_adds_up", "currency_id = (SELECT id FROM base_currency WHERE code = 'USD')"),
    ],
)  # fmt: skip
def test_a_document_is_posted_with_the_totals_of_its_lines(draft, rule, change):
    entry = draft(DESK)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounting_journalentry SET {change} WHERE id = %s", [entry.pk])

    refused(rule, POST, entry.pk)


def test_an_amount_in_the_own_currency_is_the_same_in_both_columns(draft):
    entry = draft(DESK)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounting_journalitem SET amount_currency = amount_currency * 2")

    refused("item_amount_in_own_currency", POST, entry.pk)


def test_what_is_open_at_posting_is_the_whole_document(draft):
    entry = draft(DESK)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounting_journalentry SET residual = 0, payment_state = 'paid',"
            " state = 'posted', number = 'INV/2026/00001' WHERE id = %s",
            [entry.pk],
        )

    entry.refresh_from_db()
    assert (entry.payment_state, entry.residual) == ("not_paid", 1110)


@pytest.fixture
def closed_period(company):
    return FiscalPeriod.objects.create(
        company=company,
        name="March",
        days=DateRange(date(2026, 3, 1), date(2026, 4, 1)),
        closed_at=datetime(2026, 4, 3, tzinfo=UTC),
    )


def test_a_closed_period_keeps_its_days(closed_period):
    refused(
        "period_closed_is_kept",
        "UPDATE accounting_fiscalperiod SET days = '[2030-01-01,2030-02-01)'",
    )


def test_a_closed_period_is_not_deleted(closed_period):
    refused("period_closed_is_not_deleted", "DELETE FROM accounting_fiscalperiod")


def test_settings_stay_with_the_books(invoice, other_company):
    CompanyAccounting.objects.filter(company=1).update(hard_lock_date=date(2025, 12, 31))

    refused(
        "settings_stay_with_books", "DELETE FROM accounting_companyaccounting WHERE company_id = 1"
    )


@pytest.mark.parametrize("tax", [[], None])
def test_the_tax_lock_holds_for_whatever_a_return_counts(draft, company, tax, account):
    zero = draft({"label": "Export", "unit_price": D(1000), "taxes": _zero_rated(tax)})
    CompanyAccounting.objects.filter(company=company).update(tax_lock_date=TODAY)

    if tax is None:
        refused("entry_outside_locked_books", POST, zero.pk)
    else:
        with connection.cursor() as cursor:
            cursor.execute(POST, [zero.pk])


def _zero_rated(tax):
    return tax if tax is not None else [Tax.objects.get(company=1, name_en="PPN 0% (export)").pk]


def test_partners_and_terms_of_other_companies_are_refused(draft, other_company):
    entry = draft(DESK)
    stranger = Partner.objects.create(name="Jauh", company=other_company)
    term = PaymentTerm.objects.create(name="Theirs", company=other_company)

    for column in ("partner_id", "delivery_partner_id"):
        refused(
            "entry_partner_of_company",
            f"UPDATE accounting_journalentry SET {column} = %s WHERE id = %s",
            stranger.pk,
            entry.pk,
        )
    refused(
        "item_partner_of_company",
        "UPDATE accounting_journalitem SET partner_id = %s WHERE entry_id = %s",
        stranger.pk,
        entry.pk,
    )
    refused(
        "entry_term_of_company",
        "UPDATE accounting_journalentry SET payment_term_id = %s WHERE id = %s",
        term.pk,
        entry.pk,
    )


def test_an_account_takes_its_own_currency_only(draft, account):
    entry = draft(DESK)
    bank = account("1111")
    bank.currency = Currency.objects.get(code="USD")
    bank.save()

    refused(
        "item_currency_of_account",
        "UPDATE accounting_journalitem SET account_id = %s WHERE entry_id = %s",
        bank.pk,
        entry.pk,
    )


def test_an_account_in_use_takes_no_other_currency(invoice, account):
    refused(
        "account_currency_fits_its_items",
        "UPDATE accounting_account SET currency_id = (SELECT id FROM base_currency WHERE code = 'USD')"
        " WHERE id = %s",
        account("1201").pk,
    )


def test_a_discount_takes_off_all_at_most(draft):
    refused(
        "accounting_journalitem_discount_is_a_part",
        "UPDATE accounting_journalitem SET discount = 150 WHERE entry_id = %s",
        draft(DESK).pk,
    )


@pytest.mark.parametrize(
    ("noun", "table"),
    [
        ("entry", "journalentry"),
        ("item", "journalitem"),
        ("partial", "partialreconciliation"),
    ],
)
def test_books_are_never_emptied_as_a_whole(invoice, noun, table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    refused(f"{noun}_table_is_kept|table_is_kept", f"TRUNCATE accounting_{table} CASCADE")


def test_a_company_keeps_its_currency_once_it_keeps_books(invoice, other_company):
    refused(
        "company_keeps_its_currency",
        "UPDATE base_company SET currency_id = (SELECT id FROM base_currency WHERE code = 'USD') WHERE id = 1",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE base_company SET currency_id = (SELECT id FROM base_currency WHERE code = 'USD')"
            " WHERE id = %s",
            [other_company.pk],
        )


def test_a_currency_of_books_keeps_its_decimals(invoice):
    refused(
        "currency_keeps_its_decimals",
        "UPDATE base_currency SET decimal_places = 2 WHERE code = 'IDR'",
    )


def test_a_partner_in_books_does_not_move_to_another_company(invoice, other_company):
    refused(
        "partner_stays_with_its_books",
        "UPDATE base_partner SET company_id = %s WHERE id = %s",
        other_company.pk,
        invoice.partner_id,
    )


def test_a_match_in_the_own_currency_is_the_same_in_all_columns(invoice, draft, post, account):
    receipt = post(
        draft(
            {"account_id": account("1111").pk, "debit": D(100)},
            {"account_id": account("1201").pk, "credit": D(100)},
            kind="entry",
        )
    )

    refused(
        "partial_joins_like_with_like",
        "INSERT INTO accounting_partialreconciliation (company_id, debit_item_id, credit_item_id, amount,"
        " debit_amount_currency, credit_amount_currency, date) VALUES (1, %s, %s, 100, 1, 100, '2026-03-10')",
        invoice.items.dues().get().pk,
        receipt.items.get(account__code="1201").pk,
    )


def test_the_verbs_keep_payments_and_their_entries_together(payment, accountant):
    payments.reset_to_draft(type(payment).objects.filter(pk=payment.pk), by=accountant)
    own = JournalEntry.objects.filter(pk=payment.entry_id)

    with pytest.raises(BelongsToPayment):
        entries.post(own, by=accountant, on=TODAY)
    with pytest.raises(BelongsToPayment):
        entries.cancel(own, by=accountant)
    payments.post(type(payment).objects.filter(pk=payment.pk), by=accountant)
    with pytest.raises(BelongsToPayment):
        entries.reset_to_draft(own, by=accountant)
