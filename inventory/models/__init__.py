"""The nouns of inventory."""

from inventory.models.location import Location
from inventory.models.operation_type import OperationType
from inventory.models.warehouse import Warehouse

__all__ = ["Location", "OperationType", "Warehouse"]
