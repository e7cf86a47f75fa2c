"""Settling debits with credits, and taking that back."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from accounting.errors import AccountsDiffer, NothingToReconcile
from accounting.models import FullReconciliation, JournalEntry, JournalItem, PartialReconciliation
from accounting.models.item import JournalItemQuerySet
from accounting.rules.matching import components
from accounting.services import exchange
from accounting.services.matching import exchanged, plan
from accounting.signals import documents_paid
from base import bulk
from base.actors import Actor
from base.verbs import verb

# An array, because the planner takes a recursion for large and would read all items instead of these.
CONNECTED = """
WITH RECURSIVE linked(id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT o.id FROM linked l CROSS JOIN LATERAL (
        SELECT credit_item_id AS id FROM accounting_partialreconciliation WHERE debit_item_id = l.id
        UNION ALL
        SELECT debit_item_id FROM accounting_partialreconciliation WHERE credit_item_id = l.id
    ) o
)
SELECT m.id, m.debit_item_id, m.credit_item_id, d.is_reconciled AND c.is_reconciled, m.company_id
  FROM accounting_partialreconciliation m
  JOIN accounting_journalitem d ON d.id = m.debit_item_id
  JOIN accounting_journalitem c ON c.id = m.credit_item_id
 WHERE m.debit_item_id = ANY (ARRAY(SELECT id FROM linked))
"""
MARK_ITEMS = """
UPDATE accounting_journalitem i SET full_reconciliation_id = n.full_id, matching = n.matching
  FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS n(id, full_id, matching)
 WHERE i.id = n.id AND (i.full_reconciliation_id, i.matching) IS DISTINCT FROM (n.full_id, n.matching)
"""
MARK_PARTIALS = """
UPDATE accounting_partialreconciliation m SET full_reconciliation_id = n.full_id
  FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, full_id)
 WHERE m.id = n.id AND m.full_reconciliation_id IS DISTINCT FROM n.full_id
