"""Matching debits with credits: who pays whom how much, and which items form one settled whole."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from base.money import ZERO


@dataclass(frozen=True, slots=True)
class Open:
    """An item that is still open: positive residuals are debits, negative ones credits."""

    key: int
    residual: Decimal
    residual_currency: Decimal


@dataclass(frozen=True, slots=True)
class Match:
    """A debit settled against a credit, in the company's currency and in that of the items."""

    debit: int
    credit: int
    amount: Decimal
    amount_currency: Decimal


def matches(items: Sequence[Open]) -> list[Match]:
    """Settle debits against credits in the order given, each as far as both sides reach."""
    debits = deque(item for item in items if item.residual > ZERO)
    owed = deque(
        Open(item.key, -item.residual, -item.residual_currency)
        for item in items
        if item.residual < ZERO
    )
    found: list[Match] = []
    while debits and owed:
        debit, credit = debits.popleft(), owed.popleft()
        amount = min(debit.residual, credit.residual)
        in_currency = min(debit.residual_currency, credit.residual_currency)
        found.append(Match(debit.key, credit.key, amount, in_currency))
        for side, item in ((debits, debit), (owed, credit)):
            left = Open(item.key, item.residual - amount, item.residual_currency - in_currency)
            if left.residual > ZERO:
                side.appendleft(left)
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


def settled(
    groups: Iterable[frozenset[int]], residuals: Mapping[int, Decimal]
) -> list[frozenset[int]]:
    """The groups in which nothing is open any more."""
    return [group for group in groups if all(residuals[key] == ZERO for key in group)]
