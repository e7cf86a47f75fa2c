"""Contacts: the list, the page, and the form."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from base.models import Partner
from base.policies import visible
from base.services import partners, records
from web.forms.partner import PartnerForm
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, Told, one, page, status_of, told, told_beside
from web.panels import panels_of
from web.views import talk

FORM = ("GET", "HEAD", "POST")
SORTS = (
    Sort(key="name", field="sort_name"),
    Sort(key="email", field="email"),
    Sort(key="city", field="city"),
    Sort(key="changed", field="changed_at"),
)
CHOICES = (
    Choice(key="all", label=_("All"), condition=Q(is_active=True)),
    Choice(key="companies", label=_("Companies"), condition=Q(is_active=True, is_company=True)),
    Choice(key="people", label=_("People"), condition=Q(is_active=True, is_company=False)),
    Choice(key="customers", label=_("Customers"), condition=Q(is_active=True, customer_rank__gt=0)),
    Choice(key="vendors", label=_("Vendors"), condition=Q(is_active=True, supplier_rank__gt=0)),
    Choice(key="archived", label=_("Archived"), condition=Q(is_active=False)),
)


@page("base.view_partner")
def listing(request: PageRequest) -> HttpResponse:
    """The list of contacts."""
    rows = visible(Partner.objects.select_related("country", "parent"), request.actor)
    found = Listing(request, rows, sorts=SORTS, default="name", choices=CHOICES)
    return render(request, "web/partners/list.html", {"listing": found})


@page("base.view_partner")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a contact."""
    return _page(request, pk, Told())


def _page(request: PageRequest, pk: int, refusal: Told) -> HttpResponse:
    rows = Partner.objects.select_related(
        "country", "state", "parent", "industry", "salesperson__partner", "company"
    )
    partner = one(rows, request.actor, pk)
    children = visible(Partner.objects.active().filter(parent=partner), request.actor)
    context = {
        "partner": partner,
        "tags": partner.tags.all(),
        "children": children.order_by("sort_name", "id")[:50],
        "accounts": partner.bank_accounts.filter(is_active=True).select_related("bank"),
        "panels": panels_of(request, partner),
        "refusal": refusal,
        **talk.context(request, partner),
    }
    return render(request, "web/partners/page.html", context, status=refusal.status)


@page("base.add_partner", methods=FORM)
def new(request: PageRequest) -> HttpResponse:
    """The form of a new contact; `parent` in the address makes it one of a company's."""
    form = PartnerForm(
        request.POST or None,
        actor=request.actor,
        initial={"parent": request.GET.get("parent"), "is_company": ""},
    )
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            values = {**form.values(), "company_id": None}
            (partner,) = records.create(Partner, [values], by=request.actor)
            messages.success(request, gettext("%(name)s has been saved.") % {"name": partner.name})
            return redirect("web:partner", partner.pk)
    return _form(request, form, None)


@page("base.change_partner", methods=FORM)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """The form of a contact."""
    partner = one(Partner.objects.all(), request.actor, pk)
    name = str(partner)
    form = PartnerForm(request.POST or None, actor=request.actor, instance=partner)
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            if values := form.values():
                records.change(records.named(Partner, [pk]), values, by=request.actor)
                messages.success(request, gettext("%(name)s has been saved.") % {"name": name})
            return redirect("web:partner", pk)
    return _form(request, form, name)


@page("base.change_partner", methods=("POST",))
def archive(request: PageRequest, pk: int) -> HttpResponse:
    """Put a contact away, or bring it back."""
    rows = records.named(Partner, [pk])
    partner = one(Partner.objects.all(), request.actor, pk)
    move = partners.archive if partner.is_active else partners.unarchive
    with told() as refusal:
        move(rows, by=request.actor)
        return redirect("web:partner", pk)
    return _page(request, pk, refusal)


def _form(request: PageRequest, form: Any, name: str | None) -> HttpResponse:
    context = {"form": form, "name": name, "pk": form.instance.pk}
    return render(request, "web/partners/form.html", context, status=status_of(form))