"""


class _Match(NamedTuple):
    """One match of a connected whole."""

    id: int
    debit: int
    credit: int
    is_settled: bool
    company_id: int


@verb("accounting.reconcile_items")
def reconcile(items: JournalItemQuerySet, *, by: Actor) -> list[PartialReconciliation]:
    """Settle open debits with open credits of one account, the earliest due first, like currencies first.

    What different rates have won or lost is booked as an exchange difference, on the day of the later item or the
    first open one after it. **Refuses with** `NotPosted`, `NotReconcilable`, `AccountsDiffer`, `NothingToReconcile`,
    `NoAccount`, `NoJournal`.
    **Tells** `documents_paid`.
    """
    rows = _locked(items)
    if len({row.account_id for row in rows}) > 1:
        raise AccountsDiffer
    made = settle([rows], by=by)
    if not made:
        raise NothingToReconcile
    return made


@verb("accounting.reconcile_items")
def unreconcile(items: JournalItemQuerySet, *, by: Actor) -> int:
    """Take away every match of some items, and reverse their exchange differences; answers how many matches went."""
    ids = [row.pk for row in _locked(items)]
    return _take_away(Q(debit_item__in=ids) | Q(credit_item__in=ids))


@verb("accounting.reconcile_items")
def take_away(partials: QuerySet[PartialReconciliation], *, by: Actor) -> int:
    """Take single matches away, and reverse their exchange differences; answers how many went."""
    ids = list(partials.order_by("pk").values_list("pk", "debit_item_id", "credit_item_id"))
    _locked(JournalItem.objects.filter(pk__in={pk for row in ids for pk in row[1:]}))
    return _take_away(Q(pk__in=[row[0] for row in ids]))


def _take_away(which: Q) -> int:
    """Take matches away, with the exchange differences they made: those are reversed."""
    pairs, exchanges = _with_exchanges(which)
    touched = {
        pk
        for match in _connected({pk for pair in pairs.values() for pk in pair})
        for pk in (match.debit, match.credit)
    }
    connected = JournalItem.objects.filter(pk__in=touched)
    fulls = set(
        connected.filter(full_reconciliation__isnull=False).values_list(
            "full_reconciliation_id", flat=True
        )
    )
    connected.update(full_reconciliation=None, matching="")
    PartialReconciliation.objects.filter(pk__in=list(pairs)).delete()
    _mark(touched)
    FullReconciliation.objects.filter(pk__in=fulls).delete()
    if exchanges:
        _settle_reversals(exchange.take_back(exchanges))
    return len(pairs)


def _with_exchanges(which: Q) -> tuple[dict[int, tuple[int, int]], set[int]]:
    """The matches to take away by id, and the exchange entries among them: a match goes with its difference."""
    columns = ("pk", "debit_item_id", "credit_item_id", "exchange_entry_id")
    on_entries = ("debit_item__entry_id", "credit_item__entry_id")
    rows = list(PartialReconciliation.objects.filter(which).values_list(*columns, *on_entries))
    entries = {pk for row in rows for pk in row[3:] if pk is not None}
    owners = list(
        PartialReconciliation.objects.filter(exchange_entry__in=entries).values_list(*columns)
    )
    exchanges = {row[3] for row in owners}
    if exchanges:
        of_exchange = Q(debit_item__entry__in=exchanges) | Q(credit_item__entry__in=exchanges)
        owners += PartialReconciliation.objects.filter(of_exchange).values_list(*columns)
    return {row[0]: (row[1], row[2]) for row in (*rows, *owners)}, exchanges


def _settle_reversals(pairs: Sequence[Sequence[int]]) -> None:
    rows = JournalItem.objects.select_related("account", "entry").in_bulk(
        [pk for pair in pairs for pk in pair]
    )
    bulk.insert(plan([[rows[pk] for pk in pair] for pair in pairs]).partials)
    _mark({pk for pair in pairs for pk in pair})


def settle(groups: Sequence[Sequence[JournalItem]], *, by: Actor) -> list[PartialReconciliation]:
    """Match the items of each group, locked by the caller; books exchange differences where rates differ.

    The same number of queries for any number of groups. Answers the matches between the items given.
    """
    planned = plan(groups)
    if not planned.partials:
        return []
    before = _open_documents(planned.partials)
    bulk.insert([*planned.partials, *exchanged(planned)])
    _mark(
        {
            pk
            for partial in planned.partials
            for pk in (partial.debit_item_id, partial.credit_item_id)
        }
    )
    settled = JournalEntry.objects.filter(pk__in=before, residual=0).with_parties()
    paid = list(settled) if documents_paid.has_listeners(JournalEntry) else []
    if paid:
        documents_paid.send(JournalEntry, entries=paid, by=by)
    return planned.partials


def _locked(items: JournalItemQuerySet) -> list[JournalItem]:
    """The items, held with their entries (entries first, both in order), so that two reconcilers never wait in a circle."""
    ids = list(items.order_by("pk").values_list("pk", "entry_id"))
    list(
        JournalEntry.objects.filter(pk__in={entry for _pk, entry in ids}).locked().values_list("pk")
    )
    rows = JournalItem.objects.filter(pk__in=[pk for pk, _entry in ids])
    return list(rows.select_related("account", "entry").locked())


def _open_documents(made: Iterable[PartialReconciliation]) -> list[int]:
    if not documents_paid.has_listeners(JournalEntry):
        return []
    ids = {pk for partial in made for pk in (partial.debit_item_id, partial.credit_item_id)}
    return list(
        JournalItem.objects.filter(pk__in=ids)
        .dues()
        .order_by()
        .values_list("entry_id", flat=True)
        .distinct()
    )


def _connected(ids: Iterable[int]) -> list[_Match]:
    with connection.cursor() as cursor:
        cursor.execute(CONNECTED, [list(ids)])
        return [_Match(*row) for row in cursor.fetchall()]


def _mark(ids: Iterable[int]) -> None:
    """Tell the items of each connected whole whether it is settled: a full reconciliation, or `P` and the first match."""
    rows = _connected(ids)
    if not rows:
        return
    group_of = {
        pk: group for group in components((row.debit, row.credit) for row in rows) for pk in group
    }
    members: dict[frozenset[int], list[_Match]] = {}
    for row in rows:
        members.setdefault(group_of[row.debit], []).append(row)
    done = [
        group for group, matched in members.items() if all(match.is_settled for match in matched)
    ]
    fulls = FullReconciliation.objects.bulk_create(
        [FullReconciliation(company_id=members[group][0].company_id) for group in done]
    )
    full_of = {group: full.pk for group, full in zip(done, fulls, strict=True)}
    items, partials = [], []
    for group, matched in sorted(members.items(), key=lambda pair: min(pair[0])):
        full = full_of.get(group)
        mark = str(full) if full else f"P{min(match.id for match in matched)}"
        items += [(pk, full, mark) for pk in sorted(group)]
        partials += [(match.id, full) for match in matched]
    with connection.cursor() as cursor:
        cursor.execute(MARK_ITEMS, [list(column) for column in zip(*items, strict=True)])
        cursor.execute(MARK_PARTIALS, [list(column) for column in zip(*partials, strict=True)])
