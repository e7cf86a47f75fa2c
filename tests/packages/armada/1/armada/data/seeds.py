"""The kinds of vehicles that every fleet knows."""

from armada.models import VehicleKind
from base.seeds import upsert

KINDS = {
    "kind_car": {"name_en": "Car", "name_ind": "Mobil", "sequence": 1, "notice_days": 14},
    "kind_truck": {"name_en": "Lorry", "name_ind": "Truk", "sequence": 2, "notice_days": 14},
    "kind_motorcycle": {
        "name_en": "Motorcycle",
        "name_ind": "Sepeda motor",
        "sequence": 3,
        "notice_days": 14,
    },
}


def load() -> None:
    """Write the kinds of vehicles."""
    upsert(VehicleKind, "armada", KINDS)
