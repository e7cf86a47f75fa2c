"""The page of one document: its lines, its totals, how it was paid, what can be done with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from accounting.models import ItemTax, JournalEntry, JournalItem, PartialReconciliation, Payment
from accounting.screens import company as companies
from accounting.screens.badges import badge
from accounting.screens.documents import BILLS, SALES
from accounting.screens.entries import mark_menu, possible
from base.actors import Actor
from base.money import ZERO
from web.pages import PageRequest, Told, one, page
from web.views import talk

State = JournalEntry.State
DisplayType = JournalItem.DisplayType


@dataclass(frozen=True)
class Settlement:
    """Part of a document that was paid or set off: by what, when, how much."""

    entry: JournalEntry
    payment: Payment | None
    date: date
    amount: Decimal


@page("accounting.view_journalentry")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a document."""
    return page_of(request, pk, Told())


def page_of(request: PageRequest, pk: int, refusal: Told) -> HttpResponse:
    """The page of a document, with what was refused when there was something to do."""
    entry = document(request.actor, pk)
    mark_menu(request, entry)
    items = list(JournalItem.objects.of_entries([pk]).select_related("unit", "account"))
    context = {
        "entry": entry,
        "badge": badge(entry, companies.today(entry.company)),
        "side": SALES if entry.is_sale else BILLS,
        "lines": _with_taxes(
            pk, [item for item in items if item.display_type in JournalItem.LINES]
        ),
        "taxes": tax_totals(entry, items),
        "dues": [item for item in items if item.display_type == DisplayType.PAYMENT_TERM],
        "items": [item for item in items if item.account_id],
        "settlements": settlements(entry),
        "reversals": list(entry.reversals.order_by("id")),
        "may": _possible(entry, request.actor),
        "refusal": refusal,
        **talk.context(request, entry),
    }
    return render(request, "accounting/documents/page.html", context, status=refusal.status)


def document(actor: Actor, pk: int) -> JournalEntry:
    """A document that the actor may see, with its parties. One query. Refuses with `Missing`."""
    rows = JournalEntry.objects.documents().with_parties()
    rows = rows.select_related("payment_term", "salesperson__partner", "reversed_entry")
    entry: JournalEntry = one(rows, actor, pk)
    return entry


def tax_totals(entry: JournalEntry, items: list[JournalItem]) -> list[tuple[str, Decimal]]:
    """Each tax as a document prints it: its label and what it comes to, in the document's currency."""
    found: dict[str, Decimal] = {}
    for item in items:
        if item.display_type == DisplayType.TAX:
            found[item.label] = found.get(item.label, ZERO) - entry.sign * item.amount_currency
    return list(found.items())


def settlements(entry: JournalEntry) -> list[Settlement]:
    """What paid a document or was set off against it, oldest first; exchange differences pay nothing. One query."""
    of_debit = Q(debit_item__entry=entry, debit_item__display_type=DisplayType.PAYMENT_TERM)
    of_credit = Q(credit_item__entry=entry, credit_item__display_type=DisplayType.PAYMENT_TERM)
    rows = PartialReconciliation.objects.filter(of_debit | of_credit).exclude(
        debit_amount_currency=0, credit_amount_currency=0
    )
    rows = rows.select_related(
        "debit_item__entry__payment__journal", "credit_item__entry__payment__journal"
    )
    return [_settlement(entry, row) for row in rows.order_by("date", "id")]


def _settlement(entry: JournalEntry, row: PartialReconciliation) -> Settlement:
    ours_is_debit = row.debit_item.entry_id == entry.pk
    other = row.credit_item.entry if ours_is_debit else row.debit_item.entry
    amount = row.debit_amount_currency if ours_is_debit else row.credit_amount_currency
    return Settlement(other, getattr(other, "payment", None), other.date, amount)


def _with_taxes(pk: int, lines: list[JournalItem]) -> list[dict[str, Any]]:
    names: dict[int, list[str]] = {}
    for link in ItemTax.objects.filter(item__entry=pk).select_related("tax").order_by("id"):
        names.setdefault(link.item_id, []).append(str(link.tax))
    return [{"item": line, "taxes": names.get(line.pk, [])} for line in lines]


def _possible(entry: JournalEntry, actor: Actor) -> dict[str, bool]:
    """What the actor may do with a document as it stands."""
    is_posted = entry.state == State.POSTED
    return {
        **possible(entry, actor),
        "pay": is_posted and entry.residual > 0 and actor.has_perm("accounting.register_payment"),
        "print": entry.state != State.DRAFT or entry.is_sale,
    }
