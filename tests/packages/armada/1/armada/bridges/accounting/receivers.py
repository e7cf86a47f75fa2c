"""What accounting does when vehicles are sold."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from accounting.models import JournalEntry
from accounting.services import invoices
from armada.bridges.accounting.models import VehicleAccounting
from armada.models import Vehicle
from armada.signals import vehicles_sold
from base.actors import Actor


@receiver(vehicles_sold)
def write_invoices(
    sender: Any, *, vehicles: list[Vehicle], by: Actor, on: date, **_kwargs: Any
) -> None:
    """Write a draft invoice for each vehicle, in the same transaction as the sale."""
    rows = [_invoice(vehicle, on) for vehicle in vehicles]
    drafts = invoices.draft(rows, by=by, on=on)
    VehicleAccounting.objects.bulk_create(
        VehicleAccounting(vehicle=vehicle, invoice=invoice)
        for vehicle, invoice in zip(vehicles, drafts, strict=True)
    )


def _invoice(vehicle: Vehicle, on: date) -> dict[str, Any]:
    label = _("Vehicle %(plate)s") % {"plate": vehicle.plate}
    return {
        "kind": JournalEntry.Kind.OUT_INVOICE,
        "company_id": vehicle.company_id,
        "partner_id": vehicle.buyer_id,
        "invoice_date": on,
        "lines": [{"label": label, "unit_price": vehicle.price}],
    }
