"""What can be done to the books: post, reverse, take back, cancel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from accounting.errors import (
    DateMissing,
    EmptyEntry,
    NegativeDocument,
    NotDraft,
    NotPosted,
    PartnerMissing,
    Reconciled,
    StillDraft,
    Unbalanced,
)
from accounting.models import JournalEntry, JournalItem, PartialReconciliation
from accounting.models.entry import JournalEntryQuerySet
from accounting.services import invoices
from accounting.services.drafting import check_own
from accounting.services.lines import Line, line_values, lines_of
from accounting.services.parties import given
from accounting.services.periods import Locks
from accounting.services.posting import mark_posted, set_state
from accounting.services.reconciliation import settle
from accounting.signals import entries_posted, entries_posting, entries_taken_back
from base.actors import Actor
from base.models import Partner
from base.money import ZERO
from base.verbs import verb

Kind = JournalEntry.Kind
REVERSED_KINDS = {
    Kind.ENTRY: Kind.ENTRY,
    Kind.OUT_INVOICE: Kind.OUT_REFUND,
    Kind.OUT_REFUND: Kind.OUT_INVOICE,
    Kind.IN_INVOICE: Kind.IN_REFUND,
    Kind.IN_REFUND: Kind.IN_INVOICE,
}


@verb("accounting.post_entry")
def post(entries: JournalEntryQuerySet, *, by: Actor, on: date) -> list[JournalEntry]:
    """Post drafts: number them and make them final. All are posted or none is.

    A sales document without a date is dated `on`. Numbers are taken last, in the order of date and entry, one query
    for any number of journals; an entry that has been posted before keeps its number. The same number of queries for
    one entry or a thousand.

    **Refuses with** `NotDraft`, `BelongsToPayment`, `EmptyEntry`, `PartnerMissing`, `DateMissing`, `NegativeDocument`, `Unbalanced`,
    `PeriodClosed`. **Asks** `entries_posting`, **tells** `entries_posted`.
    """
    rows = list(entries.locked().with_parties())
    for entry in rows:
        check_own(entry)
        _check_addressed(entry)
    _date_now(
        [entry for entry in rows if entry.is_document and entry.invoice_date is None], by=by, on=on
    )
    _check_amounts(rows)
    Locks.of(rows).check(rows)
    entries_posting.send(JournalEntry, entries=rows, by=by, on=on)
    _know_partners(rows)
    mark_posted(rows)
    entries_posted.send(JournalEntry, entries=rows, by=by, on=on)
    return rows


@verb("accounting.reverse_entry")
def reverse(
    entries: JournalEntryQuerySet,
    *,
    by: Actor,
    on: date,
    reason: str = "",
    journal_id: int | None = None,
    settles: bool = False,
) -> list[JournalEntry]:
    """Write the reversals of posted entries, dated `on`: credit notes of documents, mirrored plain entries.

    With `settles` they are posted and reconciled with what they reverse. **Refuses with** `NotPosted` and, when
    posting, whatever `post` refuses.
    """
    rows = list(entries.locked().with_parties().select_related("payment_term"))
    for entry in rows:
        if entry.state != JournalEntry.State.POSTED:
            raise NotPosted(record=entry)
    lines = lines_of(rows)
    values = [
        _reversal(entry, lines[entry.pk], on=on, reason=reason, journal_id=journal_id)
        for entry in rows
    ]
    reversals = invoices.draft(values, by=by, on=on)
    if settles:
        reversals = post(
            JournalEntry.objects.filter(pk__in=[entry.pk for entry in reversals]), by=by, on=on
        )
        settle(_open_pairs(rows, reversals), by=by)
    return reversals


@verb("accounting.reset_entry")
def reset_to_draft(entries: JournalEntryQuerySet, *, by: Actor) -> list[JournalEntry]:
    """Take posted or cancelled entries back to draft. They keep their numbers.

    **Refuses with** `StillDraft`, `BelongsToPayment`, `Reconciled`, `PeriodClosed`. **Tells** `entries_taken_back`.
    """
    return _take_back(entries, JournalEntry.State.DRAFT, by=by)


@verb("accounting.cancel_entry")
def cancel(entries: JournalEntryQuerySet, *, by: Actor) -> list[JournalEntry]:
    """Cancel drafts or posted entries. A number that was given stays with the cancelled entry.

    **Refuses with** `BelongsToPayment`, `Reconciled`, `PeriodClosed`. **Tells** `entries_taken_back`.
    """
    return _take_back(entries, JournalEntry.State.CANCEL, by=by)


def _take_back(entries: JournalEntryQuerySet, state: str, *, by: Actor) -> list[JournalEntry]:
    rows = list(entries.locked().with_parties())
    for entry in rows:
        if entry.state == state == JournalEntry.State.DRAFT:
            raise StillDraft(record=entry)
        check_own(entry)
    posted = [entry for entry in rows if entry.state == JournalEntry.State.POSTED]
    Locks.of(posted).check(posted)
    _check_unreconciled(posted)
    set_state([entry.pk for entry in rows], state)
    for entry in rows:
        entry.state, entry.payment_state = state, entry.PaymentState.NOT_PAID
    if posted:
        entries_taken_back.send(JournalEntry, entries=posted, by=by)
    return rows


def _check_addressed(entry: JournalEntry) -> None:
    if entry.state != JournalEntry.State.DRAFT:
        raise NotDraft(record=entry)
    if not entry.is_document:
        return
    if entry.partner_id is None:
        raise PartnerMissing(record=entry)
    if entry.invoice_date is None and not entry.is_sale:
        raise DateMissing(record=entry)
    if entry.total < ZERO:
        raise NegativeDocument(record=entry)


def _date_now(entries: Sequence[JournalEntry], *, by: Actor, on: date) -> None:
    if not entries:
        return
    lines = lines_of(entries)
    for entry in entries:
        entry.invoice_date = on
        entry.date = on if not entry.number else entry.date
        entry.due_date = (
            entry.due_date if entry.payment_term_id is None and entry.due_date else None
        )
    settled = {"payment_term_id"}
    invoices.rewrite(
        entries, [lines[entry.pk] for entry in entries], by=by, given=[settled] * len(entries)
    )


def _check_amounts(entries: Sequence[JournalEntry]) -> None:
    sums = {
        row["entry"]: row
        for row in JournalItem.objects.filter(entry__in=[entry.pk for entry in entries])
        .order_by()
        .values("entry")
        .annotate(debits=Sum("debit"), credits=Sum("credit"), amounts=Count("account"))
    }
    for entry in entries:
        row: Mapping[str, Any] = sums.get(entry.pk, {"amounts": 0})
        if not row["amounts"]:
            raise EmptyEntry(record=entry)
        if row["debits"] != row["credits"]:
            currency = entry.company.currency
            raise Unbalanced(
                record=entry,
                debit=currency.format(row["debits"]),
                credit=currency.format(row["credits"]),
            )


def _check_unreconciled(entries: Sequence[JournalEntry]) -> None:
    ids = [entry.pk for entry in entries]
    found = PartialReconciliation.objects.filter(
        Q(debit_item__entry__in=ids) | Q(credit_item__entry__in=ids)
    ).values_list("debit_item__entry_id", "credit_item__entry_id")
    matched = {pk for pair in found for pk in pair}
    for entry in entries:
        if entry.pk in matched:
            raise Reconciled(record=entry)


def _know_partners(entries: Iterable[JournalEntry]) -> None:
    """Remember who has become a customer or a vendor."""
    for kinds, rank in (
        (JournalEntry.SALES, "customer_rank"),
        (JournalEntry.PURCHASES, "supplier_rank"),
    ):
        fresh = {
            pk
            for entry in entries
            if entry.kind in kinds
            and entry.partner is not None
            and not getattr(entry.partner, rank)
            for pk in (entry.partner_id, entry.partner.commercial_partner_id)
        }
        if fresh:
            locked = Partner.objects.filter(pk__in=given(fresh), **{rank: 0}).locked().values("pk")
            Partner.objects.filter(pk__in=locked).update(**{rank: 1})


def _reversal(
    entry: JournalEntry, lines: list[Line], *, on: date, reason: str, journal_id: int | None
) -> dict[str, Any]:
    kind = REVERSED_KINDS[Kind(entry.kind)]
    return {
        "company_id": entry.company_id,
        "kind": kind,
        "journal_id": journal_id or entry.journal_id,
        "partner_id": entry.partner_id,
        "date": on,
        "invoice_date": on if entry.is_document else None,
        "due_date": on if entry.is_document else None,
        **_term(entry),
        "currency_id": entry.currency_id,
        "rate": entry.rate,
        "reference": ": ".join(filter(None, (f"{entry.number}", reason))),
        "salesperson_id": entry.salesperson_id,
        "reversed_entry_id": entry.pk,
        "lines": [line_values(_mirrored(line) if kind == Kind.ENTRY else line) for line in lines],
    }


def _term(entry: JournalEntry) -> dict[str, Any]:
    """A term that decides what is taxed goes with the document; any other says only when it fell due."""
    term = entry.payment_term
    return {"payment_term_id": term.pk} if term and term.taxed_part != 1 else {}


def _mirrored(line: Line) -> Line:
    in_currency: Decimal | None = (
        -line.amount_currency if line.amount_currency is not None else None
    )
    return replace(line, debit=line.credit, credit=line.debit, amount_currency=in_currency)


def _open_pairs(
    entries: Sequence[JournalEntry], reversals: Sequence[JournalEntry]
) -> list[list[JournalItem]]:
    """The open items of each entry and its reversal, by account."""
    origin = {entry.pk: entry.pk for entry in entries} | {
        entry.pk: entry.reversed_entry_id for entry in reversals
    }
    groups: dict[tuple[int | None, int | None], list[JournalItem]] = {}
    for item in (
        JournalItem.objects.filter(entry__in=list(origin)).open().select_related("account").locked()
    ):
        groups.setdefault((origin[item.entry_id], item.account_id), []).append(item)
    return list(groups.values())
