"""The back office of the base nouns. The order of the imports is the order of the menu."""

from base.admin import (
    partners,
    products,
    companies,
    settings,
    places,
    users,
    talk,
    jobs,
    audit,
    libraries,
)

__all__ = [
    "audit",
    "companies",
    "jobs",
    "libraries",
    "partners",
    "places",
    "products",
    "settings",
    "talk",
    "users",
]
