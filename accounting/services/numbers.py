"""The numbers of entries: journal code, year and a counter without gaps, such as `INV/2026/00001`."""

from collections.abc import Sequence

from accounting.models import JournalEntry
from base import sequences


def prefix(entry: JournalEntry) -> str:
    """What stands before the counter; refunds have one of their own where the journal says so."""
    refund = "R" if _is_apart(entry) else ""
    return f"{refund}{entry.journal.code}/{entry.date.year}/"


def counter(entry: JournalEntry) -> str:
    """The key of the counter that an entry's number is taken from."""
    kind = "refund" if _is_apart(entry) else "entry"
    return f"accounting.{kind}.{entry.journal_id}.{entry.date.year}"


def take(entries: Sequence[JournalEntry]) -> dict[int, str]:
    """Numbers for entries, by id, in the order of date and id; those that have one keep it. One query."""
    given = {entry.pk: entry.number for entry in entries if entry.number}
    fresh = sorted(
        (entry for entry in entries if not entry.number), key=lambda entry: (entry.date, entry.pk)
    )
    wanted: dict[str, int] = {}
    for entry in fresh:
        wanted[counter(entry)] = wanted.get(counter(entry), 0) + 1
    taken = {key: iter(numbers) for key, numbers in sequences.take(wanted).items()}
    return given | {entry.pk: f"{prefix(entry)}{next(taken[counter(entry)]):05}" for entry in fresh}


def _is_apart(entry: JournalEntry) -> bool:
    return entry.is_refund and entry.journal.has_refund_sequence
