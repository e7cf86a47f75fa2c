"""What accounting shows to other programs, under the names they know."""

from accounting.rpc import (
    charts,
    entries,
    items,
    paying,
    payments,
    printing,
    reversing,
    sending,
    sidecars,
    talk,
    taxes,
    ways_to_pay,
)

__all__ = [
    "charts",
    "entries",
    "items",
    "paying",
    "payments",
    "printing",
    "reversing",
    "sending",
    "sidecars",
    "talk",
    "taxes",
    "ways_to_pay",
]
