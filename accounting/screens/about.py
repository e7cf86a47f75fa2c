"""The one address of an entry, whatever it is, and of each of its items."""

from django.http import HttpResponse
from django.shortcuts import redirect

from accounting.models import JournalEntry, JournalItem
from web.pages import PageRequest, one, page

SCREENS = {
    JournalEntry.Kind.OUT_INVOICE: "invoices",
    JournalEntry.Kind.OUT_REFUND: "credit-notes",
    JournalEntry.Kind.IN_INVOICE: "bills",
    JournalEntry.Kind.IN_REFUND: "vendor-credit-notes",
    JournalEntry.Kind.ENTRY: "journal-entries-plain",
}


@page("accounting.view_journalentry")
def about(request: PageRequest, pk: int) -> HttpResponse:
    """Lead to the page of a document, or of a plain entry."""
    entry = one(JournalEntry.objects.all(), request.actor, pk)
    return redirect(f"web:screen-{page_of(entry)}-record", pk)


@page("accounting.view_journalitem")
def item(request: PageRequest, pk: int) -> HttpResponse:
    """Lead to the entry that a journal item stands in."""
    found: JournalItem = one(JournalItem.objects.all(), request.actor, pk)
    return redirect("accounting:about", found.entry_id)


def page_of(entry: JournalEntry) -> str:
    """The screen on which an entry is shown."""
    return SCREENS[JournalEntry.Kind(entry.kind)]
