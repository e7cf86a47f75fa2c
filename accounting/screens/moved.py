"""Addresses that pages of accounting had before: each leads to where its page is now, for good."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounting.models import JournalEntry, Payment
from accounting.screens.about import SCREENS, page_of
from base.errors import Missing
from web.pages import PageRequest, one, page


@page("accounting.view_journalentry")
def rows(_request: PageRequest, screen: str) -> HttpResponse:
    """A list."""
    return redirect(f"web:screen-{screen}", permanent=True)


@page("accounting.view_journalentry")
def new(request: PageRequest, kind: str = JournalEntry.Kind.ENTRY) -> HttpResponse:
    """The form of a new document, or of a plain entry. Refuses with `Missing` for a kind that there is not."""
    if kind not in JournalEntry.Kind.values:
        raise Missing(model=JournalEntry._meta.verbose_name, ids=kind)
    address = reverse(f"web:screen-{SCREENS[JournalEntry.Kind(kind)]}-new")
    partner = request.GET.get("partner", "")
    query = f"?{urlencode({'default_partner_id': partner})}" if partner.isdecimal() else ""
    return redirect(f"{address}{query}", permanent=True)


@page("accounting.view_journalentry")
def entry(request: PageRequest, pk: int) -> HttpResponse:
    """The page of an entry; its windows are opened from there."""
    found = one(JournalEntry.objects.all(), request.actor, pk)
    return redirect(f"web:screen-{page_of(found)}-record", pk, permanent=True)


@page("accounting.view_payment")
def payment(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a payment."""
    found = one(Payment.objects.all(), request.actor, pk)
    return redirect("web:screen-payments-record", found.pk, permanent=True)
