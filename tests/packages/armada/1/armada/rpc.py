"""What the fleet shows to other programs."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from armada.models import Vehicle, VehicleKind
from armada.services import vehicles
from base.policies import require_all_visible
from rpc import does, expose, extend, field, record_method, wizard
from rpc.actions import rows, window
from rpc.context import Call
from rpc.writing.records import found_rows


def action_sell(call: Call, ids: Any, buyer_id: int, price: float) -> bool:
    """Sell vehicles to a partner, each at a price."""
    found = found_rows(call, [int(one) for one in ids], "write")
    sold = vehicles.sell(
        found, buyer_id=int(buyer_id), price=Decimal(str(price)), by=call.actor, on=call.today()
    )
    return bool(sold)


def action_ask_sale(_call: Call, ids: Any) -> dict[str, Any]:
    """Ask in a window to whom vehicles are sold."""
    context = {"active_model": "armada.vehicle", "active_ids": [int(one) for one in ids]}
    return window("armada.vehicle.sale", name=str(_("Sell")), context=context, target="new")


def sale_defaults(call: Call) -> dict[str, Any]:
    """What the window begins with: the vehicles it was opened for, and today."""
    return {
        "vehicle_ids": call.active_ids("armada.vehicle"),
        "sale_date": call.today().isoformat(),
    }


def sell(call: Call, windows: list[Any]) -> dict[str, Any]:
    """Sell the vehicles as the windows say."""
    ids = sorted({pk for row in windows for pk in row.values["vehicle_ids"]})
    require_all_visible(Vehicle.objects.all(), ids, call.actor)
    for row in windows:
        vehicles.sell(
            Vehicle.objects.filter(pk__in=row.values["vehicle_ids"]),
            buyer_id=row.values["buyer_id"],
            price=row.values["price"],
            by=call.actor,
            on=row.values["sale_date"],
        )
    return rows("armada.vehicle", ids, name=str(_("Vehicles")))


expose(
    "armada.vehicle.kind",
    model=VehicleKind,
    label=_("Kind of vehicle"),
    order="sequence, id",
    display="name",
    writes="name sequence notice_days",
)

expose(
    "armada.vehicle",
    model=Vehicle,
    label=_("Vehicle"),
    order="plate, id",
    display="plate",
    search="plate description",
    writes="plate description kind driver tax_due_date company",
    reads="state sold_date buyer price",
    verbs={"action_renew_tax": does(vehicles.renew_tax, answers=True)},
    methods={
        "action_sell": record_method(action_sell),
        "action_ask_sale": record_method(action_ask_sale, writes=False),
    },
)

wizard(
    "armada.vehicle.sale",
    label=_("Sell vehicles"),
    permission="armada.sell_vehicle",
    fields=(
        field("vehicle_ids", "many2many", _("Vehicles"), relation="armada.vehicle"),
        field("buyer_id", "many2one", _("Buyer"), relation="res.partner", required=True),
        field("price", "float", _("Price"), required=True),
        field("sale_date", "date", _("Sold on"), required=True),
    ),
    defaults=sale_defaults,
    methods={"sell": sell},
)

extend(
    "res.partner",
    via="armada",
    writes="driving_licence=licence_number driving_licence_class=licence_class driving_licence_expiry=licence_expiry_date",
)
extend("res.partner", reads="vehicles")
