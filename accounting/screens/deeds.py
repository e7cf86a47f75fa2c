"""What can be done with an entry by a button: post, pay, reverse, take back, cancel, delete."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounting.errors import NothingToPay, NotPosted
from accounting.models import JournalEntry
from accounting.screens import company as companies
from accounting.screens import entries as plain
from accounting.screens.deed_forms import PaymentForm, ReversalForm
from accounting.screens.document import document, page_of
from accounting.screens.entries import entry_of, mark_menu
from accounting.services import entries, invoices, payments
from web.pages import PageRequest, Told, page, status_of, told, told_beside

FORM = ("GET", "HEAD", "POST")
Deed = Callable[[Any], Any]


@page("accounting.post_entry", methods=("POST",))
def post(request: PageRequest, pk: int) -> HttpResponse:
    """Post an entry."""
    today = companies.today(entry_of(request.actor, pk).company)
    return _do(
        request, pk, lambda rows: entries.post(rows, by=request.actor, on=today), _("It is posted.")
    )


@page("accounting.reset_entry", methods=("POST",))
def reset(request: PageRequest, pk: int) -> HttpResponse:
    """Take an entry back to draft."""
    return _do(
        request,
        pk,
        lambda rows: entries.reset_to_draft(rows, by=request.actor),
        _("It is a draft again."),
    )


@page("accounting.cancel_entry", methods=("POST",))
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Cancel an entry."""
    return _do(
        request, pk, lambda rows: entries.cancel(rows, by=request.actor), _("It is cancelled.")
    )


@page("accounting.delete_journalentry", methods=("POST",))
def delete(request: PageRequest, pk: int) -> HttpResponse:
    """Delete a draft that never had a number."""
    entry = entry_of(request.actor, pk)
    with told() as refusal:
        invoices.delete(JournalEntry.objects.filter(pk=pk), by=request.actor)
        messages.success(request, _("The draft has been deleted."))
        return redirect(plain.list_of(entry))
    return _page(request, entry, refusal)


@page("accounting.register_payment", methods=FORM)
def pay(request: PageRequest, pk: int) -> HttpResponse:
    """Register that a document was paid. Refuses with `NotPosted` or `NothingToPay` before anything is typed."""
    entry = document(request.actor, pk)
    if entry.state != JournalEntry.State.POSTED:
        raise NotPosted(record=entry)
    if not entry.residual:
        raise NothingToPay
    form = PaymentForm(
        request.POST or None, entry=entry, actor=request.actor, today=companies.today(entry.company)
    )
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            (payment,) = payments.register(
                JournalEntry.objects.filter(pk=pk),
                by=request.actor,
                on=form.cleaned_data["date"],
                journal_id=form.cleaned_data["journal"].pk,
                amount=form.cleaned_data["amount"],
                memo=form.cleaned_data["memo"],
            )
            messages.success(request, _("Payment %(number)s is registered.") % {"number": payment})
            return redirect("accounting:document", pk)
    mark_menu(request, entry)
    context = {"form": form, "entry": entry}
    return render(request, "accounting/documents/pay.html", context, status=status_of(form))


@page("accounting.reverse_entry", methods=FORM)
def reverse(request: PageRequest, pk: int) -> HttpResponse:
    """Write the credit note of an invoice, or whatever takes another entry back."""
    entry = entry_of(request.actor, pk)
    today = companies.today(entry.company)
    form = ReversalForm(request.POST or None, initial={"date": today, "settles": False})
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            (made,) = entries.reverse(
                JournalEntry.objects.filter(pk=pk),
                by=request.actor,
                on=form.cleaned_data["date"],
                reason=form.cleaned_data["reason"],
                settles=form.cleaned_data["settles"],
            )
            messages.success(request, _reversed(made))
            return redirect(plain.page_name(made), made.pk)
    mark_menu(request, entry)
    context = {"form": form, "entry": entry}
    return render(request, "accounting/documents/reverse.html", context, status=status_of(form))


def _do(request: PageRequest, pk: int, deed: Deed, done: str) -> HttpResponse:
    entry = entry_of(request.actor, pk)
    with told() as refusal:
        deed(JournalEntry.objects.filter(pk=pk))
        messages.success(request, done)
        return redirect(plain.page_name(entry), pk)
    return _page(request, entry, refusal)


def _page(request: PageRequest, entry: JournalEntry, refusal: Told) -> HttpResponse:
    return (page_of if entry.is_document else plain.page_of)(request, entry.pk, refusal)


def _reversed(made: JournalEntry) -> str:
    if made.state == JournalEntry.State.POSTED:
        return _("%(document)s is posted and set off.") % {"document": made}
    return _("%(document)s is ready. Look it over, change what differs, and post it.") % {
        "document": made
    }
