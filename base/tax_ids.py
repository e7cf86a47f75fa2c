"""Numbers that states give to people and companies: NPWP and NIK of Indonesia, VAT numbers of others."""

from typing import Any

import stdnum
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.id import nik as nik_numbers
from stdnum.id import npwp as npwp_numbers

INDONESIA = "ID"


def compact(number: str) -> str:
    """A number without spaces, dots, dashes and slashes, in capitals; what is compared and sent to tax offices."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def check_npwp(number: str) -> None:
    """Refuse what is no NPWP: 15 digits (old), or 16 digits that are a NIK or 0 and the old number (PMK 112/2022)."""
    if not npwp_numbers.is_valid(number):
        raise ValidationError(
            _("%(number)s is not an NPWP. It has 15 or 16 digits, such as 01.312.166.0-091.000."),
            code="npwp",
            params={"number": number},
        )


def check_nik(number: str) -> None:
    """Refuse what is no NIK: 16 digits with a known place and a date of birth."""
    if not nik_numbers.is_valid(number):
        raise ValidationError(
            _("%(number)s is not a NIK. It has 16 digits: place, date of birth and serial number."),
            code="nik",
            params={"number": number},
        )


def check(number: str, country: str) -> None:
    """Refuse a tax number that the rules of its country rule out. Countries without known rules accept all.

    A company of one country may carry another's VAT number, written with that country's two letters in front.
    """
    if not number.strip() or number.strip() == "/":
        return
    if country == INDONESIA:
        check_npwp(number)
        return
    rules = _rules_of(country)
    if rules is None or rules.is_valid(number):
        return
    foreign = _rules_of(compact(number)[:2])
    if foreign is not None and foreign.is_valid(number):
        return
    raise ValidationError(
        _("%(number)s is not a tax number of %(country)s."),
        code="tax_id",
        params={"number": number, "country": country},
    )


def sixteen_digits(number: str) -> str:
    """An NPWP in its 16 digits of today; the old 15 get a 0 in front. What is no NPWP is answered as it is."""
    digits = compact(number)
    return f"0{digits}" if len(digits) == 15 and digits.isdigit() else digits


def _rules_of(country: str) -> Any:
    if len(country) != 2 or not country.isalpha():
        return None
    return stdnum.get_cc_module(country.lower(), "vat")
