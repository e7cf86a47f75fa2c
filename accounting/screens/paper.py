"""Papers: a document, a plain entry or a receipt looked at in the page, and as PDF, one or several of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from accounting.models import JournalEntry, Payment
from accounting.reports.invoice_pdf import (
    file_name,
    invoice_pdf,
    invoice_sheets,
    receipt_pdf,
    receipt_sheets,
)
from accounting.reports.letterhead import BOTH
from accounting.screens.about import page_of
from base.errors import Invalid, Missing
from base.policies import visible
from web.pages import PageRequest, one, page

MOST = 200
LANGUAGES = (
    ("", _("As the partner reads it")),
    ("id", _("Indonesian")),
    ("en", _("English")),
    (BOTH, _("In both languages")),
)


@dataclass(frozen=True)
class Sort:
    """One sort of papers: what it is made of, and how."""

    rows: Callable[[], QuerySet[Any]]
    pdf: Callable[[Sequence[Any], str], bytes]
    sheets: Callable[[Sequence[Any], str], list[bytes]]
    name: str
    back: Callable[[Any], tuple[str, str]]


def _back_to_entry(entry: JournalEntry) -> tuple[str, str]:
    screen = f"web:screen-{page_of(entry)}"
    return reverse(screen), reverse(f"{screen}-record", args=[entry.pk])


def _back_to_payment(payment: Payment) -> tuple[str, str]:
    return reverse("web:screen-payments"), reverse("web:screen-payments-record", args=[payment.pk])


ENTRIES = Sort(JournalEntry.objects.all, invoice_pdf, invoice_sheets, "document", _back_to_entry)
PAYMENTS = Sort(Payment.objects.all, receipt_pdf, receipt_sheets, "payment", _back_to_payment)


def _show(request: PageRequest, sort: Sort, pk: int) -> HttpResponse:
    """The pages of a paper as they will be printed."""
    row = one(sort.rows(), request.actor, pk)
    request.menu_path, back = sort.back(row)
    language = _language(request)
    context = {
        "entry": row,
        "sheets": [
            reverse(f"accounting:{sort.name}_sheet", args=[pk, number + 1])
            for number in range(len(sort.sheets([row], language)))
        ],
        "pdf": reverse(f"accounting:{sort.name}_pdf", args=[pk]),
        "back": back,
        "label": row.get_kind_display(),
        "languages": LANGUAGES,
        "language": language,
    }
    return render(request, "accounting/documents/paper.html", context)


def _sheet(request: PageRequest, sort: Sort, pk: int, number: int) -> HttpResponse:
    """One page of a paper as a drawing. Refuses with `Missing` beyond the last one."""
    sheets = sort.sheets([one(sort.rows(), request.actor, pk)], _language(request))
    if not 0 < number <= len(sheets):
        raise Missing(model=sort.rows().model._meta.verbose_name, ids=f"{pk}/{number}")
    answer = HttpResponse(sheets[number - 1], content_type="image/svg+xml")
    answer["Cache-Control"] = "no-store"
    return answer


def _pdf(request: PageRequest, sort: Sort, rows: Sequence[Any], name: str) -> HttpResponse:
    answer = HttpResponse(sort.pdf(rows, _language(request)), content_type="application/pdf")
    saved = content_disposition_header("download" in request.GET, name)
    answer["Content-Disposition"] = saved or "inline"
    return answer


def _several(request: PageRequest, sort: Sort) -> HttpResponse:
    """One PDF of the rows whose ids stand in the address, in that order. Refuses with `Missing`."""
    words = request.GET.get("ids", "").split(",")
    ids = list(dict.fromkeys(int(word) for word in words if word.isdecimal() and len(word) < 19))
    if len(ids) > MOST:
        raise Invalid({"ids": [_("At most %(most)s papers at once.") % {"most": MOST}]})
    found = {row.pk: row for row in visible(sort.rows().filter(pk__in=ids), request.actor)}
    if not ids or len(found) < len(ids):
        gone = ", ".join(str(pk) for pk in ids if pk not in found)
        raise Missing(model=sort.rows().model._meta.verbose_name, ids=gone or "–")
    return _pdf(request, sort, [found[pk] for pk in ids], f"{sort.name}s.pdf")


def _language(request: PageRequest) -> str:
    asked = request.GET.get("in", "")
    return asked if asked in dict(LANGUAGES) else ""


@page("accounting.view_journalentry")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The pages of a document or an entry as they will be printed."""
    return _show(request, ENTRIES, pk)


@page("accounting.view_journalentry")
def sheet(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """One page of a document or an entry as a drawing."""
    return _sheet(request, ENTRIES, pk, number)


@page("accounting.view_journalentry")
def pdf(request: PageRequest, pk: int) -> HttpResponse:
    """The PDF of a document or an entry, shown in the browser; `?download` saves it instead."""
    entry = one(JournalEntry.objects.all(), request.actor, pk)
    return _pdf(request, ENTRIES, [entry], file_name(entry))


@page("accounting.view_journalentry")
def several(request: PageRequest) -> HttpResponse:
    """One PDF of several documents or entries."""
    return _several(request, ENTRIES)


@page("accounting.view_payment")
def show_receipt(request: PageRequest, pk: int) -> HttpResponse:
    """The receipt of a payment as it will be printed."""
    return _show(request, PAYMENTS, pk)


@page("accounting.view_payment")
def receipt_sheet(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """One page of a receipt as a drawing."""
    return _sheet(request, PAYMENTS, pk, number)


@page("accounting.view_payment")
def receipt(request: PageRequest, pk: int) -> HttpResponse:
    """The receipt of a payment as PDF."""
    payment = one(Payment.objects.all(), request.actor, pk)
    return _pdf(request, PAYMENTS, [payment], file_name(payment))


@page("accounting.view_payment")
def receipts(request: PageRequest) -> HttpResponse:
    """One PDF of several receipts."""
    return _several(request, PAYMENTS)
