"""Exchange differences: what the rates of two items that settle each other have won or lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounting.errors import NoAccount, NoJournal
from accounting.models import CompanyAccounting, JournalEntry, JournalItem
from accounting.services import documents
from accounting.services.documents import WrittenItem, set_balance
from accounting.services.periods import Locks
from accounting.services.posting import mark_posted
from base.money import ZERO


@dataclass(frozen=True, slots=True)
class Difference:
    """What is left of an item in the company's currency alone: positive is a debit left over, and so a loss."""

    item: JournalItem
    amount: Decimal
    date: date


def book(differences: Sequence[Difference]) -> list[tuple[JournalEntry, int]]:
    """Post one entry for each difference; answers it with its item that settles what is left over.

    Dated as the later of the two items, or the first open day after it (IAS 21.28, PSAK 221: recognised when settled).
    The same number of queries for any number of them. Refuses with `NoJournal`, `NoAccount`.
    """
    companies = {difference.item.company_id for difference in differences}
    found = CompanyAccounting.objects.filter(company__in=companies)
    settings = {
        row.company_id: row for row in found.select_related("company__currency", "exchange_journal")
    }
    entries, written = [], []
    for difference in differences:
        entry = _entry(difference, settings[difference.item.company_id])
        entries.append(entry)
        written.append(_items(entry, difference, settings[difference.item.company_id]))
    _post(entries, [row for rows in written for row in rows])
    return [(entry, rows[0].item.pk) for entry, rows in zip(entries, written, strict=True)]


def take_back(ids: Collection[int]) -> list[list[int]]:
    """Post the reversals of exchange entries; answers the pairs of items that settle each other, by id."""
    entries = list(JournalEntry.objects.filter(pk__in=ids).locked().with_parties())
    lines: dict[int, list[JournalItem]] = {entry.pk: [] for entry in entries}
    for item in JournalItem.objects.of_entries([entry.pk for entry in entries]).select_related(
        "account"
    ):
        lines[item.entry_id].append(item)
    reversals, written, pairs = [], [], []
    for entry in entries:
        reversal = JournalEntry(
            company_id=entry.company_id,
            journal=entry.journal,
            date=entry.date,
            partner_id=entry.partner_id,
            currency_id=entry.currency_id,
            reference=_("Reversal of %(number)s") % {"number": entry.number},
            total=entry.total,
            reversed_entry=entry,
        )
        mirrored = [_mirror(reversal, item) for item in lines[entry.pk]]
        reversals.append(reversal)
        written += mirrored
        pairs += [
            (item, mirror.item)
            for item, mirror in zip(lines[entry.pk], mirrored, strict=True)
            if item.account is not None and item.account.is_reconcilable
        ]
    _post(reversals, written)
    return [[item.pk, mirror.pk] for item, mirror in pairs]


def _entry(difference: Difference, settings: CompanyAccounting) -> JournalEntry:
    if settings.exchange_journal is None:
        raise NoJournal(company=settings.company)
    return JournalEntry(
        company_id=settings.company_id,
        journal=settings.exchange_journal,
        date=difference.date,
        partner_id=difference.item.partner_id,
        currency_id=settings.company.currency_id,
        reference=_label(difference),
        total=abs(difference.amount),
    )


def _items(
    entry: JournalEntry, difference: Difference, settings: CompanyAccounting
) -> list[WrittenItem]:
    is_loss = difference.amount > ZERO
    result = settings.exchange_loss_account_id if is_loss else settings.exchange_gain_account_id
    if result is None:
        raise NoAccount(purpose=_("exchange differences"), company=settings.company)
    item, label = difference.item, _label(difference)
    of_item = JournalItem(
        entry=entry,
        account_id=item.account_id,
        partner_id=item.partner_id,
        label=label,
        currency_id=item.currency_id,
        due_date=entry.date,
    )
    set_balance(of_item, -difference.amount)
    counterpart = JournalItem(
        entry=entry,
        account_id=result,
        partner_id=item.partner_id,
        label=label,
        currency_id=settings.company.currency_id,
        amount_currency=difference.amount,
    )
    set_balance(counterpart, difference.amount)
    return [WrittenItem(of_item), WrittenItem(counterpart)]


def _label(difference: Difference) -> str:
    return _("Exchange difference on %(number)s") % {"number": difference.item.entry.number}


def _mirror(entry: JournalEntry, item: JournalItem) -> WrittenItem:
    mirror = JournalItem(
        entry=entry,
        account_id=item.account_id,
        partner_id=item.partner_id,
        label=item.label,
        currency_id=item.currency_id,
        amount_currency=-item.amount_currency,
        due_date=item.due_date,
    )
    set_balance(mirror, -item.balance)
    return WrittenItem(mirror)


def _post(entries: Sequence[JournalEntry], written: Sequence[WrittenItem]) -> None:
    locks = Locks.of(entries)
    for entry in entries:
        entry.date = locks.first_open_day(entry)
    documents.write(entries, written)
    mark_posted(entries)
