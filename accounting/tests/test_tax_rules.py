"""Taxes, worked through by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.rules.documents import GLOBALLY, PER_LINE, PricedLine, document_amounts
from accounting.rules.spreading import rounded_to_sum, split, spread
from accounting.rules.taxes import (
    DIVISION,
    FIXED,
    GROUP,
    PERCENT,
    TaxRule,
    batches,
    price_with_taxes,
    price_without_taxes,
)

D = Decimal


def percent(rate, key=1, **how):
    return TaxRule(key, PERCENT, Fraction(str(rate)), sequence=key, **how)


PPN = TaxRule(1, PERCENT, Fraction(12) * Fraction(11, 12))


def amounts(*lines, places=2, rounding=GLOBALLY):
    return document_amounts(lines, places=places, rounding=rounding)


def line(price, *taxes, quantity=1, discount=0):
    return PricedLine(D(price), D(quantity), D(discount), taxes)


def totals(document):
    return document.untaxed, document.tax, document.total


def bases_and_taxes(document):
    return [(tax.base, tax.amount) for tax in document.taxes]


def test_tax_is_rounded_on_the_document():
    lines = [line("12.12", percent(23), quantity="12.12")] * 2

    document = amounts(*lines)

    assert totals(document) == (D("293.78"), D("67.57"), D("361.35"))
    assert [row.taxes[0].amount for row in document.lines] == [D("33.79"), D("33.78")]


def test_tax_is_rounded_on_each_line():
    lines = [line("12.12", percent(23), quantity="12.12")] * 2

    assert totals(amounts(*lines, rounding=PER_LINE)) == (D("293.78"), D("67.56"), D("361.34"))


def test_included_tax_never_moves_the_agreed_price():
    inside = percent(21, is_included=True)

    document = amounts(line("11.90", inside), line("2.80", inside))
    each = amounts(line("11.90", inside), line("2.80", inside), rounding=PER_LINE)

    assert totals(document) == (D("12.15"), D("2.55"), D("14.70"))
    assert totals(each) == (D("12.14"), D("2.56"), D("14.70"))


@pytest.mark.parametrize("rounding", [GLOBALLY, PER_LINE])
def test_one_line_gives_the_same_total_however_taxes_are_rounded(rounding):
    document = amounts(line("348.35", percent(22), quantity=16, discount=4), rounding=rounding)

    assert totals(document) == (D("5350.66"), D("1177.15"), D("6527.81"))


def test_tax_on_top_beside_an_included_one():
    document = amounts(line("2300", percent(15, 1), percent("5.5", 2, is_included=True)))

    assert bases_and_taxes(document) == [(D("2180.09"), D("327.01")), (D("2180.09"), D("119.91"))]
    assert document.total == D("2627.01")


def test_tax_on_a_tax():
    document = amounts(line("100", percent(10, 1, raises_base=True), percent(5, 2)))

    assert bases_and_taxes(document) == [(D("100"), D("10.00")), (D("110.00"), D("5.50"))]
    assert document.total == D("115.50")


def test_tax_on_a_tax_found_back_in_an_included_price():
    inside = (percent(10, 1, raises_base=True, is_included=True), percent(5, 2, is_included=True))

    document = amounts(line("115.50", *inside))

    assert document.untaxed == D("100.00")
    assert bases_and_taxes(document) == [(D("100.00"), D("10.00")), (D("110.00"), D("5.50"))]


def test_a_tax_that_is_not_raised_keeps_the_plain_base():
    document = amounts(
        line("100", percent(10, 1, raises_base=True), percent(5, 2, is_base_raised=False))
    )

    assert document.total == D("115.00")


def test_included_taxes_of_a_batch_are_taken_out_together():
    document = amounts(
        line("124.40", percent(0, 1, is_included=True), percent(8, 2, is_included=True))
    )

    assert bases_and_taxes(document) == [(D("115.19"), D("0.00")), (D("115.19"), D("9.21"))]


def test_reverse_charge_owes_nothing_to_the_supplier():
    document = amounts(line("100", percent(21, is_reverse_charge=True, net=Fraction(0))))

    assert totals(document) == (D("100"), D("0"), D("100"))
    assert bases_and_taxes(document) == [(D("100"), D("21.00"))]
    assert split(D("21.00"), [Fraction(1), Fraction(-1)], 2) == [D("21.00"), D("-21.00")]


@pytest.mark.parametrize(
    ("price", "places", "tax"),
    [
        ("100000", 0, "11000"),
        ("32", 0, "4"),
        ("77", 0, "8"),
        ("141", 0, "16"),
        ("100000", 2, "11000.00"),
    ],
)
def test_ppn_is_twelve_percent_of_eleven_twelfths_exactly(price, places, tax):
    assert amounts(line(price, PPN), places=places).tax == D(tax)


def test_ppn_found_back_in_an_included_price():
    inside = TaxRule(1, PERCENT, PPN.rate, is_included=True)

    assert totals(amounts(line("111000", inside), places=0)) == (D(100000), D(11000), D(111000))


def test_ppn_differs_between_lines_and_document():
    lines = [line("10002", PPN)] * 3

    assert amounts(*lines, places=0, rounding=PER_LINE).tax == D(3300)
    assert amounts(*lines, places=0).tax == D(3301)
    assert document_amounts(lines, places=2, tax_places=0).tax == D(3301)


def test_withholding_lowers_what_is_owed():
    document = amounts(line("100000000", PPN, percent(-2, 2)), places=0)

    assert document.total == D(109000000)
    assert [tax.amount for tax in document.taxes] == [D(11000000), D(-2000000)]


def test_ppn_paid_by_the_collector_is_not_owed_by_him():
    collected = TaxRule(1, PERCENT, PPN.rate, is_reverse_charge=True, net=Fraction(0))

    assert totals(amounts(line("100000", collected))) == (D(100000), D(0), D(100000))


def test_fixed_tax_counts_units_with_the_sign_of_the_price():
    per_piece = TaxRule(1, FIXED, Fraction(5, 2))

    assert amounts(line("10", per_piece, quantity=4)).tax == D("10.00")
    assert amounts(line("-10", per_piece, quantity=4)).tax == D("-10.00")
    assert amounts(line("10", per_piece, quantity=-4)).tax == D("-10.00")


def test_division_tax_is_a_share_of_the_total():
    on_top = TaxRule(1, DIVISION, Fraction(10))
    inside = TaxRule(1, DIVISION, Fraction(10), is_included=True)

    assert totals(amounts(line("90", on_top))) == (D("90"), D("10.00"), D("100.00"))
    assert totals(amounts(line("100", inside))) == (D("90.00"), D("10.00"), D("100.00"))


def test_a_group_gives_way_to_its_children():
    group = TaxRule(9, GROUP, Fraction(0), sequence=0, children=(percent(2, 2), percent(10, 1)))

    document = amounts(line("100", group, percent(1, 3)))

    assert [tax.tax.key for tax in document.taxes] == [1, 2, 3]
    assert document.tax == D("13.00")


def test_batches_break_where_taxes_stack():
    stacked = [percent(1, i, raises_base=True, is_base_raised=i != 2) for i in (1, 2, 3)]

    assert batches(stacked) == [[0, 1], [2]]


def test_spreading_gives_to_the_heaviest_first():
    assert spread(2, [Fraction(1), Fraction(5), Fraction(5)]) == [0, 1, 1]
    assert spread(-1, [Fraction(1), Fraction(1), Fraction(1)]) == [-1, 0, 0]
    assert spread(1, [Fraction(0), Fraction(0)]) == [1, 0]


def test_the_last_repartition_takes_the_remainder():
    assert split(D("10.00"), [Fraction(1, 3)] * 3, 2) == [D("3.33"), D("3.33"), D("3.34")]
    assert split(D("-10.01"), [Fraction(1, 2)] * 2, 2) == [D("-5.01"), D("-5.00")]


prices = st.decimals(min_value=-(10**7), max_value=10**7, places=3)
quantities = st.decimals(min_value=0, max_value=1000, places=2)
rates = st.sampled_from(["0", "1.1", "2", "5.5", "10", "11", "21", "-2"])


@st.composite
def tax_sets(draw):
    return tuple(
        percent(
            draw(rates),
            key,
            is_included=draw(st.booleans()),
            raises_base=draw(st.booleans()),
            is_base_raised=draw(st.booleans()),
        )
        for key in range(1, draw(st.integers(0, 3)) + 1)
    )


def documents():
    return tax_sets().flatmap(
        lambda taxes: st.lists(
            st.builds(
                PricedLine,
                prices,
                quantities,
                st.sampled_from([D(0), D(10), D("33.3")]),
                st.just(taxes),
            ),
            min_size=1,
            max_size=6,
        )
    )


@given(documents(), st.sampled_from([0, 2]), st.sampled_from([GLOBALLY, PER_LINE]))
def test_total_is_what_the_lines_and_taxes_add_up_to(lines, places, rounding):
    document = document_amounts(lines, places=places, rounding=rounding)

    assert document.total == sum(row.subtotal for row in document.lines) + sum(
        tax.amount for tax in document.taxes
    )
    assert document.total == sum(row.total for row in document.lines)
    for row in document.lines:
        assert row.total == row.subtotal + sum(tax.amount for tax in row.taxes)


@given(documents(), st.sampled_from([GLOBALLY, PER_LINE]))
def test_reversing_gives_exact_negatives(lines, rounding):
    mirrored = [PricedLine(row.unit_price, -row.quantity, row.discount, row.taxes) for row in lines]

    document = document_amounts(lines, places=2, rounding=rounding)
    mirror = document_amounts(mirrored, places=2, rounding=rounding)

    assert totals(mirror) == tuple(-amount for amount in totals(document))
    assert [row.subtotal for row in mirror.lines] == [-row.subtotal for row in document.lines]


@given(documents(), st.randoms())
def test_the_order_of_lines_changes_no_total(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)

    assert totals(document_amounts(lines, places=2)) == totals(document_amounts(shuffled, places=2))


@given(st.integers(0, 10**6), st.integers(1, 50), tax_sets())
def test_splitting_a_line_in_two_changes_nothing(cents, half, taxes):
    price = D(cents) / 100
    whole = document_amounts([PricedLine(price, D(2 * half), taxes=taxes)], places=2)
    halves = document_amounts([PricedLine(price, D(half), taxes=taxes)] * 2, places=2)

    assert totals(whole) == totals(halves)


@given(st.integers(-(10**6), 10**6), rates, rates)
def test_a_price_goes_in_and_out_of_its_taxes_unchanged(cents, one, other):
    price = Fraction(cents, 100)
    on_top = (percent(one, 1), percent(other, 2))
    inside = (percent(one, 1, is_included=True), percent(other, 2, is_included=True))

    assert price_without_taxes(price_with_taxes(price, on_top), inside) == price


@given(st.lists(st.fractions(min_value=-1000, max_value=1000), max_size=20), st.integers(0, 3))
def test_rounded_amounts_add_up_to_the_rounded_sum(exact, places):
    rounded = rounded_to_sum(exact, places)

    assert sum(rounded) == rounded_to_sum([sum(exact, Fraction(0))], places)[0]
    # What rounding leaves over is at most half a unit a line, and one line may be given all of it.
    furthest = Fraction(len(exact) + 2, 2 * 10**places)
    assert all(
        abs(Fraction(after) - before) < furthest
        for after, before in zip(rounded, exact, strict=True)
    )
