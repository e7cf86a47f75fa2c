"""A document on paper: looked at in the page, and as PDF, in its partner's language."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from accounting.models import JournalEntry
from accounting.reports.invoice_pdf import file_name, invoice_pdf, invoice_sheets
from accounting.screens.about import page_of
from base.actors import Actor
from base.errors import Missing
from web.pages import PageRequest, one, page


def document(actor: Actor, pk: int) -> JournalEntry:
    """A document that the actor may see, with its parties. One query. Refuses with `Missing`."""
    rows = JournalEntry.objects.documents().with_parties()
    found: JournalEntry = one(rows.select_related("payment_term"), actor, pk)
    return found


@page("accounting.view_journalentry")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The pages of a document as they will be printed."""
    entry = document(request.actor, pk)
    request.menu_path = reverse(f"web:screen-{page_of(entry)}")
    context = {
        "entry": entry,
        "sheets": range(1, len(invoice_sheets(entry)) + 1),
        "back": reverse(f"web:screen-{page_of(entry)}-record", args=[pk]),
        "label": entry.get_kind_display(),
    }
    return render(request, "accounting/documents/paper.html", context)


@page("accounting.view_journalentry")
def sheet(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """One page of a document as a drawing. Refuses with `Missing` beyond the last one."""
    sheets = invoice_sheets(document(request.actor, pk))
    if not 0 < number <= len(sheets):
        raise Missing(model=JournalEntry._meta.verbose_name, ids=f"{pk}/{number}")
    answer = HttpResponse(sheets[number - 1], content_type="image/svg+xml")
    answer["Cache-Control"] = "no-store"
    return answer


@page("accounting.view_journalentry")
def pdf(request: PageRequest, pk: int) -> HttpResponse:
    """The PDF of a document, shown in the browser; `?download` saves it instead."""
    entry = document(request.actor, pk)
    answer = HttpResponse(invoice_pdf(entry), content_type="application/pdf")
    saved = content_disposition_header("download" in request.GET, file_name(entry))
    answer["Content-Disposition"] = saved or "inline"
    return answer
