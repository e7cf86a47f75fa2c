"""What the fleet announces."""

from django.dispatch import Signal

vehicles_sold = Signal()
"""Sent once after vehicles are sold, in the same transaction. `sender` is `Vehicle`; `vehicles` (a list), `by`, `on`."""
