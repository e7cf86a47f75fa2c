"""Payment terms, early payment, matching and amounts in words, worked through by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from accounting.rules import terms
from accounting.rules.terms import Part, due_date, instalments
from accounting.rules.words import amount_in_words

D = Decimal
END_OF_JANUARY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("part", "due"),
    [
        (Part(days=30), date(2026, 3, 2)),
        (Part(delay=terms.AFTER_END_OF_MONTH, days=15), date(2026, 2, 15)),
        (Part(delay=terms.AFTER_END_OF_NEXT_MONTH, days=15), date(2026, 3, 15)),
        (Part(delay=terms.ON_DAY_OF_NEXT_MONTH, days=30, day_of_month=10), date(2026, 4, 10)),
        (Part(delay=terms.ON_DAY_OF_NEXT_MONTH, days=0, day_of_month=31), date(2026, 2, 28)),
        (Part(delay=terms.ON_DAY_OF_NEXT_MONTH, days=5, day_of_month=0), date(2026, 2, 28)),
    ],
)
def test_due_date_counts_as_the_term_says(part, due):
    assert due_date(END_OF_JANUARY, part) == due


def split_in(*parts, total="100.00", company_total="100.00", company_places=2):
    rows = instalments(
        D(total),
        D(company_total),
        parts,
        start=END_OF_JANUARY,
        places=2,
        company_places=company_places,
    )
    return [(row.amount, row.company_amount) for row in rows]


def test_the_last_part_takes_the_rest():
    third = Part(value=D("33.33"))

    assert split_in(third, third, Part(value=D("33.34"))) == [
        (D("33.33"), D("33.33")),
        (D("33.33"), D("33.33")),
        (D("33.34"), D("33.34")),
    ]


def test_fixed_parts_are_converted_at_the_rate_of_the_document():
    rows = split_in(
        Part(kind=terms.FIXED, value=D(40)), Part(), company_total="1550000", company_places=0
    )

    assert rows == [(D("40.00"), D(620000)), (D("60.00"), D(930000))]


def test_fixed_parts_follow_the_sign_of_a_refund():
    assert split_in(
        Part(kind=terms.FIXED, value=D(40)), Part(), total="-100", company_total="-100"
    ) == [
        (D("-40.00"), D("-40.00")),
        (D("-60.00"), D("-60.00")),
    ]


def test_without_parts_all_is_due_at_once():
    assert instalments(D(5), D(5), [], start=END_OF_JANUARY, places=0, company_places=0) == [
        terms.Instalment(END_OF_JANUARY, D(5), D(5))
    ]


def test_no_part_takes_more_than_is_left():
    parts = [Part(terms.FIXED, D(100)), Part(terms.FIXED, D(30)), Part()]

    rows = instalments(D(40), D(40), parts, start=date(2026, 1, 31), places=2, company_places=2)

    assert [(row.amount, row.company_amount) for row in rows] == [(40, 40), (0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("first", "expected"),
    [(D(30), [(0, 0), (1, D("104.70"))]), (D(60), [(1, D("104.70")), (0, 0)])],
)
def test_a_part_of_nothing_is_worth_nothing(first, expected):
    parts = [Part(value=first), Part(value=100 - first)]

    rows = instalments(D(1), D("104.70"), parts, start=END_OF_JANUARY, places=0, company_places=2)

    assert [(row.amount, row.company_amount) for row in rows] == expected


@pytest.mark.parametrize(
    ("effect", "part"),
    [(terms.TAX_REDUCED, 1), (terms.TAX_KEPT, 1), (terms.TAX_ALWAYS_REDUCED, Fraction(98, 100))],
)
def test_only_one_effect_taxes_the_discounted_price_from_the_start(effect, part):
    assert terms.taxed_part(effect, D(2)) == part


@pytest.mark.parametrize(
    ("amount", "language", "words"),
    [
        ("111000", "id", "Seratus sebelas ribu rupiah"),
        (
            "1234567.50",
            "id",
            "Satu juta dua ratus tiga puluh empat ribu lima ratus enam puluh tujuh dan 50/100 rupiah",
        ),
        ("1000", "en", "One thousand rupiah"),
        ("-1100", "id", "Minus seribu seratus rupiah"),
    ],
)
def test_amount_in_words(amount, language, words):
    assert amount_in_words(D(amount), currency="IDR", language=language) == words
