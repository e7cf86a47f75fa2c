"""A document on paper: the PDF in its partner's language."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from accounting.reports.invoice_pdf import file_name, invoice_pdf
from accounting.screens.document import document
from web.pages import PageRequest, page


@page("accounting.view_journalentry")
def pdf(request: PageRequest, pk: int) -> HttpResponse:
    """The PDF of a document, shown in the browser; `?download` saves it instead."""
    entry = document(request.actor, pk)
    answer = HttpResponse(invoice_pdf(entry), content_type="application/pdf")
    saved = content_disposition_header("download" in request.GET, file_name(entry))
    answer["Content-Disposition"] = saved or "inline"
    return answer
