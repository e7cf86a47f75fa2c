"""The back office of accounting. The order of the imports is the order of the menu."""

from accounting.admin import (
    books,
    chart,
    dashboard,
    entries,
    items,
    payments,
    settings,
    taxes,
    terms,
)

__all__ = [
    "books",
    "chart",
    "dashboard",
    "entries",
    "items",
    "payments",
    "settings",
    "taxes",
    "terms",
]
