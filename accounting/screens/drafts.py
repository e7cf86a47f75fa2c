"""Writing a draft: the form of a new document and of one that exists, and what it would come to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.errors import NotDraft
from accounting.models import ItemTax, JournalEntry, JournalItem
from accounting.screens import company as companies
from accounting.screens.document import document, tax_totals
from accounting.screens.documents import BILLS, SALES
from accounting.screens.draft_forms import (
    LINES,
    DocumentForm,
    Lines,
    products_typed,
    shared,
)
from accounting.services import invoices
from accounting.services.lines import LineChanges
from base.errors import Missing
from web import formats
from web.pages import PageRequest, page, status_of, told, told_beside

FORM = ("GET", "HEAD", "POST")
DOCUMENTS = {kind.value for kind in (*JournalEntry.SALES, *JournalEntry.PURCHASES)}


@dataclass
class Draft:
    """The form of a document being written: whose, what kind, its head and its lines."""

    request: PageRequest
    kind: str
    company_id: int
    currency_id: int
    today: date
    entry: JournalEntry | None = None

    def __post_init__(self) -> None:
        fresh = {"invoice_date": self.today, "currency": self.currency_id}
        initial, lines = _initial(self.entry) if self.entry else (fresh, [])
        if not self.entry and (partner := self.request.GET.get("partner", "")).isdecimal():
            initial["partner"] = partner
        data = self.request.POST or None
        chosen = products_typed(data) if data else [line["product"] for line in lines]
        options = {
            "shared": shared(
                self.request.actor, self.kind, self.company_id, [pk for pk in chosen if pk]
            )
        }
        self.head = DocumentForm(
            data,
            actor=self.request.actor,
            kind=self.kind,
            company_id=self.company_id,
            initial=initial,
        )
        self.lines = Lines(data, initial=lines, prefix=LINES, form_kwargs=options)

    @property
    def is_sale(self) -> bool:
        """Whether we sell."""
        return self.kind in JournalEntry.SALES

    def is_valid(self) -> bool:
        """Whether head and lines can be read."""
        return bool(self.head.is_valid() & self.lines.is_valid())

    def values(self) -> dict[str, Any]:
        """The head as a verb takes it."""
        return self.head.values()


@page("accounting.add_journalentry", methods=FORM)
def new(request: PageRequest, kind: str) -> HttpResponse:
    """The form of a new document of a kind."""
    draft = _draft(request, kind)
    if request.method == "POST" and not _is_rehearsal(request) and draft.is_valid():
        with told_beside(draft.head):
            row = {**draft.values(), "kind": kind, "lines": _without_ids(draft)}
            (entry,) = invoices.draft([row], by=request.actor, on=draft.today)
            messages.success(request, _("The draft has been saved."))
            return redirect("accounting:document", entry.pk)
    return _form(request, draft)


@page("accounting.change_journalentry", methods=FORM)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """The form of a draft document. Refuses with `NotDraft` for any other."""
    entry = document(request.actor, pk)
    if entry.state != JournalEntry.State.DRAFT:
        raise NotDraft(record=entry)
    today = companies.today(entry.company)
    draft = Draft(request, entry.kind, entry.company_id, entry.currency_id, today, entry)
    if request.method == "POST" and not _is_rehearsal(request) and draft.is_valid():
        with told_beside(draft.head):
            values = {**draft.values(), "lines": _changes(draft)}
            invoices.edit(JournalEntry.objects.filter(pk=pk), values, by=request.actor)
            messages.success(request, _("The draft has been saved."))
            return redirect("accounting:document", pk)
    return _form(request, draft)


@page("accounting.add_journalentry", methods=("POST",))
def preview(request: PageRequest, kind: str) -> HttpResponse:
    """What a document would come to, as JSON: totals, and each line with what the product brings along."""
    draft = _draft(request, kind)
    if not draft.is_valid():
        return JsonResponse({"sentences": _sentences(draft)}, status=422)
    answer = _rehearsed(draft)
    return JsonResponse(answer, status=answer.pop("status"))


def _draft(request: PageRequest, kind: str) -> Draft:
    if kind not in DOCUMENTS:
        raise Missing(model=JournalEntry._meta.verbose_name, ids=kind)
    company = companies.current(request.actor)
    return Draft(request, kind, company.pk, company.currency_id, companies.today(company))


def _form(request: PageRequest, draft: Draft) -> HttpResponse:
    request.menu_path = reverse("accounting:documents", args=[SALES if draft.is_sale else BILLS])
    rehearsal: dict[str, Any] = {}
    if _is_rehearsal(request):
        rehearsal = _rehearse(request, draft)
    context = {
        "draft": draft,
        "entry": draft.entry,
        "side": SALES if draft.is_sale else BILLS,
        "kind_label": JournalEntry.Kind(draft.kind).label,
        "rehearsal": rehearsal,
    }
    status = 200 if _is_rehearsal(request) else status_of(draft.head)
    return render(request, "accounting/documents/form.html", context, status=status)


def _is_rehearsal(request: PageRequest) -> bool:
    """Whether a browser without scripts asks for more lines or new totals only."""
    return "rehearse" in request.POST


def _rehearse(request: PageRequest, draft: Draft) -> dict[str, Any]:
    data = request.POST.copy()
    answer = _rehearsed(draft) if draft.is_valid() else {}
    if request.POST["rehearse"] == "more":
        name = f"{LINES}-TOTAL_FORMS"
        shown = str(data.get(name, ""))
        data[name] = str(int(shown) + 3 if shown.isdecimal() else 3)
        request.POST = data  # type: ignore[assignment]
        draft.__post_init__()
    return answer


def _rehearsed(draft: Draft) -> dict[str, Any]:
    """Write the document, read what it comes to, and take it all back."""
    with told() as refusal, transaction.atomic():
        row = {**draft.values(), "kind": draft.kind, "lines": _without_ids(draft)}
        (entry,) = invoices.draft([row], by=draft.request.actor, on=draft.today)
        answer = _told(draft, entry)
        transaction.set_rollback(True)
        return {**answer, "sentences": [], "status": 200}
    return {"sentences": refusal.sentences, "status": refusal.status}


def _told(draft: Draft, entry: JournalEntry) -> dict[str, Any]:
    items = list(JournalItem.objects.of_entries([entry.pk]))
    taxes: dict[int, list[int]] = {}
    for item_id, tax_id in ItemTax.objects.filter(item__entry=entry).values_list("item", "tax"):
        taxes.setdefault(item_id, []).append(tax_id)
    written = [item for item in items if item.display_type in JournalItem.LINES]
    written.sort(key=lambda item: item.sequence)
    lines = {
        form.prefix: _line(item, taxes.get(item.pk, []), entry)
        for form, item in zip(draft.lines.kept, written, strict=True)
    }
    context = {"entry": entry, "taxes": tax_totals(entry, items), "settlements": []}
    html = render_to_string("accounting/documents/totals.html", context)
    return {"lines": lines, "totals": html, "due_date": _iso(entry.due_date)}


def _line(item: JournalItem, tax_ids: list[int], entry: JournalEntry) -> dict[str, Any]:
    return {
        "label": item.label,
        "quantity": formats.number(item.quantity),
        "unit_price": formats.number(item.unit_price),
        "taxes": [str(pk) for pk in tax_ids],
        "subtotal": formats.money(item.subtotal, entry.currency),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _without_ids(draft: Draft) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in line.items() if name != "id"}
        for line in draft.lines.values()
    ]


def _changes(draft: Draft) -> LineChanges:
    """Which lines stay, changed or not, which are new; all others go."""
    wanted = LineChanges(replace=True)
    for line in draft.lines.values():
        pk = line.pop("id")
        if pk:
            wanted.change[pk] = line
        else:
            wanted.add.append(line)
    return wanted


def _sentences(draft: Draft) -> list[str]:
    found = [str(text) for texts in draft.head.errors.values() for text in texts]
    for errors in draft.lines.errors:
        found += [str(text) for texts in errors.values() for text in texts]
    return found + [str(text) for text in draft.lines.non_form_errors()]


def _initial(entry: JournalEntry) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form of an existing draft shows. Two queries."""
    head = {
        "partner": entry.partner_id,
        "invoice_date": entry.invoice_date,
        "payment_term": entry.payment_term_id,
        "due_date": entry.due_date,
        "journal": entry.journal_id,
        "currency": entry.currency_id,
        "reference": entry.reference,
        "narration": entry.narration,
    }
    taxes: dict[int, list[int]] = {}
    for item_id, tax_id in ItemTax.objects.filter(item__entry=entry).values_list("item", "tax"):
        taxes.setdefault(item_id, []).append(tax_id)
    lines = [
        {
            "id": item.pk,
            "display_type": item.display_type,
            "is_settled": True,
            "product": item.product_id,
            "label": item.label,
            "quantity": item.quantity,
            "unit_price": item.unit_price,
            "discount": item.discount or None,
            "taxes": taxes.get(item.pk, []),
        }
        for item in JournalItem.objects.of_entries([entry.pk]).lines()
    ]
    return head, lines
