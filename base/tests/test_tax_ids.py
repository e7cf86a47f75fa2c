"""NPWP, NIK and foreign tax numbers."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from base import tax_ids


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("01.312.166.0-091.000", "ID"),  # fifteen digits, as printed on old cards
        ("013121660091000", "ID"),
        ("0013121660091000", "ID"),  # sixteen: the old number behind a 0
        ("3171011708450001", "ID"),  # sixteen: a NIK
        ("DE136695976", "DE"),
        ("136695976", "DE"),
        ("NL004495445B01", "NL"),
        ("NL004495445B01", "SG"),  # a company in Singapore registered for Dutch VAT
        ("anything goes", "VU"),  # nobody has published rules for Vanuatu
        ("", "ID"),
        ("/", "ID"),  # "has none"
    ],
)
def test_check_takes_a_right_number(number, country):
    tax_ids.check(number, country)


@pytest.mark.parametrize(
    ("number", "country", "code"),
    [
        ("01.312.166.1-091.000", "ID", "npwp"),  # wrong check digit
        ("0131216600910", "ID", "npwp"),  # too short
        ("9971011708450001", "ID", "npwp"),  # no such province
        ("DE136695976", "ID", "npwp"),
        ("DE136695977", "DE", "tax_id"),
        ("NL004495445B02X", "NL", "tax_id"),
    ],
)
def test_check_refuses_a_wrong_number(number, country, code):
    with pytest.raises(ValidationError) as caught:
        tax_ids.check(number, country)
    assert caught.value.code == code


@pytest.mark.parametrize("number", ["3171011708450001", "3171015708450001"])
def test_check_nik_takes_men_and_women(number):
    tax_ids.check_nik(number)


@pytest.mark.parametrize(
    "number", ["31710117084500", "3171013013450001", "9971011708450001", "abc"]
)
def test_check_nik_refuses_short_numbers_impossible_days_and_unknown_places(number):
    with pytest.raises(ValidationError):
        tax_ids.check_nik(number)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("01.312.166.0-091.000", "0013121660091000"),
        ("0013121660091000", "0013121660091000"),
        ("3171011708450001", "3171011708450001"),
        ("no number", "NONUMBER"),
    ],
)
def test_sixteen_digits(written, digits):
    assert tax_ids.sixteen_digits(written) == digits


@given(st.text(max_size=40), st.sampled_from(["ID", "DE", "FR", "SG", "US", "XX", "", "I"]))
def test_check_answers_or_refuses_whatever_is_typed(number, country):
    with contextlib.suppress(ValidationError):
        tax_ids.check(number, country)
