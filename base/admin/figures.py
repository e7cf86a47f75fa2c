"""Numbers as people read them: grouped by thousands, without zeros that say nothing."""

from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import DecimalField
from django.utils.formats import number_format


class Figure:
    """A column or a read-only field that shows a decimal of a row. Stands wherever the admin takes a callable."""

    def __init__(self, field: Any) -> None:
        self.field = field
        self.__name__ = field.name
        self.short_description = field.verbose_name
        self.admin_order_field = field.name

    def __call__(self, row: Any) -> str | None:
        """The number of a row."""
        value = getattr(row, self.field.attname)
        return None if value is None else written(value)


@cache
def figure(field: Any) -> Figure:
    """The figure of a field, always the same one: the admin compares them."""
    return Figure(field)


def shown(field: Any) -> Any:
    """What stands for a field where it is only read: its figure if it is a decimal, else its name."""
    return figure(field) if isinstance(field, DecimalField) else field.name


def with_figures(names: Any, fields: dict[str, Any]) -> list[Any]:
    """Names of columns or fields, decimals among them as figures. Groups of fields stay groups."""
    return [
        tuple(with_figures(name, fields))
        if isinstance(name, list | tuple)
        else shown(fields[name])
        if isinstance(name, str) and name in fields
        else name
        for name in names
    ]


def written(value: Decimal) -> str:
    """A number grouped by thousands in the reader's way; a fraction has two digits or as many as it needs."""
    places = max(-int(trimmed(value).as_tuple().exponent), 0)
    return number_format(value, max(places, 2) if places else 0, force_grouping=True)


def trimmed(value: Decimal) -> Decimal:
    """The same number without zeros at its end, never in powers of ten."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
