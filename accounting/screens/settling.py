"""Setting a document off against something open of its partner, and taking that off again."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounting.models import JournalEntry, JournalItem, PartialReconciliation
from accounting.services import reconciliation
from base.policies import visible
from web.pages import PageRequest, one, page, told


@page("accounting.reconcile_items", methods=("POST",))
def settle(request: PageRequest, pk: int, item: int) -> HttpResponse:
    """Set a document off against an open item."""
    entry = one(JournalEntry.objects.all(), request.actor, pk)
    credit = visible(JournalItem.objects.filter(pk=item), request.actor)
    accounts = credit.values("account")
    dues = JournalItem.objects.filter(entry=entry, account__in=accounts).open()
    ids = [*credit.values_list("pk", flat=True), *dues.values_list("pk", flat=True)]
    with told() as refusal:
        reconciliation.reconcile(JournalItem.objects.filter(pk__in=ids), by=request.actor)
        messages.success(request, _("It is set off."))
    return _back(request, pk, refusal.sentences)


@page("accounting.reconcile_items", methods=("POST",))
def unsettle(request: PageRequest, pk: int, match: int) -> HttpResponse:
    """Take a match of a document off again: what it paid is open as before."""
    entry = one(JournalEntry.objects.all(), request.actor, pk)
    own = Q(debit_item__entry=entry) | Q(credit_item__entry=entry)
    with told() as refusal:
        reconciliation.take_away(
            PartialReconciliation.objects.filter(own, pk=match), by=request.actor
        )
        messages.success(request, _("It is taken off again."))
    return _back(request, pk, refusal.sentences)


def _back(request: PageRequest, pk: int, sentences: list[str]) -> HttpResponse:
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect("accounting:about", pk)
