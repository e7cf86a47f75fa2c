"""Journal entries: the list of everything in the books, and the page of one entry."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry, JournalItem
from accounting.screens import company as companies
from accounting.screens.badges import badge
from accounting.screens.documents import found_by
from base.money import ZERO
from base.policies import visible
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, one, page
from web.views import talk

SORTS = (
    Sort(key="date", field="date"),
    Sort(key="number", field="number"),
    Sort(key="total", field="total"),
)
CHOICES = (
    Choice(key="posted", label=_("Posted"), condition=Q(state="posted")),
    Choice(key="drafts", label=_("Drafts"), condition=Q(state="draft")),
    Choice(key="plain", label=_("Without document"), condition=Q(kind="entry")),
    Choice(key="all", label=_("All"), condition=Q()),
)


@page("accounting.view_journalentry")
def listing(request: PageRequest) -> HttpResponse:
    """The list of journal entries."""
    rows = visible(JournalEntry.objects.with_parties(), request.actor)
    found = Listing(request, rows, sorts=SORTS, default="-date", choices=CHOICES, search=found_by)
    today = companies.today(companies.current(request.actor))
    for row in found.rows:
        row.badge = badge(row, today)
    return render(request, "accounting/entries/list.html", {"listing": found})


@page("accounting.view_journalentry")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a journal entry."""
    rows = JournalEntry.objects.with_parties().select_related("reversed_entry", "payment")
    entry = one(rows, request.actor, pk)
    items = JournalItem.objects.of_entries([pk]).filter(account__isnull=False)
    found = list(items.select_related("account", "partner"))
    context = {
        "entry": entry,
        "badge": badge(entry, companies.today(entry.company)),
        "items": found,
        "debit": sum((item.debit for item in found), ZERO),
        "credit": sum((item.credit for item in found), ZERO),
        **talk.context(request, entry),
    }
    return render(request, "accounting/entries/page.html", context)
