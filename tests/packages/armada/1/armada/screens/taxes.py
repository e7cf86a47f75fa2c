"""A page of our own: whose road tax has to be seen to now, which is another day for each kind of vehicle."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from armada.models import Vehicle
from armada.services import vehicles
from base.policies import visible
from web.pages import PageRequest, Told, one, page, told


@page("armada.view_vehicle")
def listing(request: PageRequest) -> HttpResponse:
    """The vehicles whose time of notice has begun, the most urgent first."""
    return _page(request, Told())


@page("armada.renew_tax", methods=("POST",))
def renew(request: PageRequest, pk: int) -> HttpResponse:
    """Note that the road tax has been paid for another year."""
    one(Vehicle.objects.all(), request.actor, pk)
    with told() as refusal:
        vehicles.renew_tax(Vehicle.objects.filter(pk=pk), by=request.actor)
        return redirect("armada:taxes")
    return _page(request, refusal)


def _page(request: PageRequest, refusal: Told) -> HttpResponse:
    today = request.actor.today()
    due = Vehicle.objects.due_for_notice(today).select_related("kind", "driver")
    rows = visible(due.order_by("tax_due_date", "plate"), request.actor)
    context = {"vehicles": rows, "today": today, "refusal": refusal}
    return render(request, "armada/taxes.html", context, status=refusal.status)
