"""What people see of the fleet. The only part that knows `web`."""

from armada.screens import panels, vehicles

__all__ = ["panels", "vehicles"]
