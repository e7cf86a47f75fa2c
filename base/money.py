"""Money, quantities and rates are decimals, rounded once, half away from zero, at the precision that counts."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.db import models

ZERO = Decimal(0)


def round_half_up(amount: Decimal | Fraction | int, places: int) -> Decimal:
    """Round half away from zero: 2.5 → 3, −2.5 → −3. `places` are decimals after the point (IDR 0, USD 2)."""
    unit = Decimal(1).scaleb(-places)
    if isinstance(amount, Fraction):
        scaled = abs(amount) * 10**places
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(whole if amount >= 0 else -whole).scaleb(-places)
    return Decimal(amount).quantize(unit, rounding=ROUND_HALF_UP)


class _FixedField(models.DecimalField):  # type: ignore[type-arg]
    """A decimal field with a house-wide size; migrations name the size, so that it is never implicit."""

    size = (20, 4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        digits, places = self.size
        super().__init__(*args, **({"max_digits": digits, "decimal_places": places} | kwargs))


class MoneyField(_FixedField):
    """An amount in some currency. Four decimals hold every ISO 4217 currency; verbs round to the currency's own."""

    size = (20, 4)


class QuantityField(_FixedField):
    """A quantity in some unit of measure."""

    size = (20, 6)


class PriceField(_FixedField):
    """A price per unit; finer than money, because it is multiplied before it is rounded."""

    size = (24, 8)


class RateField(_FixedField):
    """A rate or a factor: currency rates, unit factors."""

    size = (30, 15)


class PercentField(_FixedField):
    """A percentage: 12.5 means 12.5 %."""

    size = (12, 6)
