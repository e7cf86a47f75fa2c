"""Matching debits with credits: who pays whom how much, what rates have won or lost, and which items form one whole.

Two items are matched in the foreign currency both are in, else in the company's. Matched in a foreign currency, each
side gives up what its part was worth at its own rate; the smaller amount settles both, and what the other gives up more
is exchange difference: a gain where a credit is left over, a loss where a debit is (IAS 21.28, PSAK 221).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from base.money import ZERO, round_half_up


@dataclass(frozen=True, slots=True)
class Open:
    """An item that is still open: positive residuals are debits, negative ones credits.

    `currency` is that of `residual_currency`, `worth` what one unit of it is worth in the company's by the item's own
    amounts; without it (items in the company's currency) both residuals are the same.
    """

    key: int
    residual: Decimal
    residual_currency: Decimal
    currency: int = 0
    worth: Fraction | None = None

    @property
    def is_debit(self) -> bool:
        """Whether it is a claim."""
        return self.residual > ZERO or (self.residual == ZERO and self.residual_currency > ZERO)

    @property
    def is_open(self) -> bool:
        """Whether anything is left of it."""
        return bool(self.residual or self.residual_currency)

    @property
    def flipped(self) -> "Open":
        """The same with both signs turned."""
        return replace(self, residual=-self.residual, residual_currency=-self.residual_currency)

    def less(self, amount: Decimal, in_currency: Decimal) -> "Open":
        """What is left after a match."""
        return replace(
            self,
            residual=self.residual - amount,
            residual_currency=self.residual_currency - in_currency,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A debit settled against a credit, in the company's currency and in those of the items.

    `exchange` is what an exchange difference settles besides: positive of the debit (a loss), negative of the credit
    (a gain).
    """

    debit: int
    credit: int
    amount: Decimal
    debit_amount: Decimal
    credit_amount: Decimal
    exchange: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Places:
    """To how many decimals the company's currency and the foreign ones are rounded."""

    own: int = 4
    foreign: Mapping[int, int] = field(default_factory=dict)

    def of(self, currency: int) -> int:
        """Those of a currency."""
        return self.foreign.get(currency, self.own)


EACH_FOUR = Places()


def matches(items: Sequence[Open], places: Places = EACH_FOUR) -> list[Match]:
    """Settle debits against credits in the order given, each as far as both sides reach, like currencies first."""
    debits = [item for item in items if item.is_open and item.is_debit]
    credits_ = [item.flipped for item in items if item.is_open and not item.is_debit]
    found: list[Match] = []
    for like in (True, False):
        first = 0
        for i in range(len(debits)):
            for j in range(first, len(credits_)):
                if not debits[i].is_open:
                    break
                match = _match(debits[i], credits_[j], places, like=like)
                if match is not None:
                    found.append(match)
                    loss, gain = max(match.exchange, ZERO), max(-match.exchange, ZERO)
                    debits[i] = debits[i].less(match.amount + loss, match.debit_amount)
                    credits_[j] = credits_[j].less(match.amount + gain, match.credit_amount)
            while first < len(credits_) and not credits_[first].is_open:
                first += 1
    return found


def components(links: Iterable[tuple[int, int]]) -> list[frozenset[int]]:
    """The groups of items that are connected by matches, each however long the chain."""
    parent: dict[int, int] = {}

    def root(key: int) -> int:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in links:
        parent[root(one)] = root(other)
    groups: dict[int, set[int]] = {}
    for key in parent:
        groups.setdefault(root(key), set()).add(key)
    return sorted((frozenset(group) for group in groups.values()), key=min)


def _match(debit: Open, credit: Open, places: Places, *, like: bool) -> Match | None:
    is_like = debit.currency == credit.currency
    if is_like is not like or not credit.is_open:
        return None
    if is_like and debit.worth and debit.residual_currency and credit.residual_currency:
        return _in_foreign_currency(debit, credit, places)
    amount = min(debit.residual, credit.residual)
    if amount <= ZERO:
        return None
    return Match(
        debit.key,
        credit.key,
        amount,
        _in_own_currency(debit, amount, places),
        _in_own_currency(credit, amount, places),
    )


def _in_foreign_currency(debit: Open, credit: Open, places: Places) -> Match:
    matched = min(debit.residual_currency, credit.residual_currency)
    given, taken = _worth_of(debit, matched, places), _worth_of(credit, matched, places)
    half = Fraction(1, 2 * 10 ** places.of(debit.currency))
    if _is_within(debit, matched, taken, half) and _is_within(credit, matched, given, half):
        # Only rounding sets them apart: no gain, no loss, as long as the rest can carry the difference.
        if matched < debit.residual_currency and taken <= debit.residual:
            given = taken
        elif matched < credit.residual_currency and given <= credit.residual:
            taken = given
    return Match(debit.key, credit.key, min(given, taken), matched, matched, given - taken)


def _worth_of(item: Open, matched: Decimal, places: Places) -> Decimal:
    """What a part of an item is worth by its own amounts; the last part is worth what is left."""
    if matched == item.residual_currency:
        return item.residual
    return min(round_half_up(Fraction(matched) * (item.worth or 0), places.own), item.residual)


def _is_within(item: Open, matched: Decimal, amount: Decimal, half: Fraction) -> bool:
    """Whether an amount is what half a unit more or less of the matched part of an item would be worth."""
    worth, part = item.worth or Fraction(0), Fraction(matched)
    return (part - half) * worth <= amount <= (part + half) * worth


def _in_own_currency(item: Open, amount: Decimal, places: Places) -> Decimal:
    """What a part of an item, given in the company's currency, is in the item's."""
    if amount == item.residual:
        return item.residual_currency
    if not item.worth:
        return min(amount, item.residual_currency)
    decimals = places.of(item.currency)
    found = round_half_up(Fraction(amount) / item.worth, decimals)
    if found < item.residual_currency:
        return found
    # A part never settles all of the item's own currency: something of the company's is still open.
    return max(item.residual_currency - Decimal(1).scaleb(-decimals), ZERO)
