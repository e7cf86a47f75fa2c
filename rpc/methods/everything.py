"""Every generic method there is: importing this fills the table."""

from rpc.methods import (
    describing,
    exchanging,
    grouping,
    naming,
    probing,
    reading,
    translating,
    web,
    writing,
)

__all__ = [
    "describing",
    "exchanging",
    "grouping",
    "naming",
    "probing",
    "reading",
    "translating",
    "web",
    "writing",
]
