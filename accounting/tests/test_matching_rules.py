"""Matching debits with credits: in one currency, in a foreign one, and across."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.rules.matching import Match, Open, Places, components, matches

D = Decimal
RUPIAH, DOLLAR, EURO = 1, 2, 3
PLACES = Places(2, {RUPIAH: 2, DOLLAR: 2, EURO: 2})


def own(key, amount):
    return Open(key, D(amount), D(amount), RUPIAH)


def foreign(key, residual, in_currency, *, of=None, currency=DOLLAR):
    """An item in a foreign currency; `of` is what it was before some of it was settled."""
    balance, amount = of or (residual, in_currency)
    worth = Fraction(D(balance)) / Fraction(D(amount))
    return Open(key, D(residual), D(in_currency), currency, worth)


def test_matching_settles_as_far_as_both_sides_reach():
    items = [own(1, 100), own(2, 50), own(3, -120)]

    assert matches(items) == [
        Match(1, 3, D(100), D(100), D(100)),
        Match(2, 3, D(20), D(20), D(20)),
    ]


def test_matching_needs_both_sides():
    assert matches([own(1, 100), own(2, 50)]) == []


def test_a_chain_of_matches_is_one_whole():
    assert components([(1, 3), (2, 3), (4, 5)]) == [frozenset({1, 2, 3}), frozenset({4, 5})]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        # What was invoiced at 15,500 and is paid at 15,800 has won, at 15,000 it has lost.
        (
            [foreign(1, 15_500_000, 1000), foreign(2, -15_800_000, -1000)],
            [Match(1, 2, D(15_500_000), D(1000), D(1000), D(-300_000))],
        ),
        (
            [foreign(1, 15_500_000, 1000), foreign(2, -15_000_000, -1000)],
            [Match(1, 2, D(15_000_000), D(1000), D(1000), D(500_000))],
        ),
        # A part of it, at a better and at a worse rate: the rest keeps the rate of the invoice.
        (
            [foreign(1, 15_500_000, 1000), foreign(2, -6_320_000, -400)],
            [Match(1, 2, D(6_200_000), D(400), D(400), D(-120_000))],
        ),
        (
            [foreign(1, 15_500_000, 1000), foreign(2, -6_000_000, -400)],
            [Match(1, 2, D(6_000_000), D(400), D(400), D(200_000))],
        ),
        # The mirror: a bill paid at a higher rate has lost.
        (
            [foreign(1, 15_800_000, 1000), foreign(2, -15_500_000, -1000)],
            [Match(1, 2, D(15_500_000), D(1000), D(1000), D(300_000))],
        ),
        # Rounding of the part is no gain and no loss.
        (
            [foreign(1, "377554.00", "20000.00"), foreign(2, "-5314.62", "-281.53")],
            [Match(1, 2, D("5314.62"), D("281.53"), D("281.53"))],
        ),
        # The last part takes what is left, at whatever rate.
        (
            [
                foreign(1, "100.02", "6.67", of=("15000", "1000")),
                foreign(2, "-100.05", "-6.67"),
            ],
            [Match(1, 2, D("100.02"), D("6.67"), D("6.67"), D("-0.03"))],
        ),
        # Rupiah for dollars: settled in rupiah, without gain or loss.
        (
            [foreign(1, 15_500_000, 1000), own(2, -6_200_000)],
            [Match(1, 2, D(6_200_000), D(400), D(6_200_000))],
        ),
        (
            [foreign(1, 15_500_000, 1000), foreign(2, -17_000_000, -1000, currency=EURO)],
            [Match(1, 2, D(15_500_000), D(1000), D("911.76"))],
        ),
        # Like currencies first, whatever the order.
        (
            [own(1, 500), foreign(2, 15_500, 1), foreign(3, -15_500, -1), own(4, -500)],
            [Match(1, 4, D(500), D(500), D(500)), Match(2, 3, D(15_500), D(1), D(1))],
        ),
    ],
)
def test_matching_of_currencies(items, expected):
    assert matches(items, PLACES) == expected


money = st.decimals(min_value="0.01", max_value="99999", places=2)
rates = st.decimals(min_value="0.5", max_value="20000", places=4)


@st.composite
def open_items(draw):
    items = []
    for key in range(1, draw(st.integers(2, 8)) + 1):
        sign = draw(st.sampled_from((1, -1)))
        amount = draw(money)
        if draw(st.booleans()):
            balance = (amount * draw(rates)).quantize(D("0.01"))
            items.append(foreign(key, sign * balance, sign * amount, currency=DOLLAR))
        else:
            items.append(own(key, sign * amount))
    return items


@given(open_items())
def test_matching_never_settles_more_than_is_open_and_leaves_no_dust(items):
    left = {item.key: [item.residual, item.residual_currency] for item in items}
    for match in matches(items, PLACES):
        assert match.amount >= 0
        assert match.debit_amount >= 0
        assert match.credit_amount >= 0
        left[match.debit][0] -= match.amount + max(match.exchange, 0)
        left[match.debit][1] -= match.debit_amount
        left[match.credit][0] += match.amount + max(-match.exchange, 0)
        left[match.credit][1] += match.credit_amount
    for item in items:
        residual, in_currency = left[item.key]
        sign = 1 if item.is_debit else -1
        assert 0 <= sign * residual <= abs(item.residual)
        assert 0 <= sign * in_currency <= abs(item.residual_currency)
        if not in_currency:
            assert residual == 0
    sides = {sign for item in items for sign in [item.residual > 0] if left[item.key][0]}
    assert len(sides) <= 1
