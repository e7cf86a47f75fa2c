"""What the fleet shows to other programs."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from armada.models import Vehicle, VehicleKind
from armada.services import vehicles
from rpc import does, expose, extend, record_method
from rpc.context import Call
from rpc.writing.records import found_rows


def action_sell(call: Call, ids: Any, buyer_id: int, price: float) -> bool:
    """Sell vehicles to a partner, each at a price."""
    rows = found_rows(call, [int(one) for one in ids], "write")
    sold = vehicles.sell(
        rows, buyer_id=int(buyer_id), price=Decimal(str(price)), by=call.actor, on=call.today()
    )
    return bool(sold)


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
    methods={"action_sell": record_method(action_sell)},
)

extend(
    "res.partner",
    via="armada",
    writes="driving_licence=licence_number driving_licence_class=licence_class driving_licence_expiry=licence_expiry_date",
)
extend("res.partner", reads="vehicles")
