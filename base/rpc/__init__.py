"""What other programs may read, write and do with the shared nouns."""

from base.rpc import (
    activities,
    attachments,
    companies,
    external_ids,
    jobs,
    keys,
    mails,
    menus,
    modules,
    parameters,
    partners,
    people,
    products,
    roles,
    sequences,
    talk,
)

__all__ = [
    "activities",
    "attachments",
    "companies",
    "external_ids",
    "jobs",
    "keys",
    "mails",
    "menus",
    "modules",
    "parameters",
    "partners",
    "people",
    "products",
    "roles",
    "sequences",
    "talk",
]
