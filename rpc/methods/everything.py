"""Every generic method there is: importing this fills the table."""

from rpc.methods import (
    describing,
    exchanging,
    grouping,
    naming,
    onchange,
    probing,
    reading,
    translating,
    viewing,
    web,
    writing,
)

__all__ = [
    "describing",
    "exchanging",
    "grouping",
    "naming",
    "onchange",
    "probing",
    "reading",
    "translating",
    "viewing",
    "web",
    "writing",
]
