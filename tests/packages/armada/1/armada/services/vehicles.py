"""What is done with vehicles: sell them, renew their road tax, remind of it."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from armada.errors import AlreadySold
from armada.models import Vehicle
from armada.models.vehicle import VehicleQuerySet
from armada.signals import vehicles_sold
from base.actors import Actor
from base.models import Activity, Partner
from base.policies import require_all_visible
from base.services import activities
from base.verbs import verb


@verb("armada.sell_vehicle")
def sell(
    vehicles: VehicleQuerySet, *, buyer_id: int, price: Decimal, by: Actor, on: date
) -> list[Vehicle]:
    """Sell vehicles to a partner, each at a price. All are sold or none is.

    Refuses with `AlreadySold`, and with `Missing` for a buyer whom the actor does not see; tells `vehicles_sold`.
    """
    require_all_visible(Partner.objects.all(), [buyer_id], by)
    rows = list(vehicles.locked())
    for vehicle in rows:
        _check_ours(vehicle)
        vehicle.state, vehicle.sold_date = Vehicle.State.SOLD, on
        vehicle.buyer_id, vehicle.price, vehicle.driver = buyer_id, price, None
    Vehicle.objects.bulk_update(rows, ["state", "sold_date", "buyer", "price", "driver"])
    vehicles_sold.send(Vehicle, vehicles=rows, by=by, on=on)
    return rows


@verb("armada.renew_tax")
def renew_tax(vehicles: VehicleQuerySet, *, by: Actor) -> list[Vehicle]:
    """Note that the road tax of vehicles has been paid for another year. Refuses with `AlreadySold`."""
    rows = list(vehicles.locked())
    for vehicle in rows:
        _check_ours(vehicle)
        vehicle.tax_due_date = _a_year_after(vehicle.tax_due_date)
    Vehicle.objects.bulk_update(rows, ["tax_due_date"])
    return rows


@verb("armada.renew_tax")
def remind(*, by: Actor, on: date) -> int:
    """Plan an activity for each vehicle whose road tax is due soon and that has none open; answers how many."""
    due = list(Vehicle.objects.due_for_notice(on).select_related("kind").order_by("pk"))
    known = set(
        Activity.objects.open()
        .filter(content_type__app_label="armada", content_type__model="vehicle")
        .values_list("row_id", flat=True)
    )
    fresh = [vehicle for vehicle in due if vehicle.pk not in known]
    for vehicle in fresh:
        summary = _("Pay the road tax of %(plate)s") % {"plate": vehicle.plate}
        activities.schedule(
            vehicle,
            summary=summary,
            due_date=vehicle.tax_due_date,
            user_id=vehicle.created_by_id,
            by=by,
            on=on,
        )
    return len(fresh)


def _check_ours(vehicle: Vehicle) -> None:
    if vehicle.state == Vehicle.State.SOLD:
        raise AlreadySold(plate=vehicle.plate, day=date_format(vehicle.sold_date))


def _a_year_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
