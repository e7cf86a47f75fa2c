"""Currencies, countries, states and languages, as ISO and the Unicode CLDR know them; nothing is typed in by hand
but what Indonesia and the wire's well-known names need."""

from collections.abc import Mapping
from typing import Any

import phonenumbers
import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import (
    get_currency_name,
    get_currency_precision,
    get_currency_symbol,
    get_territory_currencies,
)
from django.conf.locale import LANG_INFO

Rows = dict[str, dict[str, Any]]

ENGLISH, INDONESIAN = Locale("en"), Locale("id")
ACTIVE_CURRENCIES = {"EUR", "IDR", "SGD", "USD"}
ACTIVE_LANGUAGES = {"en_US", "id_ID"}
# Nobody pays in sen: amounts in rupiah are whole, as the tax office wants totals to be.
SYMBOLS = {"SGD": "S$"}
PLACES = {"IDR": 0}
UNITS = {
    "EUR": (("Euros", "Euro"), ("Cents", "Sen")),
    "IDR": (("Rupiah", "Rupiah"), ("Sen", "Sen")),
    "SGD": (("Dollars", "Dolar"), ("Cents", "Sen")),
    "USD": (("Dollars", "Dolar"), ("Cents", "Sen")),
}
NAMES_ON_THE_WIRE = {"gb": "uk"}
TAX_ID_LABELS = {
    "AU": "ABN",
    "BR": "CNPJ",
    "ID": "NPWP",
    "IN": "GSTIN",
    "MY": "TIN",
    "SG": "GST No.",
    "US": "TIN",
}
EUROPEAN_UNION = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - reads as it is meant
)
STATES_REQUIRED = {"AU", "BR", "CA", "IN", "MX", "US"}
WITHOUT_POSTCODE = {"AE", "AG", "BO", "BS", "HK", "QA", "ZW"}
ADDRESSES = {
    "ID": "%(street)s\n%(street2)s\n%(city)s, %(state_name)s %(zip)s\n%(country_name)s",
    "US": "%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s",
    "SG": "%(street)s\n%(street2)s\n%(city)s %(zip)s\n%(country_name)s",
}
POSTCODE_FIRST = "%(street)s\n%(street2)s\n%(zip)s %(city)s\n%(country_name)s"
GENERAL = "%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s"


def currencies() -> Rows:
    """Every currency that is somewhere legal tender today, by its code."""
    rows: Rows = {}
    for territory in sorted(ENGLISH.territories):
        for code in get_territory_currencies(territory) if len(territory) == 2 else ():
            rows.setdefault(code, {})
    return {
        code: _currency(code) for code in sorted(rows) if pycountry.currencies.get(alpha_3=code)
    }


def countries(currency_ids: Mapping[str, int]) -> Rows:
    """Every country of ISO 3166, by its code in small letters."""
    rows: Rows = {}
    for country in pycountry.countries:
        code = country.alpha_2
        tender = [c for c in get_territory_currencies(code) if c in currency_ids]
        rows[NAMES_ON_THE_WIRE.get(code.lower(), code.lower())] = {
            "code": code,
            "code3": country.alpha_3,
            "name_en": ENGLISH.territories.get(code, country.name),
            "name_ind": INDONESIAN.territories.get(code, country.name),
            "currency_id": currency_ids[tender[-1]] if tender else None,
            "phone_code": phonenumbers.country_code_for_region(code),
            "address_format": _address_format(code),
            "tax_id_label": TAX_ID_LABELS.get(code, "VAT"),
            "state_required": code in STATES_REQUIRED,
            "zip_required": code not in WITHOUT_POSTCODE,
        }
    return rows


def states(country_ids: Mapping[str, int]) -> Rows:
    """The smallest subdivisions of ISO 3166-2 in each country: provinces, where islands or regions stand above."""
    above = {state.parent_code for state in pycountry.subdivisions}
    rows: Rows = {}
    for state in pycountry.subdivisions:
        country, _dash, code = state.code.partition("-")
        name = NAMES_ON_THE_WIRE.get(country.lower(), country.lower())
        if state.code not in above and name in country_ids:
            rows[f"state_{name}_{code.lower()}"] = {
                "country_id": country_ids[name],
                "code": code,
                "name": state.name,
            }
    return rows


