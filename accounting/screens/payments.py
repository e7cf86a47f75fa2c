"""Payments: the list of what came in and went out, the page of one, and taking one back."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounting.models import JournalItem, PartialReconciliation, Payment
from accounting.screens.badges import Badge
from accounting.services import payments
from base.policies import visible
from base.search import needle
from web import places
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, Told, one, page, told
from web.views import talk

State = Payment.State
SORTS = (
    Sort(key="date", field="date"),
    Sort(key="number", field="number"),
    Sort(key="amount", field="amount"),
)
CHOICES = (
    Choice(key="all", label=_("All"), condition=Q()),
    Choice(key="received", label=_("Received"), condition=Q(kind=Payment.Kind.INBOUND)),
    Choice(key="sent", label=_("Sent"), condition=Q(kind=Payment.Kind.OUTBOUND)),
    Choice(key="waiting", label=_("In process"), condition=Q(state=State.IN_PROCESS)),
    Choice(key="cancelled", label=_("Cancelled"), condition=Q(state=State.CANCELED)),
)
BADGES = {
    State.DRAFT: Badge(_("Draft")),
    State.IN_PROCESS: Badge(_("In process"), "note"),
    State.PAID: Badge(_("Completed"), "good"),
    State.CANCELED: Badge(_("Cancelled")),
}

places.show(Payment, "accounting:payment")


@page("accounting.view_payment")
def listing(request: PageRequest) -> HttpResponse:
    """The list of payments."""
    rows = Payment.objects.select_related("partner", "journal", "currency", "company")
    found = Listing(
        request,
        visible(rows, request.actor),
        sorts=SORTS,
        default="-date",
        choices=CHOICES,
        search=_found_by,
    )
    for row in found.rows:
        row.badge = BADGES[State(row.state)]
    context = {"listing": found, "shows_company": len(request.actor.company_ids) > 1}
    return render(request, "accounting/payments/list.html", context)


@page("accounting.view_payment")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a payment."""
    return _page(request, pk, Told())


@page("accounting.cancel_payment", methods=("POST",))
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Take a payment back: what it paid is open again."""
    one(Payment.objects.all(), request.actor, pk)
    with told() as refusal:
        payments.cancel(Payment.objects.filter(pk=pk), by=request.actor)
        messages.success(request, gettext("The payment is cancelled; what it paid is open again."))
        return redirect("accounting:payment", pk)
    return _page(request, pk, refusal)


def _page(request: PageRequest, pk: int, refusal: Told) -> HttpResponse:
    rows = Payment.objects.select_related(
        "partner", "journal", "currency", "company__currency", "entry", "bank_account__bank"
    )
    payment: Payment = one(rows, request.actor, pk)
    items = JournalItem.objects.of_entries([payment.entry_id or 0]).filter(account__isnull=False)
    context = {
        "payment": payment,
        "badge": BADGES[State(payment.state)],
        "settled": _settled(payment),
        "items": list(items.select_related("account", "partner")),
        "may_cancel": payment.state in {State.IN_PROCESS, State.PAID}
        and request.actor.has_perm("accounting.cancel_payment"),
        "refusal": refusal,
        **talk.context(request, payment),
    }
    return render(request, "accounting/payments/page.html", context, status=refusal.status)


def _settled(payment: Payment) -> list[dict[str, Any]]:
    """What the payment settled: each document with how much of it. One query."""
    ours = Q(debit_item__entry=payment.entry_id) | Q(credit_item__entry=payment.entry_id)
    rows = PartialReconciliation.objects.filter(ours).select_related(
        "debit_item__entry", "credit_item__entry"
    )
    found: list[dict[str, Any]] = []
    for row in rows.order_by("id"):
        is_debit = row.debit_item.entry_id == payment.entry_id
        other = row.credit_item if is_debit else row.debit_item
        amount = row.debit_amount_currency if is_debit else row.credit_amount_currency
        found.append({"entry": other.entry, "amount": amount})
    return found


def _found_by(rows: Any, text: str) -> Any:
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(memo__icontains=word)
            | Q(partner__search_text__contains=needle(word))
        )
    return rows
