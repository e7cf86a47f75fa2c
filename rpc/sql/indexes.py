"""Which columns an index leads with, so that the database finds their values without reading all rows."""

import re
from functools import cache
from typing import Any

from django.db.models import F, Model, Q

COLUMN = re.compile(r't0\."(\w+)"\Z')
"""A plain column of the first table of a statement."""


@cache
def led_by_index(model: type[Model]) -> frozenset[str]:
    """The columns of a model that an index of all rows, or of those where the column is filled, begins with."""
    meta = model._meta
    concrete: Any = meta.concrete_fields
    names = {field.name for field in concrete if field.db_index or field.unique}
    for index in meta.indexes:
        first = index.fields_orders[0][0] if index.fields_orders else _named(index.expressions)
        if first and index.condition in (None, Q(**{f"{first}__isnull": False})):
            names.add(first)
    fields = {field.name: field.column for field in concrete}
    return frozenset(fields[name] for name in names if name in fields)


def _named(expressions: Any) -> str:
    first: Any = expressions[0] if expressions else None
    return str(getattr(first, "name", "")) if isinstance(first, F) else ""
