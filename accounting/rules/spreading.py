"""Sharing out what rounding leaves over, the same way every time."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from base.money import ZERO, round_half_up


def spread(units: int, weights: Sequence[Fraction]) -> list[int]:
    """Share whole units out by weight: the heaviest first, then what is left one by one in the same order.

    Ties are broken by position, so the same document always rounds the same way.
    """
    given = [0] * len(weights)
    left, sign = abs(units), 1 if units >= 0 else -1
    whole = sum((abs(weight) for weight in weights), Fraction(0))
    order = sorted(range(len(weights)), key=lambda i: (-abs(weights[i]), i))
    for i in order:
        share = round_half_up(abs(weights[i]) / whole * abs(units), 0) if whole else ZERO
        given[i] = min(int(share), left)
        left -= given[i]
    for i in order[:left]:
        given[i] += 1
    return [sign * share for share in given]


def rounded_to_sum(
    amounts: Sequence[Fraction], places: int, sum_places: int | None = None
) -> list[Decimal]:
    """Round every amount so that they add up to their rounded sum, which may be rounded more coarsely."""
    rounded = [round_half_up(amount, places) for amount in amounts]
    target = round_half_up(
        sum(amounts, Fraction(0)), places if sum_places is None else min(places, sum_places)
    )
    missing = int((target - sum(rounded, ZERO)).scaleb(places))
    if not missing:
        return rounded
    unit = Decimal(1).scaleb(-places)
    return [
        amount + unit * share
        for amount, share in zip(rounded, spread(missing, amounts), strict=True)
    ]


def split(amount: Decimal, factors: Sequence[Fraction], places: int) -> list[Decimal]:
    """Split an amount by factors, each part rounded, the last one taking the remainder of the rounded whole."""
    exact = Fraction(amount)
    parts = [round_half_up(exact * factor, places) for factor in factors[:-1]]
    whole = round_half_up(exact * sum(factors, Fraction(0)), places)
    return [*parts, whole - sum(parts, ZERO)] if factors else []
