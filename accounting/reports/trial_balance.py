"""The trial balance: what each account began with, what moved, and what it ended with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from accounting.models import Account, CompanyAccounting
from base.money import ZERO

# Balances before each of some days: whole months from the balance table and its deltas, the days of a broken month
# from the items. Never walks through history.
CUMULATED = """
WITH months AS (
    SELECT account_id, period, debit, credit FROM accounting_accountbalance WHERE company_id = %(company)s
    UNION ALL
    SELECT account_id, period, debit, credit FROM accounting_accountbalancedelta WHERE company_id = %(company)s
), days AS (
    SELECT place, day, date_trunc('month', day)::date AS first,
           (date_part('year', day) * 100 + date_part('month', day))::int AS period
      FROM unnest(%(days)s::date[]) WITH ORDINALITY AS d(day, place)
)
SELECT account_id, place, sum(debit), sum(credit) FROM (
    SELECT m.account_id, d.place, m.debit, m.credit FROM days d JOIN months m ON m.period < d.period
    UNION ALL
    SELECT i.account_id, d.place, i.debit, i.credit
      FROM days d JOIN accounting_journalitem i
        ON i.company_id = %(company)s AND i.date >= d.first AND i.date < d.day
     WHERE d.day > d.first AND i.state = 'posted' AND i.account_id IS NOT NULL
) x GROUP BY account_id, place
"""


@dataclass(frozen=True, kw_only=True)
class TrialBalanceQuestion:
    """Which company's books, from which day to which, both included."""

    company_id: int
    first: date
    last: date
    with_zero: bool = False


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """One account. Opening and closing are debits less credits; income and expenses begin anew with the fiscal year."""

    account_id: int
    code: str
    name: str
    kind: str
    opening: Decimal
    debit: Decimal
    credit: Decimal

    @property
    def closing(self) -> Decimal:
        """What the account ended with."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The rows by account code, and their sums."""

    rows: tuple[TrialBalanceRow, ...]

    def sum(self, name: str) -> Decimal:
        """The sum of a column: `opening`, `debit`, `credit`, `closing`."""
        return sum((getattr(row, name) for row in self.rows), ZERO)


def trial_balance(question: TrialBalanceQuestion) -> TrialBalance:
    """Answer with one row for each account that has anything. Three queries, whatever the length of history."""
    settings = CompanyAccounting.objects.filter(company=question.company_id).first()
    year = (
        settings.fiscal_year_start(question.first)
        if settings
        else question.first.replace(month=1, day=1)
    )
    before_year, before, until = cumulated(
        question.company_id, (year, question.first, question.last + timedelta(days=1))
    )
    accounts = Account.objects.of_company(question.company_id).order_by("code", "pk")
    earnings = settings.earnings_account_id if settings else None
    earlier = sum(
        (_net(before_year, account.pk) for account in accounts if account.is_of_year), ZERO
    )
    rows = []
    for account in accounts:
        opening = _net(before, account.pk)
        if account.is_of_year:
            opening -= _net(before_year, account.pk)
        elif account.pk == earnings:
            opening += earlier
        (debit_before, credit_before), (debit, credit) = (
            found.get(account.pk, (ZERO, ZERO)) for found in (before, until)
        )
        row = TrialBalanceRow(
            account.pk,
            account.code,
            account.name,
            account.kind,
            opening,
            debit - debit_before,
            credit - credit_before,
        )
        if question.with_zero or row.opening or row.debit or row.credit:
            rows.append(row)
    return TrialBalance(tuple(rows))


def cumulated(company_id: int, days: Iterable[date]) -> list[dict[int, tuple[Decimal, Decimal]]]:
    """Debits and credits of each account before each of some days. One query."""
    wanted = list(days)
    found: list[dict[int, tuple[Decimal, Decimal]]] = [{} for _day in wanted]
    with connection.cursor() as cursor:
        cursor.execute(CUMULATED, {"company": company_id, "days": wanted})
        for account_id, place, debit, credit in cursor.fetchall():
            found[place - 1][account_id] = (debit, credit)
    return found


def _net(found: dict[int, tuple[Decimal, Decimal]], account_id: int) -> Decimal:
    debit, credit = found.get(account_id, (ZERO, ZERO))
    return debit - credit
