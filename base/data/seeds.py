"""The rows that every installation begins with, under their well-known names."""

from base.data import house, units, words, world
from base.models import (
    ActivityType,
    Bank,
    Country,
    CountryState,
    Currency,
    Industry,
    Language,
    MessageSubtype,
    ProductCategory,
    UnitOfMeasure,
)
from base.seeds import upsert


def load() -> None:
    """Write them all. May run again at any time: what users have changed stays theirs."""
    currencies = upsert(Currency, "base", world.currencies())
    countries = upsert(Country, "base", world.countries(currencies))
    upsert(CountryState, "base", world.states(countries))
    upsert(Language, "base", world.languages(), pks={"lang_en": 1})
    house.load(countries["id"], currencies["IDR"])
    upsert(Industry, "base", words.industries())
    upsert(Bank, "base", words.banks(countries["id"]))
    upsert(MessageSubtype, "mail", words.SUBTYPES)
    upsert(ActivityType, "mail", words.ACTIVITY_TYPES)
    upsert(ProductCategory, "product", words.CATEGORIES)
    _units()


def _units() -> None:
    ids: dict[str, int] = {}
    for level in range(max(map(units.depth, units.UNITS)) + 1):
        names = [name for name in units.UNITS if units.depth(name) == level]
        first = {"product_uom_unit": 1} if level == 0 else None
        ids |= upsert(UnitOfMeasure, "uom", units.rows(names, ids), pks=first)
