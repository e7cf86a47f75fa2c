"""The demo company's vehicles."""

from datetime import date, timedelta

from armada.models import Vehicle, VehicleKind

from base.external_ids import row_ids
from base.seeds import upsert

VEHICLES = {
    "vehicle_van": ("B 9021 KXT", "Daihatsu", "Gran Max", "kind_car", 10),
    "vehicle_lorry": ("B 9456 TDA", "Mitsubishi", "Colt Diesel", "kind_truck", 120),
    "vehicle_motorcycle": ("B 3310 SKL", "Honda", "Supra X", "kind_motorcycle", 200),
}


def load() -> None:
    """Give the first company three vehicles."""
    kinds = row_ids(VehicleKind, "armada")
    today = date.today()  # noqa: DTZ011 - demo data is as of whenever it is made
    rows = {
        name: {
            "company_id": 1,
            "plate": plate,
            "make": make,
            "model_name": model,
            "kind_id": kinds[kind],
            "tax_due_date": today + timedelta(days=days),
        }
        for name, (plate, make, model, kind, days) in VEHICLES.items()
    }
    upsert(Vehicle, "demo", rows)
