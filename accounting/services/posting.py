"""The last step of posting and of taking back, for verbs that have checked what they do."""

from collections.abc import Sequence

from django.db import connection

from accounting.models import JournalEntry
from accounting.services import numbers
from base.money import ZERO

MARK_POSTED = """
UPDATE accounting_journalentry e
   SET state = 'posted', was_posted = true, number = n.number,
       payment_reference = CASE WHEN e.payment_reference = '' AND e.kind = 'out_invoice' THEN n.number
                                ELSE e.payment_reference END,
       payment_state = CASE WHEN e.kind <> 'entry' AND e.total = 0 THEN 'paid' ELSE 'not_paid' END
  FROM unnest(%s::bigint[], %s::text[]) AS n(id, number)
 WHERE e.id = n.id
"""


def mark_posted(rows: Sequence[JournalEntry]) -> None:
    """Number entries that have been checked and make them final. Two queries; for verbs that make entries themselves."""
    given = numbers.take(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            MARK_POSTED, [[entry.pk for entry in rows], [given[entry.pk] for entry in rows]]
        )
    for entry in rows:
        entry.number, entry.state, entry.was_posted = (
            given[entry.pk],
            JournalEntry.State.POSTED,
            True,
        )
        if entry.kind == JournalEntry.Kind.OUT_INVOICE and not entry.payment_reference:
            entry.payment_reference = entry.number
        paid = entry.is_document and entry.total == ZERO
        entry.payment_state = entry.PaymentState.PAID if paid else entry.PaymentState.NOT_PAID


def set_state(ids: Sequence[int], state: str) -> None:
    """Take entries out of the posted state, telling the database that it is meant. Three queries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('niaga.reset', 'on', true)")
        JournalEntry.objects.filter(pk__in=ids).update(
            state=state, payment_state=JournalEntry.PaymentState.NOT_PAID
        )
        cursor.execute("SELECT set_config('niaga.reset', 'off', true)")
