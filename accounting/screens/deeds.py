"""What can be done with a document by a button: post, pay, reverse, take back, cancel, delete."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounting.errors import NothingToPay, NotPosted
from accounting.models import JournalEntry
from accounting.screens import company as companies
from accounting.screens.deed_forms import PaymentForm, ReversalForm
from accounting.screens.document import document, mark_menu, page_of
from accounting.screens.documents import BILLS, SALES
from accounting.services import entries, invoices, payments
from web.pages import PageRequest, page, status_of, told, told_beside

FORM = ("GET", "HEAD", "POST")
Deed = Callable[[Any], Any]


@page("accounting.post_entry", methods=("POST",))
def post(request: PageRequest, pk: int) -> HttpResponse:
    """Post a document."""
    today = companies.today(document(request.actor, pk).company)
    return _do(
        request, pk, lambda rows: entries.post(rows, by=request.actor, on=today), _("It is posted.")
    )


@page("accounting.reset_entry", methods=("POST",))
def reset(request: PageRequest, pk: int) -> HttpResponse:
    """Take a document back to draft."""
    return _do(
        request,
        pk,
        lambda rows: entries.reset_to_draft(rows, by=request.actor),
        _("It is a draft again."),
    )


@page("accounting.cancel_entry", methods=("POST",))
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Cancel a document."""
    return _do(
        request, pk, lambda rows: entries.cancel(rows, by=request.actor), _("It is cancelled.")
    )


@page("accounting.delete_journalentry", methods=("POST",))
def delete(request: PageRequest, pk: int) -> HttpResponse:
    """Delete a draft that never had a number."""
    entry = document(request.actor, pk)
    with told() as refusal:
        invoices.delete(JournalEntry.objects.filter(pk=pk), by=request.actor)
        messages.success(request, _("The draft has been deleted."))
        return redirect("accounting:documents", SALES if entry.is_sale else BILLS)
    return page_of(request, pk, refusal)


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
    mark_menu(request, is_sale=entry.is_sale)
    context = {"form": form, "entry": entry}
    return render(request, "accounting/documents/pay.html", context, status=status_of(form))


@page("accounting.reverse_entry", methods=FORM)
def reverse(request: PageRequest, pk: int) -> HttpResponse:
    """Write the credit note of an invoice, or the invoice that takes a credit note back."""
    entry = document(request.actor, pk)
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
            messages.success(request, _("%(document)s has been written.") % {"document": made})
            return redirect("accounting:document", made.pk)
    mark_menu(request, is_sale=entry.is_sale)
    context = {"form": form, "entry": entry}
    return render(request, "accounting/documents/reverse.html", context, status=status_of(form))


def _do(request: PageRequest, pk: int, deed: Deed, done: str) -> HttpResponse:
    document(request.actor, pk)
    with told() as refusal:
        deed(JournalEntry.objects.filter(pk=pk))
        messages.success(request, done)
        return redirect("accounting:document", pk)
    return page_of(request, pk, refusal)
