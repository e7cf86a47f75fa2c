"""Auditing the books against their own rules, whatever the database has already refused."""

import time
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from accounting.models import BooksAudit, BooksFinding, JournalEntry, JournalItem
from base.actors import Actor
from base.models import Company
from base.verbs import verb

AT_MOST = 100
Rule = BooksFinding.Rule

# Each question answers (where, expected, found) for what is wrong in the books of company %(company)s.
QUESTIONS = {
    Rule.BALANCED: """
        SELECT e.number, sum(i.debit)::text, sum(i.credit)::text
          FROM accounting_journalentry e JOIN accounting_journalitem i ON i.entry_id = e.id
         WHERE e.company_id = %(company)s AND e.state = 'posted'
         GROUP BY e.id HAVING sum(i.debit) <> sum(i.credit)
    """,
    Rule.BALANCES: """
        SELECT a.code || ' ' || coalesce(x.period, y.period), coalesce(y.amount, 0)::text, coalesce(x.amount, 0)::text
          FROM (
              SELECT account_id, period, sum(debit - credit) AS amount, sum(debit) AS debit FROM (
                  SELECT account_id, period, debit, credit FROM accounting_accountbalance
                   WHERE company_id = %(company)s
                  UNION ALL
                  SELECT account_id, period, debit, credit FROM accounting_accountbalancedelta
                   WHERE company_id = %(company)s
              ) b GROUP BY account_id, period
          ) x FULL JOIN (
              SELECT account_id, (date_part('year', date) * 100 + date_part('month', date))::int AS period,
                     sum(debit - credit) AS amount, sum(debit) AS debit
                FROM accounting_journalitem
               WHERE company_id = %(company)s AND state = 'posted' AND account_id IS NOT NULL GROUP BY 1, 2
          ) y USING (account_id, period) JOIN accounting_account a ON a.id = account_id
         WHERE (coalesce(x.amount, 0), coalesce(x.debit, 0)) IS DISTINCT FROM (coalesce(y.amount, 0), coalesce(y.debit, 0))
    """,
    Rule.RESIDUALS: """
        SELECT e.number || ' ' || a.code,
               (i.balance - coalesce(m.amount, 0)) || ' / ' || (i.amount_currency - coalesce(m.in_currency, 0)),
               i.residual || ' / ' || i.residual_currency
          FROM accounting_journalitem i
          JOIN accounting_account a ON a.id = i.account_id AND a.is_reconcilable
          JOIN accounting_journalentry e ON e.id = i.entry_id
          LEFT JOIN (
              SELECT item_id, sum(amount) AS amount, sum(in_currency) AS in_currency FROM (
                  SELECT debit_item_id AS item_id, amount, debit_amount_currency AS in_currency
                    FROM accounting_partialreconciliation WHERE company_id = %(company)s
                  UNION ALL
                  SELECT credit_item_id, -amount, -credit_amount_currency
                    FROM accounting_partialreconciliation WHERE company_id = %(company)s
              ) p GROUP BY item_id
          ) m ON m.item_id = i.id
         WHERE i.company_id = %(company)s AND i.state = 'posted' AND (i.residual, i.residual_currency)
               IS DISTINCT FROM (i.balance - coalesce(m.amount, 0), i.amount_currency - coalesce(m.in_currency, 0))
    """,
    Rule.NUMBERS: """
        SELECT prefix, max(counter)::text, count(*)::text FROM (
            SELECT regexp_replace(number, '[0-9]+$', '') AS prefix, substring(number FROM '[0-9]+$')::int AS counter,
                   journal_id
              FROM accounting_journalentry WHERE company_id = %(company)s AND number <> ''
        ) n GROUP BY journal_id, prefix HAVING max(counter) <> count(*) OR min(counter) <> 1
    """,
    Rule.SUBLEDGER: """
        SELECT e.number, e.residual::text, abs(sum(i.residual_currency))::text
          FROM accounting_journalentry e
          JOIN accounting_journalitem i ON i.entry_id = e.id AND i.display_type = 'payment_term'
         WHERE e.company_id = %(company)s AND e.state = 'posted' AND e.kind <> 'entry'
         GROUP BY e.id HAVING e.residual <> abs(sum(i.residual_currency))
    """,
}


@verb("accounting.audit_books")
def audit(companies: QuerySet[Company], *, by: Actor, on: date) -> list[BooksAudit]:
    """Examine the books of companies and write down what was found, also when all is sound."""
    return [_audit(company, on) for company in companies.order_by("pk")]


def _audit(company: Company, on: date) -> BooksAudit:
    begun = time.monotonic()
    found = [
        BooksFinding(rule=rule, subject=subject[:120], expected=expected[:80], found=seen[:80])
        for rule, question in QUESTIONS.items()
        for subject, expected, seen in _ask(question, company)
    ]
    audited = BooksAudit.objects.create(
        company=company,
        date=on,
        is_sound=not found,
        entry_count=JournalEntry.objects.posted().filter(company=company).count(),
        item_count=JournalItem.objects.posted().filter(company=company).count(),
        seconds=Decimal(str(round(time.monotonic() - begun, 3))),
    )
    for finding in found:
        finding.audit = audited
    BooksFinding.objects.bulk_create(found)
    return audited


def _ask(question: str, company: Company) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{question} LIMIT {AT_MOST}", {"company": company.pk})
        return [
            (str(where), str(expected), str(seen)) for where, expected, seen in cursor.fetchall()
        ]
