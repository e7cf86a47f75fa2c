"""Vehicles: the list, the page, the form, and what is done with one."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armada.models import Vehicle
from armada.screens.forms import SaleForm, VehicleForm
from armada.services import vehicles
from base.policies import visible
from base.services import records
from web.listing import Choice, Listing, Sort
from web.pages import PageRequest, Told, one, page, status_of, told, told_beside
from web.views import talk

FORM = ("GET", "HEAD", "POST")
SORTS = (Sort(key="plate", field="plate"), Sort(key="tax", field="tax_due_date"))
CHOICES = (
    Choice(key="ours", label=_("In service"), condition=~Q(state="sold")),
    Choice(key="sold", label=_("Sold"), condition=Q(state="sold")),
)


def _found_by(rows: Any, text: str) -> Any:
    return rows.filter(Q(plate__icontains=text) | Q(description__icontains=text))


@page("armada.view_vehicle")
def listing(request: PageRequest) -> HttpResponse:
    """The list of vehicles."""
    rows = visible(Vehicle.objects.select_related("kind", "driver"), request.actor)
    found = Listing(request, rows, sorts=SORTS, default="plate", choices=CHOICES, search=_found_by)
    return render(request, "armada/list.html", {"listing": found})


@page("armada.view_vehicle")
def show(request: PageRequest, pk: int) -> HttpResponse:
    """The page of a vehicle."""
    return _page(request, pk, Told())


@page("armada.add_vehicle", methods=FORM)
def new(request: PageRequest) -> HttpResponse:
    """The form of a new vehicle."""
    form = VehicleForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            (vehicle,) = records.create(Vehicle, [form.values()], by=request.actor)
            messages.success(request, gettext("%(name)s has been saved.") % {"name": vehicle})
            return redirect("armada:vehicle", vehicle.pk)
    return render(request, "armada/form.html", {"form": form}, status=status_of(form))


@page("armada.renew_tax", methods=("POST",))
def renew(request: PageRequest, pk: int) -> HttpResponse:
    """Note that the road tax has been paid for another year."""
    one(Vehicle.objects.all(), request.actor, pk)
    with told() as refusal:
        vehicles.renew_tax(Vehicle.objects.filter(pk=pk), by=request.actor)
        return redirect("armada:vehicle", pk)
    return _page(request, pk, refusal)


@page("armada.sell_vehicle", methods=FORM)
def sell(request: PageRequest, pk: int) -> HttpResponse:
    """Sell a vehicle."""
    vehicle = one(Vehicle.objects.all(), request.actor, pk)
    form = SaleForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            vehicles.sell(
                Vehicle.objects.filter(pk=pk),
                buyer_id=form.cleaned_data["buyer"].pk,
                price=form.cleaned_data["price"],
                by=request.actor,
                on=request.actor.today(),
            )
            messages.success(request, gettext("%(plate)s is sold.") % {"plate": vehicle})
            return redirect("armada:vehicle", pk)
    context = {"form": form, "vehicle": vehicle}
    return render(request, "armada/sell.html", context, status=status_of(form))


def _page(request: PageRequest, pk: int, refusal: Told) -> HttpResponse:
    rows = Vehicle.objects.select_related("kind", "driver", "buyer", "company__currency")
    vehicle = one(rows, request.actor, pk)
    context = {"vehicle": vehicle, "refusal": refusal, **talk.context(request, vehicle)}
    return render(request, "armada/page.html", context, status=refusal.status)
