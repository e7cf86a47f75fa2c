"""Units of measure: families, conversion, rounding."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from base.errors import RuleBroken, translated
from base.models import ProductTemplate, UnitOfMeasure
from base.services import records, units
from base.services.units import OtherFamily

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("quantity", "from_unit", "to_unit", "expected"),
    [
        ("1", "product_uom_dozen", "product_uom_unit", "12"),
        ("12", "product_uom_unit", "product_uom_dozen", "1"),
        ("1", "product_uom_unit", "product_uom_dozen", "0.08"),
        ("7", "product_uom_unit", "product_uom_pack_6", "1.17"),
        ("2", "product_uom_gross", "product_uom_dozen", "24"),
        ("1", "product_uom_gross", "product_uom_kodi", "7.2"),
        ("1.5", "product_uom_ton", "product_uom_kgm", "1500"),
        ("1", "product_uom_lb", "product_uom_gram", "453.59"),
        ("1", "product_uom_mile", "product_uom_meter", "1609.34"),
        ("1", "product_uom_gal", "product_uom_litre", "3.79"),
        ("2", "product_uom_day", "product_uom_hour", "16"),
        ("90", "product_uom_minute", "product_uom_hour", "1.5"),
        ("100", "uom_square_foot", "uom_square_meter", "9.29"),
        ("0.125", "product_uom_unit", "product_uom_unit", "0.13"),
    ],
)
def test_convert_rounds_half_up_to_the_target(known, quantity, from_unit, to_unit, expected):
    answer = units.convert(Decimal(quantity), known(f"uom.{from_unit}"), known(f"uom.{to_unit}"))
    assert answer == Decimal(expected)


def test_convert_rounds_up_what_must_suffice(known):
    piece, pack = known("uom.product_uom_unit"), known("uom.product_uom_pack_6")
    pack.rounding = Decimal(1)
    assert units.convert(Decimal(13), piece, pack, up=True) == 3
    assert units.convert(Decimal(12), piece, pack, up=True) == 2


def test_convert_refuses_units_of_different_families(known):
    with pytest.raises(OtherFamily) as caught:
        units.convert(Decimal(1), known("uom.product_uom_unit"), known("uom.product_uom_kgm"))
    assert str(caught.value) == "Units cannot be converted to kg."


def test_convert_price_is_the_other_way_round(known):
    dozen, piece = known("uom.product_uom_dozen"), known("uom.product_uom_unit")
    assert units.convert_price(Decimal(12000), dozen, piece) == 1000
    assert units.convert_price(Decimal(1000), piece, dozen) == 12000


@pytest.mark.parametrize("count", [0, 1, 7, -3, 999_999_937])
def test_a_dozen_is_twelve_there_and_back(known, count):
    piece, dozen = known("uom.product_uom_unit"), known("uom.product_uom_dozen")
    pieces = units.convert(Decimal(count), dozen, piece)
    assert pieces == 12 * count
    assert units.convert(pieces, piece, dozen) == count


def test_a_changed_factor_reaches_the_units_that_hang_on_it(known):
    bag = UnitOfMeasure.objects.create(
        name="Bag", relative_factor=25, relative_unit=known("uom.product_uom_kgm")
    )
    pallet = UnitOfMeasure.objects.create(name="Pallet", relative_factor=40, relative_unit=bag)
    bag.refresh_from_db()
    bag.relative_factor = 50
    bag.save()
    pallet.refresh_from_db()
    assert pallet.factor == 2_000_000
    assert pallet.family_id == known("uom.product_uom_gram").pk


def test_a_unit_cannot_hang_below_itself(known):
    piece, dozen = known("uom.product_uom_unit"), known("uom.product_uom_dozen")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        UnitOfMeasure.objects.filter(pk=piece.pk).update(relative_unit=dozen, relative_factor=2)
    assert str(translated(caught.value)) == "A unit cannot be so many of itself."


def test_a_factor_does_not_change_once_products_are_counted_in_the_unit(known, admin):
    gross, dozen = known("uom.product_uom_gross"), known("uom.product_uom_dozen")
    ProductTemplate.objects.create(name="Buttons", unit=gross)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        records.change(records.named(UnitOfMeasure, [dozen.pk]), {"relative_factor": 10}, by=admin)
    refusal = translated(caught.value)
    assert isinstance(refusal, RuleBroken)
    assert refusal.params["constraint"] == "base_unitofmeasure_fixed_once_used"
    dozen.refresh_from_db()
    assert dozen.relative_factor == 12


@pytest.mark.parametrize("factor", [0, -1])
def test_a_unit_contains_more_than_nothing(known, factor):
    with pytest.raises(IntegrityError):
        UnitOfMeasure.objects.create(
            name="Void", relative_factor=factor, relative_unit=known("uom.product_uom_unit")
        )
