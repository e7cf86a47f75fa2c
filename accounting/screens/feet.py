"""What stands below a document and a payment: totals, what paid what, what could pay it, what is due when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q

from accounting.models import JournalEntry, JournalItem, PartialReconciliation, Payment
from accounting.reports.payment_widget import Settlement, settlements
from base.actors import Actor
from base.policies import visible

DisplayType = JournalItem.DisplayType
SHOWN = 20


@dataclass(frozen=True)
class Credit:
    """Something of the partner that is open on the other side, and could pay a document."""

    item_id: int
    number: str
    date: date
    amount: Decimal


@dataclass(frozen=True)
class Part:
    """An item of a document that its foot tells of: a tax, or what is due on a day."""

    display_type: str
    label: str
    amount_currency: Decimal
    due_date: date | None
    residual_currency: Decimal
    account_id: int | None

    @classmethod
    def of_wire(cls, row: Mapping[str, Any]) -> "Part":
        """One of the rows that the form has read anyway."""
        return cls(
            row["display_type"] or "",
            row["name"] or "",
            row["amount_currency"],
            row["date_maturity"] or None,
            row["amount_residual_currency"],
            row["account_id"][0] if row["account_id"] else None,
        )

    @classmethod
    def of_item(cls, item: JournalItem) -> "Part":
        """An item."""
        return cls(
            item.display_type,
            item.label,
            item.amount_currency,
            item.due_date,
            item.residual_currency,
            item.account_id,
        )


class Foot:
    """The foot of one document, over its items. Nothing is asked before it is shown."""

    def __init__(self, entry: JournalEntry, items: Iterable[Part], actor: Actor) -> None:
        self.actor, self.entry = actor, entry
        self.currency = entry.currency
        worked_out = {DisplayType.TAX, DisplayType.PAYMENT_TERM}
        self._items = [item for item in items if item.display_type in worked_out]

    @property
    def is_posted(self) -> bool:
        """Whether it is in the books."""
        return self.entry.state == JournalEntry.State.POSTED

    @property
    def taxes(self) -> list[tuple[str, Decimal]]:
        """Each tax as the paper prints it."""
        found: dict[str, Decimal] = {}
        for item in self._items:
            if item.display_type == DisplayType.TAX:
                amount = -self.entry.sign * item.amount_currency
                found[item.label] = found.get(item.label, Decimal(0)) + amount
        return list(found.items())

    @property
    def dues(self) -> list[Part]:
        """The instalments, where there are several."""
        found = [item for item in self._items if item.display_type == DisplayType.PAYMENT_TERM]
        return found if len(found) > 1 else []

    @cached_property
    def settlements(self) -> list[Settlement]:
        """What paid it or was set off against it; exchange differences pay nothing. One query."""
        if not self.is_posted or self.entry.residual == self.entry.total:
            return []
        found = settlements([self.entry.pk]).get(self.entry.pk, [])
        return [one for one in found if not one.is_exchange]

    @cached_property
    def may_settle(self) -> bool:
        """Whether the actor may set things off against each other."""
        return self.actor.has_perm("accounting.reconcile_items")

    @cached_property
    def credits(self) -> list[Credit]:
        """What is open of the partner on the other side of the same accounts. One query, none for what is paid."""
        if not (self.is_posted and self.entry.residual and self.may_settle):
            return []
        is_claim = self.entry.kind in JournalEntry.CLAIMS
        accounts = {i.account_id for i in self._items if i.display_type == DisplayType.PAYMENT_TERM}
        other: dict[str, Any] = {"residual__lt": 0} if is_claim else {"residual__gt": 0}
        rows = visible(JournalItem.objects.open(), self.actor).filter(
            partner=self.entry.partner_id,
            account__in=accounts,
            company=self.entry.company_id,
            **other,
        )
        own = Q(company__currency=self.entry.currency_id)
        found = rows.filter(own | Q(currency=self.entry.currency_id)).exclude(entry=self.entry)
        return [
            Credit(pk, number, day, abs(amount if mine == self.entry.currency_id else foreign))
            for pk, number, day, amount, foreign, mine in found.order_by("date", "pk").values_list(
                "pk",
                "entry__number",
                "date",
                "residual",
                "residual_currency",
                "company__currency",
            )[:SHOWN]
        ]


@dataclass(frozen=True)
class Settled:
    """What a payment settled: an entry with how much of it, in the payment's currency."""

    entry_id: int
    number: str
    amount: Decimal


class PaymentFoot:
    """The foot of one payment."""

    def __init__(self, payment: Payment) -> None:
        self.payment = payment

    @property
    def is_booked(self) -> bool:
        """Whether it is in the books."""
        return self.payment.state in {Payment.State.IN_PROCESS, Payment.State.PAID}

    @property
    def currency(self) -> Any:
        """The payment's currency."""
        return self.payment.currency

    @property
    def own_currency(self) -> Any:
        """The currency of the books."""
        return self.payment.company.currency

    @cached_property
    def items(self) -> list[JournalItem]:
        """Its items in the books. One query."""
        rows = JournalItem.objects.of_entries([self.payment.entry_id or 0])
        return list(rows.filter(account__isnull=False).select_related("account", "partner"))

    @cached_property
    def settled(self) -> list[Settled]:
        """What it paid, each document once; exchange differences pay nothing. One query."""
        own = self.payment.entry_id
        ours = Q(debit_item__entry=own) | Q(credit_item__entry=own)
        rows = PartialReconciliation.objects.filter(ours).exclude(
            debit_amount_currency=0, credit_amount_currency=0
        )
        found = []
        for row in rows.select_related("debit_item__entry", "credit_item__entry").order_by("id"):
            is_debit = row.debit_item.entry_id == own
            other = row.credit_item.entry if is_debit else row.debit_item.entry
            amount = row.debit_amount_currency if is_debit else row.credit_amount_currency
            found.append(Settled(other.pk, other.number, amount))
        return found


def documents_of(actor: Actor, ids: list[int], item_ids: list[int]) -> list[JournalEntry]:
    """Entries by id or by their items, as far as the actor sees them. One query."""
    wanted = Q(pk__in=ids)
    if item_ids:
        wanted |= Q(pk__in=JournalItem.objects.filter(pk__in=item_ids).values("entry"))
    rows = visible(JournalEntry.objects.with_parties(), actor).filter(wanted)
    return list(rows.order_by("due_date", "pk")[:SHOWN])
