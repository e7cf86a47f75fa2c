"""The nouns of the fleet."""

from armada.models.driver import Driver
from armada.models.kind import VehicleKind
from armada.models.vehicle import Vehicle

__all__ = ["Driver", "Vehicle", "VehicleKind"]