def languages() -> Rows:
    """The languages that software is translated into, each with the habits of its main country."""
    rows: Rows = {"lang_en": _language("en", Locale("en", "US"), is_main=True)}
    for short in sorted(short for short, info in LANG_INFO.items() if "fallback" not in info):
        locale = _main_locale(short)
        if locale is None or f"{locale.language}_{locale.territory}" == "en_US":
            continue
        is_main = locale.territory == _likely_territory(locale.language)
        name = locale.language if is_main else f"{locale.language}_{locale.territory}"
        rows.setdefault(f"lang_{name}", _language(short, locale, is_main=is_main))
    return rows


def _currency(code: str) -> dict[str, Any]:
    locale = _home_of(code)
    symbol = get_currency_symbol(code, ENGLISH)
    (unit, unit_ind), (subunit, subunit_ind) = UNITS.get(code, (("", ""), ("", "")))
    return {
        "code": code,
        "numeric_code": int(getattr(pycountry.currencies.get(alpha_3=code), "numeric", 0)),
        "full_name_en": get_currency_name(code, locale=ENGLISH),
        "full_name_ind": get_currency_name(code, locale=INDONESIAN),
        "symbol": SYMBOLS.get(code)
        or (symbol if symbol != code else get_currency_symbol(code, locale)),
        "position": "before"
        if locale.currency_formats["standard"].pattern.startswith("¤")
        else "after",
        "decimal_places": PLACES.get(code, min(get_currency_precision(code), 4)),
        "unit_label_en": unit,
        "unit_label_ind": unit_ind,
        "subunit_label_en": subunit,
        "subunit_label_ind": subunit_ind,
        "is_active": code in ACTIVE_CURRENCIES,
    }


def _home_of(code: str) -> Locale:
    """The language of the country whose code the currency's begins with, which knows how to write it."""
    likely = get_global("likely_subtags").get(f"und_{code[:2]}", "en")
    try:
        locale = Locale.parse(likely)
    except (UnknownLocaleError, ValueError):
        return ENGLISH
    return locale if locale.text_direction == "ltr" else ENGLISH


def _address_format(code: str) -> str:
    if code in ADDRESSES:
        return ADDRESSES[code]
    return POSTCODE_FIRST if code in EUROPEAN_UNION | {"CH", "LI", "NO"} else GENERAL


def _likely_territory(language: str) -> str:
    likely: str = get_global("likely_subtags").get(language, "")
    return likely.rpartition("_")[2]


def _main_locale(short: str) -> Locale | None:
    language, _dash, variant = short.partition("-")
    territory = (
        variant.upper() if len(variant) == 2 else _likely_territory(short.replace("-h", "_H"))
    )
    try:
        return Locale.parse(f"{language}_{territory}") if territory.isalpha() else None
    except (UnknownLocaleError, ValueError):
        return None


def _language(short: str, locale: Locale, *, is_main: bool) -> dict[str, Any]:
    code = f"{locale.language}_{locale.territory}"
    own = LANG_INFO[short]["name_local"]
    name = f"{Locale(locale.language).english_name} / {own[:1].upper()}{own[1:]}"
    signs = locale.number_symbols.get("latn", locale.number_symbols)
    hours = locale.time_formats["short"].pattern
    return {
        "code": code,
        "django_code": short,
        "iso_code": locale.language if is_main else code,
        "name": name if is_main and short != "en" else locale.english_name,
        "is_active": code in ACTIVE_LANGUAGES,
        "direction": locale.text_direction,
        "date_format": _date_format(locale),
        "time_format": "%I:%M:%S %p" if "a" in hours else "%H:%M:%S",
        "week_start": locale.first_week_day + 1,
        "grouping": "[3,2,0]" if locale.territory == "IN" else "[3,0]",
        "decimal_point": signs.get("decimal", "."),
        "thousands_separator": signs.get("group", ","),
    }


def _date_format(locale: Locale) -> str:
    """The short date of the CLDR in strftime's letters, with two digits for day and month and four for the year."""
    pattern, answer = locale.date_formats["short"].pattern, ""
    letters = {"d": "%d", "M": "%m", "L": "%m", "y": "%Y"}
    for sign in pattern:
        code = letters.get(sign, sign if not sign.isalpha() else "")
        if code not in letters.values() or code not in answer:
            answer += code
    return (
        answer.replace("'", "").replace("\u200f", "").strip()
        if all(c in answer for c in letters.values())
        else "%d/%m/%Y"
    )
