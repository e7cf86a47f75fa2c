"""How the taxes of a line follow from its price: compiled once for a set of taxes, exact until rounded.

Every tax amount is a linear function of the line's price and quantity, so a set of taxes is compiled into fractions
(`Share`) and applied to any number of lines. The order of evaluation:

1. groups give way to their children; taxes stand by sequence, then key;
2. neighbours of one kind, one included flag and one "raises the base" flag are a batch, worked out together;
3. fixed taxes, from the last to the first; then included ones, from the last to the first, because the later is the
   outer layer of the price; then the taxes on top, from the first to the last;
4. each amount is pushed into the bases of the others: an included tax is taken out of the base of those before it
   and of those after it that do not stack on it; a tax on top that raises the base is added to later raised ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

PERCENT, FIXED, DIVISION, GROUP = "percent", "fixed", "division", "group"
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class TaxRule:
    """A tax as arithmetic sees it.

    `rate` is in percent (for `FIXED`: money per unit), already multiplied by the share of the base that is taxed: PPN
    of 12 % on 11/12 of the price has rate 11. `net` is the part of the amount that the document's total carries:
    1, or 0 where the tax is booked to both sides (reverse charge).
    """

    key: int
    kind: str
    rate: Fraction
    sequence: int = 0
    is_included: bool = False
    raises_base: bool = False
    is_base_raised: bool = True
    is_reverse_charge: bool = False
    net: Fraction = Fraction(1)
    children: tuple["TaxRule", ...] = ()

    @property
    def is_inside(self) -> bool:
        """Whether the price contains the tax. A reverse charge never does: the supplier does not collect it."""
        return self.is_included and not self.is_reverse_charge


@dataclass(frozen=True, slots=True)
class Share:
    """One tax of a compiled set: `amount = per_price · price + per_unit · signed quantity`.

    Its base is the price, plus or minus the amounts of the shares in `pushed`, less those of its own included batch.
    """

    tax: TaxRule
    per_price: Fraction
    per_unit: Fraction
    pushed: tuple[tuple[int, int], ...]

    def amount(self, price: Fraction, units: Fraction) -> Fraction:
        """The exact tax on a line."""
        return self.per_price * price + self.per_unit * units


class _Linear(NamedTuple):
    """A linear function of price and signed quantity."""

    price: Fraction
    units: Fraction

    def plus(self, other: "_Linear", factor: int | Fraction = 1) -> "_Linear":
        return _Linear(self.price + factor * other.price, self.units + factor * other.units)

    def times(self, factor: Fraction) -> "_Linear":
        return _Linear(self.price * factor, self.units * factor)


_PRICE = _Linear(Fraction(1), Fraction(0))
_NOTHING = _Linear(Fraction(0), Fraction(0))


def flattened(taxes: Iterable[TaxRule]) -> list[TaxRule]:
    """The taxes in order of evaluation, a group's children in the group's place."""
    rows: list[TaxRule] = []
    for tax in sorted(taxes, key=lambda tax: (tax.sequence, tax.key)):
        rows.extend(flattened(tax.children) if tax.kind == GROUP else [tax])
    return list(dict.fromkeys(rows))


def batches(taxes: Sequence[TaxRule]) -> list[list[int]]:
    """Neighbouring taxes that are worked out together, as positions."""
    groups: list[list[int]] = []
    for position, tax in enumerate(taxes):
        before = taxes[position - 1] if position else None
        if (
            before is not None
            and (before.kind, before.is_inside, before.raises_base)
            == (tax.kind, tax.is_inside, tax.raises_base)
            and not (tax.raises_base and tax.is_base_raised)
        ):
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


@lru_cache(maxsize=4096)
def plan(taxes: tuple[TaxRule, ...]) -> tuple[Share, ...]:
    """Compile a set of taxes."""
    return _Compiler(flattened(taxes)).shares()


@dataclass
class _Compiler:
    """The work on one set of taxes."""

    taxes: list[TaxRule]
    amounts: dict[int, _Linear] = field(default_factory=dict)
    extra: dict[int, _Linear] = field(default_factory=dict)
    pushed: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    batch_of: dict[int, list[int]] = field(default_factory=dict)

    def shares(self) -> tuple[Share, ...]:
        for batch in batches(self.taxes):
            self.batch_of.update(dict.fromkeys(batch, batch))
        for position in self._order():
            self.amounts[position] = self._amount(position)
            self._push(position)
        return tuple(
            Share(tax, *self.amounts[position], pushed=tuple(self._base_terms(position)))
            for position, tax in enumerate(self.taxes)
        )

    def _order(self) -> list[int]:
        positions = range(len(self.taxes))
        fixed = [i for i in reversed(positions) if self.taxes[i].kind == FIXED]
        inside = [
            i
            for i in reversed(positions)
            if self.taxes[i].kind != FIXED and self.taxes[i].is_inside
        ]
        on_top = [
            i for i in positions if self.taxes[i].kind != FIXED and not self.taxes[i].is_inside
        ]
        return fixed + inside + on_top

    def _amount(self, position: int) -> _Linear:
        tax = self.taxes[position]
        if tax.kind == FIXED:
            return _Linear(Fraction(0), tax.rate)
        base = _PRICE.plus(self.extra.get(position, _NOTHING))
        of_batch = sum((self.taxes[i].rate for i in self.batch_of[position]), Fraction(0))
        if tax.kind == PERCENT:
            return base.times(tax.rate / (HUNDRED + of_batch if tax.is_inside else HUNDRED))
        share = tax.rate / HUNDRED
        return base.times(share if tax.is_inside else share / (1 - of_batch / HUNDRED))

    def _push(self, position: int) -> None:
        tax = self.taxes[position]
        batch = self.batch_of[position]
        later = range(batch[-1] + 1, len(self.taxes))
        if tax.is_inside:
            for other in range(batch[0]):
                self._push_to(other, position, -1)
            for other in later:
                if not (tax.raises_base and self.taxes[other].is_base_raised):
                    self._push_to(other, position, -1)
        elif tax.raises_base:
            for other in later:
                if self.taxes[other].is_base_raised:
                    self._push_to(other, position, 1)

    def _push_to(self, other: int, position: int, sign: int) -> None:
        self.pushed.setdefault(other, []).append((position, sign))
        if other not in self.amounts:
            self.extra[other] = self.extra.get(other, _NOTHING).plus(self.amounts[position], sign)

    def _base_terms(self, position: int) -> list[tuple[int, int]]:
        own = [(i, -1) for i in self.batch_of[position]] if self.taxes[position].is_inside else []
        return self.pushed.get(position, []) + own


def price_with_taxes(price: Fraction, taxes: Iterable[TaxRule]) -> Fraction:
    """What one unit costs with its taxes; `price` as written on the price list."""
    shares = plan(tuple(taxes))
    on_top = (share for share in shares if not share.tax.is_inside)
    return price + sum(
        (share.amount(price, Fraction(1)) * share.tax.net for share in on_top), Fraction(0)
    )


def price_without_taxes(price: Fraction, taxes: Iterable[TaxRule]) -> Fraction:
    """What one unit costs without its taxes; `price` as written on the price list."""
    inside = (share for share in plan(tuple(taxes)) if share.tax.is_inside)
    return price - sum((share.amount(price, Fraction(1)) for share in inside), Fraction(0))
