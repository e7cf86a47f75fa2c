"""What other programs may read, write and do with the shared nouns."""

from base.rpc import (
    activities,
    attachments,
    companies,
    keys,
    partners,
    people,
    products,
    system,
    talk,
)

__all__ = [
    "activities",
    "attachments",
    "companies",
    "keys",
    "partners",
    "people",
    "products",
    "system",
    "talk",
]
