"""The dashboard of accounting: its figures are those of the books, whoever looks sees only theirs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.models import Account, CompanyAccounting, JournalEntry
from accounting.reports.trial_balance import TrialBalanceQuestion, trial_balance
from accounting.services import payments
from accounting.tests.conftest import TODAY
from accounting.tests.test_screens_books import sold
from accounting.tests.test_screens_documents import accountant_at_work, at_work, clerk_at_work
from base.dates import today_in
from web.concerns import concerns_of

__all__ = ["accountant_at_work", "clerk_at_work", "sold"]
D = Decimal


def cards(client):
    """What each template of the dashboard was told."""
    page = client.get(reverse("accounting:home"))
    assert page.status_code == 200
    shown = [*page.context["numbers"], *page.context["cards"]]
    return {str(one.card.label): one.said for one in shown}


def balances(company, kind):
    today = today_in(company.timezone)
    first = today.replace(month=1, day=1)
    question = TrialBalanceQuestion(company_id=company.pk, first=first, last=today)
    codes = {one.pk for one in Account.objects.of_company(company.pk).filter(kind=kind)}
    rows = trial_balance(question).rows
    return sum((row.closing for row in rows if row.account_id in codes), D(0))


@pytest.fixture
def busy(sold, accountant):
    """Some invoices, a credit note, and part of an invoice paid."""
    made = [sold(amount) for amount in (1000, 250000, "1234.50")]
    sold(300, kind="out_refund")
    rows = JournalEntry.objects.filter(pk=made[1].pk)
    payments.register(rows, by=accountant, on=TODAY, amount=D(70000))
    return made


def test_what_is_owed_and_what_we_have_is_what_the_trial_balance_says(
    accountant_at_work, company, busy
):
    said = cards(accountant_at_work)
    owed = said["Customers owe us"]["outstanding"]
    assert owed.total == balances(company, Account.Kind.RECEIVABLE)
    assert sum(amount for _age, amount, _share in owed.ages) == owed.total
    assert said["We owe vendors"]["outstanding"].total == -balances(company, Account.Kind.PAYABLE)
    rows = said["Bank and cash"]["rows"]
    today = today_in(company.timezone)
    question = TrialBalanceQuestion(company_id=company.pk, first=today, last=today)
    closing = {row.account_id: row.closing for row in trial_balance(question).rows}
    assert [row["balance"] for row in rows] == [closing.get(row["account"], D(0)) for row in rows]
    assert said["Bank and cash"]["total"] == sum(row["balance"] for row in rows)


def test_the_longest_overdue_stand_first_and_open(accountant_at_work, company, busy):
    rows = cards(accountant_at_work)["Longest overdue"]["rows"]
    days = [late for _row, late in rows]
    assert days == sorted(days, reverse=True)
    assert {row.entry_id for row, _late in rows} <= {one.pk for one in busy}
    assert all(row.residual > 0 for row, _late in rows)


def test_drafts_dated_in_locked_books_are_told(accountant_at_work, company, draft):
    line = {"label": "Work", "unit_price": D(50), "taxes": []}
    entry = draft(line)
    assert (cards(accountant_at_work)["Drafts"]["sales"], entry.state) == (1, "draft")
    assert cards(accountant_at_work)["Drafts"]["locked"] == 0
    entry.refresh_from_db()
    for name, expected in (("purchase_lock_date", 0), ("sale_lock_date", 1), ("lock_date", 1)):
        CompanyAccounting.objects.filter(company=company).update(
            purchase_lock_date=None,
            sale_lock_date=None,
            lock_date=None,
        )
        CompanyAccounting.objects.filter(company=company).update(**{name: entry.date})
        found = cards(accountant_at_work)["Drafts"]
        assert (found["locked"], found["lock"]) == (expected, entry.date)
    CompanyAccounting.objects.filter(company=company).update(
        lock_date=entry.date - timedelta(days=1)
    )
    assert cards(accountant_at_work)["Drafts"]["locked"] == 0


def test_it_asks_as_often_for_a_long_history(accountant_at_work, sold):
    address = reverse("accounting:home")
    sold(1)
    accountant_at_work.get(address)
    with CaptureQueriesContext(connection) as short:
        accountant_at_work.get(address)
    for number in range(2, 9):
        sold(number)
    with CaptureQueriesContext(connection) as long:
        accountant_at_work.get(address)
    assert len(long) == len(short) <= 15


def test_whoever_works_for_another_company_sees_theirs(other_accountant, busy):
    said = cards(at_work(other_accountant))
    assert said["Customers owe us"]["outstanding"].total == 0
    assert said["Longest overdue"]["rows"] == []
    assert said["Drafts"]["sales"] == 0


def test_home_says_what_is_late_and_what_waits_and_asks_little(
    accountant_at_work, accountant, sold, draft
):
    sold(1000, days_late=40)
    sold(250, days_late=40, kind="in_invoice")
    draft({"label": "Work", "unit_price": D(50), "taxes": []})
    found = [(one.text, one.figure, one.tone) for one in concerns_of("accounting", accountant)]
    assert found == [
        ("1 customer document is overdue", "Rp\u00a01,000", "bad"),
        ("1 vendor document is due within a week", "Rp\u00a0250", "care"),
        ("1 draft waits to be posted", "", "note"),
    ]
    accountant_at_work.get(reverse("web:home"))
    with CaptureQueriesContext(connection) as asked:
        page = accountant_at_work.get(reverse("web:home")).content.decode()
    assert "1 customer document is overdue" in page
    assert len(asked) <= 8


def test_home_says_nothing_of_the_books_to_whom_they_are_closed(other_accountant, sold):
    sold(1000, days_late=40)
    assert concerns_of("accounting", other_accountant) == []
