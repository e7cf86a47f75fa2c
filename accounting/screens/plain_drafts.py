"""Writing a journal entry without document: a new one, and a draft that exists."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.errors import NotDraft
from accounting.models import JournalEntry, JournalItem
from accounting.screens import company as companies
from accounting.screens.entries import entry_of, page_name
from accounting.screens.plain_forms import ITEMS, EntryForm, Items, shared
from accounting.services import invoices
from accounting.services.lines import LineChanges
from base.models import Company
from web.pages import PageRequest, page, status_of, told_beside

FORM = ("GET", "HEAD", "POST")
MORE = "more"


class PlainDraft:
    """The form of an entry being written: its head and its debits and credits."""

    def __init__(
        self, request: PageRequest, company: Company, entry: JournalEntry | None = None
    ) -> None:
        self.entry, self.company = entry, company
        head: dict[str, Any] = {"date": companies.today(company)}
        items: list[dict[str, Any]] = []
        if entry:
            head = {"date": entry.date, "journal": entry.journal_id, "reference": entry.reference}
            items = _items(entry)
        data = _with_more(request.POST) if request.method == "POST" else None
        options = {
            "shared": shared(
                request.actor,
                _chosen(data, items, "account"),
                _chosen(data, items, "partner"),
            )
        }
        self.head = EntryForm(data, actor=request.actor, company_id=company.pk, initial=head)
        self.items = Items(data, initial=items, prefix=ITEMS, form_kwargs=options)

    def is_valid(self) -> bool:
        """Whether head and lines can be read."""
        return bool(self.head.is_valid() & self.items.is_valid())


@page("accounting.add_journalentry", methods=FORM)
def new(request: PageRequest) -> HttpResponse:
    """The form of a new entry."""
    draft = PlainDraft(request, companies.current(request.actor))
    if _is_sent(request) and draft.is_valid():
        with told_beside(draft.head):
            lines = [
                {name: value for name, value in line.items() if name != "id"}
                for line in draft.items.values()
            ]
            row = {**draft.head.values(), "lines": lines}
            (entry,) = invoices.draft([row], by=request.actor, on=draft.head.cleaned_data["date"])
            messages.success(request, _("The draft has been saved."))
            return redirect("accounting:entry", entry.pk)
    return _form(request, draft)


@page("accounting.change_journalentry", methods=FORM)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """The form of a draft entry. Refuses with `NotDraft` for any other; documents have a form of their own."""
    entry = entry_of(request.actor, pk)
    if entry.is_document:
        return redirect("accounting:document_edit", pk)
    if entry.state != JournalEntry.State.DRAFT:
        raise NotDraft(record=entry)
    draft = PlainDraft(request, entry.company, entry)
    if _is_sent(request) and draft.is_valid():
        with told_beside(draft.head):
            values = {**draft.head.values(), "lines": _changes(draft)}
            del values["kind"]
            invoices.edit(JournalEntry.objects.filter(pk=pk), values, by=request.actor)
            messages.success(request, _("The draft has been saved."))
            return redirect(page_name(entry), pk)
    return _form(request, draft)


def _form(request: PageRequest, draft: PlainDraft) -> HttpResponse:
    request.menu_path = reverse("accounting:entries")
    debit, credit = draft.items.sums()
    context = {
        "draft": draft,
        "entry": draft.entry,
        "currency": draft.company.currency,
        "debit": debit,
        "credit": credit,
        "difference": debit - credit,
    }
    status = 200 if MORE in request.POST else status_of(draft.head)
    return render(request, "accounting/entries/form.html", context, status=status)


def _is_sent(request: PageRequest) -> bool:
    return request.method == "POST" and MORE not in request.POST


def _with_more(data: Any) -> Any:
    """What was sent, with three more lines when a browser without scripts asks for them."""
    shown = str(data.get(f"{ITEMS}-TOTAL_FORMS", ""))
    if MORE not in data or not shown.isdecimal():
        return data
    longer = data.copy()
    longer[f"{ITEMS}-TOTAL_FORMS"] = str(int(shown[:4]) + 3)
    return longer


def _chosen(data: Any, items: list[dict[str, Any]], name: str) -> set[int]:
    """The ids that the form names, without asking the database."""
    if data is None:
        return {item[name] for item in items if item[name]}
    box = re.compile(rf"{ITEMS}-\d+-{name}")
    typed = (str(value) for key, value in data.items() if box.fullmatch(key))
    return {int(value) for value in typed if value.isdecimal() and len(value) < 18}


def _items(entry: JournalEntry) -> list[dict[str, Any]]:
    return [
        {
            "id": item.pk,
            "account": item.account_id,
            "partner": item.partner_id,
            "label": item.label,
            "debit": item.debit or None,
            "credit": item.credit or None,
        }
        for item in JournalItem.objects.of_entries([entry.pk])
    ]


def _changes(draft: PlainDraft) -> LineChanges:
    """Which lines stay, changed or not, which are new; all others go."""
    wanted = LineChanges(replace=True)
    for line in draft.items.values():
        pk = line.pop("id")
        if pk:
            wanted.change[pk] = line
        else:
            wanted.add.append(line)
    return wanted
