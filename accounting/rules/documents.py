"""The amounts of a document: what each line costs, what each tax comes to, and the totals.

A line's price (unit price × quantity, less discount) is rounded first; taxes are worked out from rounded prices, so a
document of one line gives the same total whether taxes are rounded on each line or on the document. Where taxes are
rounded on the document, the difference to the rounded lines is spread over the lines. An included tax never moves the
price that was agreed: its base gives way. Where a payment term always taxes the discounted price, taxes are worked out
on that part of it; what is charged without taxes stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from accounting.rules.spreading import rounded_to_sum
from accounting.rules.taxes import Share, TaxRule, plan
from base.money import ZERO, round_half_up

PER_LINE, GLOBALLY = "per_line", "globally"
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """What is charged on one line. `discount` is in percent."""

    unit_price: Decimal
    quantity: Decimal = Decimal(1)
    discount: Decimal = ZERO
    taxes: tuple[TaxRule, ...] = ()

    def price(self, places: int) -> Decimal:
        """The line's price, rounded to the currency."""
        exact = (
            Fraction(self.unit_price)
            * Fraction(self.quantity)
            * (1 - Fraction(self.discount) / 100)
        )
        return round_half_up(exact, places)

    @property
    def units(self) -> Fraction:
        """The quantity that fixed taxes count, with the sign of the price."""
        return Fraction(self.quantity) * (-1 if self.unit_price < 0 else 1)


@dataclass(frozen=True, slots=True)
class TaxAmount:
    """A tax on a base."""

    tax: TaxRule
    base: Decimal
    amount: Decimal

    def due(self, places: int) -> Decimal:
        """The part of the amount that the document's total carries."""
        return (
            self.amount
            if self.tax.net == 1
            else round_half_up(Fraction(self.amount) * self.tax.net, places)
        )


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """A line without taxes (`subtotal`), with taxes (`total`), and its taxes."""

    subtotal: Decimal
    total: Decimal
    taxes: tuple[TaxAmount, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentAmounts:
    """All amounts of a document."""

    lines: tuple[LineAmounts, ...]
    taxes: tuple[TaxAmount, ...]
    untaxed: Decimal
    tax: Decimal

    @property
    def total(self) -> Decimal:
        """What the document comes to."""
        return self.untaxed + self.tax


def document_amounts(
    lines: Sequence[PricedLine],
    *,
    places: int,
    rounding: str = GLOBALLY,
    tax_places: int | None = None,
    taxed_part: Fraction = WHOLE,
) -> DocumentAmounts:
    """Work out a document in its currency of so many decimal places.

    `tax_places` rounds the document's total of each tax more coarsely: 0 for whole rupiah, as tax returns want it.
    `taxed_part` is the part of the prices that taxes are on: 98 % with a discount of 2 % for whoever pays early.
    """
    prices = [line.price(places) for line in lines]
    plans = [plan(line.taxes) for line in lines]
    rounded = partial(_rounded, plans, places=places, rounding=rounding, tax_places=tax_places)
    full = rounded(_exact(lines, prices, plans, WHOLE))
    results = tuple(
        _line_amounts(price, shares, amounts, places)
        for price, shares, amounts in zip(prices, plans, full, strict=True)
    )
    if taxed_part != WHOLE:
        asked = rounded(_exact(lines, prices, plans, taxed_part))
        results = tuple(
            _taxed_in_part(line, amounts, taxed_part, places)
            for line, amounts in zip(results, asked, strict=True)
        )
    totals = tuple(_by_tax(results))
    return DocumentAmounts(
        lines=results,
        taxes=totals,
        untaxed=sum((line.subtotal for line in results), ZERO),
        tax=sum((total.due(places) for total in totals), ZERO),
    )


def _exact(
    lines: Sequence[PricedLine],
    prices: Sequence[Decimal],
    plans: Sequence[tuple[Share, ...]],
    part: Fraction,
) -> list[list[Fraction]]:
    return [
        [share.amount(price * part, line.units) for share in shares]
        for line, price, shares in zip(lines, map(Fraction, prices), plans, strict=True)
    ]


def _taxed_in_part(
    line: LineAmounts, amounts: Sequence[Decimal], part: Fraction, places: int
) -> LineAmounts:
    taxes = tuple(
        TaxAmount(tax.tax, round_half_up(Fraction(tax.base) * part, places), amount)
        for tax, amount in zip(line.taxes, amounts, strict=True)
    )
    due = sum((tax.due(places) for tax in taxes), ZERO)
    return LineAmounts(line.subtotal, line.subtotal + due, taxes)


def _rounded(
    plans: Sequence[tuple[Share, ...]],
    exact: Sequence[Sequence[Fraction]],
    *,
    places: int,
    rounding: str,
    tax_places: int | None,
) -> list[list[Decimal]]:
    rounded = [[round_half_up(amount, places) for amount in amounts] for amounts in exact]
    if rounding == PER_LINE:
        return rounded
    cells: dict[int, list[tuple[int, int]]] = {}
    for row, shares in enumerate(plans):
        for column, share in enumerate(shares):
            cells.setdefault(share.tax.key, []).append((row, column))
    for places_of_tax in cells.values():
        spread = rounded_to_sum(
            [exact[row][column] for row, column in places_of_tax], places, tax_places
        )
        for (row, column), amount in zip(places_of_tax, spread, strict=True):
            rounded[row][column] = amount
    return rounded


def _line_amounts(
    price: Decimal, shares: Sequence[Share], amounts: Sequence[Decimal], places: int
) -> LineAmounts:
    taxes = tuple(
        TaxAmount(
            share.tax, price + sum((sign * amounts[i] for i, sign in share.pushed), ZERO), amount
        )
        for share, amount in zip(shares, amounts, strict=True)
    )
    inside = sum((line.amount for line in taxes if line.tax.is_inside), ZERO)
    subtotal = price - inside
    return LineAmounts(subtotal, subtotal + sum((line.due(places) for line in taxes), ZERO), taxes)


def _by_tax(lines: Iterable[LineAmounts]) -> Iterable[TaxAmount]:
    totals: dict[int, TaxAmount] = {}
    for line in lines:
        for part in line.taxes:
            sofar = totals.get(part.tax.key)
            totals[part.tax.key] = TaxAmount(
                part.tax,
                part.base + (sofar.base if sofar else ZERO),
                part.amount + (sofar.amount if sofar else ZERO),
            )
    return totals.values()
