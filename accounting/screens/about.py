"""The one address of an entry, whatever it is."""

from django.http import HttpResponse
from django.shortcuts import redirect

from accounting.models import JournalEntry
from web.pages import PageRequest, one, page


@page("accounting.view_journalentry")
def about(request: PageRequest, pk: int) -> HttpResponse:
    """Lead to the page of a document, or of a plain entry."""
    entry = one(JournalEntry.objects.all(), request.actor, pk)
    return redirect("accounting:document" if entry.is_document else "accounting:entry", pk)
