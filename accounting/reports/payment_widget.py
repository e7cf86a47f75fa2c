"""Which payments and credit notes settled documents, and with how much."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

QUESTION = """
SELECT i.entry_id, m.id, o.entry_id, e.number, e.reference, e.kind, j.name, p.id,
       CASE i.id WHEN m.debit_item_id THEN m.debit_amount_currency ELSE m.credit_amount_currency END,
       e.date, i.currency_id,
       EXISTS (SELECT FROM accounting_partialreconciliation x WHERE x.exchange_entry_id = o.entry_id)
  FROM accounting_journalitem i
  JOIN accounting_partialreconciliation m ON i.id IN (m.debit_item_id, m.credit_item_id)
  JOIN accounting_journalitem o ON o.id = CASE i.id WHEN m.debit_item_id THEN m.credit_item_id ELSE m.debit_item_id END
  JOIN accounting_journalentry e ON e.id = o.entry_id
  JOIN accounting_journal j ON j.id = e.journal_id
  LEFT JOIN accounting_payment p ON p.entry_id = e.id
 WHERE i.entry_id = ANY (%s) AND i.display_type = 'payment_term'
 ORDER BY e.date, m.id
"""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A match of a document: by which entry (and payment), when and how much, in the document's currency."""

    partial_id: int
    entry_id: int
    number: str
    reference: str
    kind: str
    journal: str
    payment_id: int | None
    amount: Decimal
    date: date
    currency_id: int
    is_exchange: bool = False


def settlements(ids: list[int]) -> dict[int, list[Settlement]]:
    """What settled documents, by document. One query."""
    found: dict[int, list[Settlement]] = {pk: [] for pk in ids}
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, [ids])
        for document, *row in cursor.fetchall():
            found[document].append(Settlement(*row))
    return found


def for_wire(_call: Any, ids: list[int]) -> dict[int, Any]:
    """The settlements in the shape that other programs read; false where there are none."""
    return {pk: _widget(rows) if rows else False for pk, rows in settlements(ids).items()}


def _widget(rows: list[Settlement]) -> dict[str, Any]:
    return {
        "title": "Less Payment",
        "outstanding": False,
        "content": [
            {
                "name": row.reference or row.number,
                "journal_name": row.journal,
                "company_name": False,
                "amount": float(row.amount),
                "currency_id": row.currency_id,
                "date": row.date.isoformat(),
                "partial_id": row.partial_id,
                "account_payment_id": row.payment_id or False,
                "move_id": row.entry_id,
                "is_refund": row.kind in {"out_refund", "in_refund"},
                "ref": f"{row.number} ({row.reference})" if row.reference else row.number,
                "is_exchange": row.is_exchange,
            }
            for row in rows
        ],
    }
