"""Quantities from one unit of measure to another."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from base.errors import Refused
from base.models import UnitOfMeasure


class OtherFamily(Refused):
    """The units have nothing in common: pieces are no kilograms."""

    code = "other_family"
    message = _("%(from_unit)s cannot be converted to %(to_unit)s.")


def convert(
    quantity: Decimal,
    from_unit: UnitOfMeasure,
    to_unit: UnitOfMeasure,
    *,
    up: bool = False,
    exact: bool = False,
) -> Decimal:
    """A quantity in another unit of the same family, rounded once: half up to the target's smallest quantity, or
    always `up` for what must suffice. `exact` keeps it unrounded, to 15 decimals. Refuses with `OtherFamily`.
    """
    if from_unit.pk == to_unit.pk:
        return quantity if exact else to_unit.round(quantity, up=up)
    converted = Fraction(quantity) * ratio(from_unit, to_unit)
    if not exact:
        return to_unit.round(converted, up=up)
    return (Decimal(converted.numerator) / Decimal(converted.denominator)).quantize(
        Decimal("1e-15")
    )


def convert_price(price: Decimal, from_unit: UnitOfMeasure, to_unit: UnitOfMeasure) -> Decimal:
    """A price per unit as a price per other unit, unrounded: what costs 12,000 a dozen costs 1,000 a piece.

    Refuses with `OtherFamily`.
    """
    share = Fraction(price) / ratio(from_unit, to_unit)
    return Decimal(share.numerator) / Decimal(share.denominator)


def ratio(from_unit: UnitOfMeasure, to_unit: UnitOfMeasure) -> Fraction:
    """How many of the second unit one of the first contains. Refuses with `OtherFamily`."""
    if not from_unit.is_convertible_to(to_unit):
        raise OtherFamily(from_unit=from_unit.name, to_unit=to_unit.name)
    return Fraction(from_unit.factor) / Fraction(to_unit.factor)
