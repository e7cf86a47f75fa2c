"""The lists of documents: what we sold, and what we bought."""

from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry
from accounting.screens import company as companies
from accounting.screens.badges import badge
from base.models import Currency
from base.policies import visible
from base.search import needle
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, page

Kind = JournalEntry.Kind
SALES, BILLS = "sales", "bills"
KINDS = {SALES: JournalEntry.SALES, BILLS: JournalEntry.PURCHASES}
SORTS = (
    Sort(key="date", field="date"),
    Sort(key="number", field="number"),
    Sort(key="due", field="due_date", empty=date.max),
    Sort(key="total", field="total"),
    Sort(key="residual", field="residual"),
)
OF_CURRENCY = ("id", "code", "symbol", "position", "decimal_places")
OPEN = Q(state=JournalEntry.State.POSTED, residual__gt=0)


@page("accounting.view_journalentry")
def listing(request: PageRequest, side: str) -> HttpResponse:
    """The list of sales documents, or of purchase documents."""
    today = companies.today(companies.current(request.actor))
    rows = visible(JournalEntry.objects.of_kind(*KINDS[side]).with_parties(), request.actor)
    month = month_of(request.GET.get("month", ""))
    if month:
        rows = rows.posted().filter(date__year=month.year, date__month=month.month)
    found = Listing(
        request,
        rows,
        sorts=SORTS,
        default="-date",
        choices=_choices(side, today),
        search=found_by,
        kept=("month",),
    )
    for row in found.rows:
        row.badge = badge(row, today)
    context = {
        "listing": found,
        "side": side,
        "month": month,
        # Nobody reads the sum of everything; and it takes the longer the longer the house stands.
        "totals": [] if found.is_uncounted else totals(found.found),
        "shows_company": len(request.actor.company_ids) > 1,
    }
    return render(request, "accounting/documents/list.html", context)


def found_by(rows: Any, text: str) -> Any:
    """Entries that hold every word, in their number, references or partner's name."""
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(reference__icontains=word)
            | Q(payment_reference__icontains=word)
            | Q(partner__search_text__contains=needle(word))
        )
    return rows


def totals(rows: "QuerySet[JournalEntry]") -> list[dict[str, Any]]:
    """What documents come to, by currency; refunds are taken off, cancelled ones left out. One query."""
    sign = Case(When(kind__in=JournalEntry.REFUNDS, then=-1), default=1)
    sums = (
        rows.exclude(state=JournalEntry.State.CANCEL)
        .order_by()
        .values(*(f"currency__{name}" for name in OF_CURRENCY))
        .annotate(
            all=Sum(F("total") * sign),
            open=Sum(F("residual") * sign, filter=Q(state=JournalEntry.State.POSTED)),
        )
    )
    return [
        {**row, "currency": Currency(**{name: row[f"currency__{name}"] for name in OF_CURRENCY})}
        for row in sums
    ]


def month_of(text: str) -> date | None:
    """The first day of a month written `2026-03`, or None."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == len("2026-03") else None
    except ValueError:
        return None


def _choices(side: str, today: date) -> tuple[Choice, ...]:
    invoice, refund = KINDS[side]
    bought = side == BILLS
    return (
        Choice(key="all", label=_("All"), condition=Q()),
        Choice(
            key="invoices",
            label=_("Bills") if bought else _("Invoices"),
            condition=Q(kind=invoice),
        ),
        Choice(
            key="refunds",
            label=_("Vendor credit notes") if bought else _("Credit notes"),
            condition=Q(kind=refund),
        ),
        Choice(key="drafts", label=_("Drafts"), condition=Q(state=JournalEntry.State.DRAFT)),
        Choice(key="open", label=_("Open"), condition=OPEN),
        Choice(key="overdue", label=_("Overdue"), condition=OPEN & Q(due_date__lt=today)),
    )
