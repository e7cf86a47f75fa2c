"""What stands on a journal voucher: the entry as it is booked, and who answers for it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from accounting.models import JournalEntry, JournalItem
from accounting.reports.letterhead import Content, Letterhead, plain
from base.money import ZERO


class VoucherText(Letterhead):
    """The texts of one journal entry, in the company's language unless another is said."""

    def __init__(
        self, entry: JournalEntry, items: Sequence[JournalItem], language: str = ""
    ) -> None:
        self.entry, self.items = entry, items
        company = entry.company
        super().__init__(company, None, company.currency, language or company.language)
        self.places = company.currency.places_shown(*(item.debit + item.credit for item in items))

    def content(self) -> Content:
        """What stands on it."""
        entry = self.entry
        debit = sum((item.debit for item in self.items), ZERO)
        return {
            "layout": "voucher",
            "title": _("Journal voucher"),
            "number": entry.number or _("Draft"),
            "stamp": {"draft": _("Draft"), "cancel": _("Cancelled")}.get(entry.state, ""),
            "facts": self._facts(),
            "heads": [_("Account"), _("Description"), _("Debit"), _("Credit")],
            "lines": [self._line(item) for item in self.items],
            "sums": ["", _("Total"), self.money(debit), self.money(debit)],
            "words": self.words(debit),
            "narration": plain(entry.narration),
            "signatures": [_("Prepared by"), _("Checked by"), _("Approved by")],
            "labels": {"to": "", "words": _("In words")},
        }

    def _facts(self) -> list[list[str]]:
        entry = self.entry
        facts = [[_("Date"), self.day(entry.date)], [_("Journal"), str(entry.journal)]]
        if entry.reference:
            facts.append([_("Reference"), entry.reference])
        return facts

    def _line(self, item: JournalItem) -> list[str]:
        account = item.account
        return [
            f"{account.code} {account.name}" if account else "",
            "\n".join(filter(None, (item.label, str(item.partner.name) if item.partner else ""))),
            self._figure(item.debit),
            self._figure(item.credit),
        ]

    def _figure(self, amount: Decimal) -> str:
        return self.number(amount, self.places) if amount else ""


def read(entries: Sequence[JournalEntry]) -> dict[int, tuple[JournalEntry, list[JournalItem]]]:
    """Entries with their items, by id. Two queries for any number."""
    ids = [entry.pk for entry in entries]
    rows = JournalEntry.objects.filter(pk__in=ids).select_related(
        "company__partner__state", "company__partner__country", "company__logo",
        "company__currency", "journal",
    )  # fmt: skip
    found: dict[int, tuple[JournalEntry, list[JournalItem]]] = {row.pk: (row, []) for row in rows}
    items = JournalItem.objects.of_entries(ids).filter(account__isnull=False)
    for item in items.select_related("account", "partner"):
        found[item.entry_id][1].append(item)
    return found
