"""Keeping the balance table: folding deltas in, and building it anew from the items."""

from django.db import connection
from django.db.models import QuerySet

from base.actors import Actor
from base.models import Company
from base.verbs import verb

FOLD = """
WITH folded AS (DELETE FROM accounting_accountbalancedelta RETURNING company_id, account_id, period, debit, credit)
INSERT INTO accounting_accountbalance AS balance (company_id, account_id, period, debit, credit)
SELECT company_id, account_id, period, sum(debit), sum(credit) FROM folded
 GROUP BY company_id, account_id, period ORDER BY company_id, period, account_id
    ON CONFLICT (company_id, period, account_id) DO UPDATE
   SET debit = balance.debit + excluded.debit, credit = balance.credit + excluded.credit
"""
BUILD = """
INSERT INTO accounting_accountbalance (company_id, account_id, period, debit, credit)
SELECT company_id, account_id, date_part('year', date) * 100 + date_part('month', date), sum(debit), sum(credit)
  FROM accounting_journalitem
 WHERE company_id = ANY (%s) AND state = 'posted' AND account_id IS NOT NULL
 GROUP BY 1, 2, 3 ORDER BY 1, 3, 2
"""


@verb("accounting.fold_balances")
def fold(*, by: Actor) -> int:
    """Fold the deltas of all companies into the balances; answers how many balances changed. Reports see no difference."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD)
        return int(cursor.rowcount)


@verb("accounting.fold_balances")
def rebuild(companies: QuerySet[Company], *, by: Actor) -> int:
    """Build the balances of companies anew from their items; postings wait meanwhile. Answers how many there are."""
    ids = list(companies.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounting_journalentry IN SHARE ROW EXCLUSIVE MODE")
        for table in ("accounting_accountbalance", "accounting_accountbalancedelta"):
            cursor.execute(f"DELETE FROM {table} WHERE company_id = ANY (%s)", [ids])  # noqa: S608 - our own names
        cursor.execute(BUILD, [ids])
        return int(cursor.rowcount)
