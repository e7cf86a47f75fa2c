"""Trial balance, ledger, and the audit of the books."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounting.models import (
    AccountBalance,
    AccountBalanceDelta,
    BooksAudit,
    BooksFinding,
    JournalEntry,
)
from accounting.reports.general_ledger import LedgerQuestion, ledger
from accounting.reports.trial_balance import TrialBalanceQuestion, trial_balance
from accounting.services import balances, books, entries, payments
from accounting.tests.conftest import TODAY
from base import jobs
from base.actors import Actor
from base.errors import AccessDenied
from base.models import Company

D = Decimal


@pytest.fixture
def history(draft, post, accountant):
    """Sales of 1,000 on the 10th of some months, the first one paid."""
    desk = {"label": "Desk", "unit_price": D(1000)}
    days = (date(2025, 11, 10), date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10))
    made = [post(draft(desk, invoice_date=day), on=day) for day in days]
    payments.register(
        JournalEntry.objects.filter(pk=made[0].pk), by=accountant, on=date(2026, 2, 5)
    )
    return made


def rows(first, last, company=1):
    table = trial_balance(TrialBalanceQuestion(company_id=company, first=first, last=last))
    assert table.sum("opening") == table.sum("closing") == 0
    assert table.sum("debit") == table.sum("credit")
    return {row.code: (row.opening, row.debit, row.credit, row.closing) for row in table.rows}


def test_trial_balance_of_whole_months(history):
    assert rows(date(2026, 2, 1), date(2026, 3, 31)) == {
        "1111": (0, 1110, 0, 1110),
        "1201": (2220, 2220, 1110, 3330),
        "2121": (-220, 0, 220, -440),
        "3999": (-1000, 0, 0, -1000),
        "4101": (-1000, 0, 2000, -3000),
    }


def test_trial_balance_of_broken_months(history):
    found = rows(date(2026, 2, 6), date(2026, 3, 9))

    assert found["1201"] == (1110, 1110, 0, 2220)
    assert found["1111"] == (1110, 0, 0, 1110)
    assert rows(date(2026, 2, 5), date(2026, 3, 10))["1111"] == (0, 1110, 0, 1110)


def test_income_begins_anew_with_the_fiscal_year(history):
    found = rows(date(2026, 1, 1), date(2026, 12, 31))

    assert found["4101"] == (0, 0, 3000, -3000)
    assert found["3999"] == (-1000, 0, 0, -1000)


def test_trial_balance_is_the_same_before_and_after_folding(history, accountant):
    before = rows(date(2026, 1, 15), date(2026, 3, 9))
    assert AccountBalanceDelta.objects.exists()

    balances.fold(by=accountant)
    assert not AccountBalanceDelta.objects.exists()
    assert rows(date(2026, 1, 15), date(2026, 3, 9)) == before

    AccountBalance.objects.all().delete()
    balances.rebuild(Company.objects.all(), by=accountant)
    assert rows(date(2026, 1, 15), date(2026, 3, 9)) == before


def test_trial_balance_follows_what_is_taken_back(history, accountant):
    balances.fold(by=accountant)
    entries.reset_to_draft(JournalEntry.objects.filter(pk=history[3].pk), by=accountant)

    assert "1201" in (found := rows(date(2026, 3, 1), date(2026, 3, 31)))
    assert found["1201"] == (2220, 0, 0, 2220)
    balances.fold(by=accountant)
    assert rows(date(2026, 3, 1), date(2026, 3, 31)) == found


def test_trial_balance_takes_three_queries(history, django_assert_num_queries):
    with django_assert_num_queries(3):
        rows(date(2026, 1, 15), date(2026, 3, 9))


def test_companies_see_their_own_books_only(history, other_company):
    assert rows(date(2026, 1, 1), date(2026, 12, 31), other_company.pk) == {}


def test_ledger_shows_every_item_with_the_balance_after_it(history, account, accountant):
    question = LedgerQuestion(
        company_id=1, account_id=account("1201").pk, first=date(2026, 2, 1), last=date(2026, 3, 31)
    )

    found = ledger(question)

    assert (found.opening, found.closing, found.count) == (2220, 3330, 3)
    assert [(row.number, row.debit, row.credit, row.balance) for row in found.rows] == [
        ("BNK1/2026/00001", 0, 1110, 1110),
        ("INV/2026/00002", 1110, 0, 2220),
        ("INV/2026/00003", 1110, 0, 3330),
    ]


def test_ledger_shows_a_part(history, account, customer):
    question = LedgerQuestion(
        company_id=1,
        account_id=account("1201").pk,
        first=date(2026, 2, 1),
        last=date(2026, 3, 31),
        partner_id=customer.pk,
        at_most=1,
        skip=1,
    )

    found = ledger(question)

    assert [row.balance for row in found.rows] == [2220]
    assert (found.opening, found.closing, found.count) == (2220, 3330, 3)


def audit(by):
    [company] = Company.objects.filter(pk=1)
    [found] = books.audit(Company.objects.filter(pk=company.pk), by=by, on=TODAY)
    return found


def test_audit_finds_sound_books_sound(history, accountant):
    found = audit(accountant)

    assert (found.is_sound, found.entry_count, found.item_count) == (True, 5, 14)
    assert not found.findings.exists()


@pytest.mark.parametrize(
    ("rule", "damage"),
    [
        (
            "balanced",
            "UPDATE accounting_journalitem SET debit = debit + 1 WHERE debit > 0 AND date = '2026-01-10'",
        ),
        ("balances", "UPDATE accounting_accountbalancedelta SET debit = debit + 1 WHERE debit > 0"),
        (
            "residuals",
            "UPDATE accounting_journalitem SET residual = residual - 1 WHERE residual > 0",
        ),
        (
            "numbers",
            "UPDATE accounting_journalentry SET number = 'INV/2026/00009' WHERE number = 'INV/2026/00002'",
        ),
        (
            "subledger",
            "UPDATE accounting_journalentry SET residual = residual - 1 WHERE residual > 0",
        ),
    ],
)
def test_audit_finds_what_somebody_damaged_behind_the_law(history, accountant, rule, damage):
    tables = ("accounting_journalitem", "accounting_journalentry")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(damage)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    found = audit(accountant)

    assert not found.is_sound
    assert rule in set(found.findings.values_list("rule", flat=True))


def test_audit_needs_the_right(history, clerk):
    with pytest.raises(AccessDenied):
        audit(clerk)
    assert not BooksAudit.objects.exists()


def test_the_nightly_job_audits_every_company_with_books(history, other_company):
    from accounting import tasks

    assert tasks.audit_books(by=Actor.system()) == {"audited": 2, "unsound": []}
    assert BooksAudit.objects.count() == 2
    assert not BooksFinding.objects.exists()
    assert {"accounting.audit_books", "accounting.fold_balances"} <= jobs.known()
    assert tasks.fold_balances(by=Actor.system())["balances"] > 0
