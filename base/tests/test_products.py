"""Products: names, variants, archiving, what the database keeps by itself."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from base.errors import translated
from base.models import (
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductTemplate,
    ProductTemplateAttributeLine,
    ProductTemplateAttributeValue,
)
from base.search import needle
from base.services import products, records
from base.services.products import NotAVariant, SeveralVariants, TooManyVariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece(known):
    return known("uom.product_uom_unit")


@pytest.fixture
def attributes(db):
    """Colors and sizes, as {name: {value name: value}}."""
    found = {}
    for name, values in (("Color", ("Red", "Blue")), ("Size", ("S", "M", "L"))):
        attribute = ProductAttribute.objects.create(name=name, sequence=len(found))
        found[name] = {
            value: ProductAttributeValue.objects.create(attribute=attribute, name=value, sequence=n)
            for n, value in enumerate(values)
        }
    return found


@pytest.fixture
def shirt(piece, admin):
    (template,) = products.create(
        [{"name": "Shirt", "unit": piece, "list_price": 100, "cost": 40, "reference": "SH"}],
        by=admin,
    )
    return template


def vary(template, values, names=None):
    chosen = [value for name, value in values.items() if names is None or name in names]
    line, _new = ProductTemplateAttributeLine.objects.get_or_create(
        template=template,
        attribute=chosen[0].attribute,
        defaults={"sequence": chosen[0].attribute.sequence},
    )
    line.values.set(chosen)
    return line


def update(template, admin):
    return products.update_variants(ProductTemplate.objects.filter(pk=template.pk), by=admin)


def names_of(template, *, active=True):
    return list(
        template.products.filter(is_active=active)
        .order_by("pk")
        .values_list("full_name_en", flat=True)
    )


def test_create_makes_the_first_variant_with_its_own_values(shirt):
    variant = shirt.products.get()
    assert (variant.reference, variant.cost, variant.full_name) == ("SH", 40, "[SH] Shirt")


def test_the_database_adds_a_variant_to_a_template_that_came_without(piece):
    template = ProductTemplate.objects.create(name="Raw", unit=piece)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert template.products.get().full_name == "Raw"


def test_full_name_follows_name_reference_and_language(shirt, admin):
    with translation.override("id"):
        shirt.name = "Kemeja"
        shirt.save()
    variant = shirt.products.get()
    assert (variant.full_name_en, variant.full_name_ind) == ("[SH] Shirt", "[SH] Kemeja")
    Product.objects.filter(pk=variant.pk).update(reference="")
    assert names_of(shirt) == ["Shirt"]


def test_update_variants_makes_every_combination_once(shirt, attributes, admin):
    vary(shirt, attributes["Color"])
    vary(shirt, attributes["Size"], ("S", "M"))
    made = update(shirt, admin)
    assert len(made) == 4
    assert names_of(shirt) == [
        "Shirt (Red, S)",
        "Shirt (Red, M)",
        "Shirt (Blue, S)",
        "Shirt (Blue, M)",
    ]
    assert update(shirt, admin) == []


def test_update_variants_keeps_the_variant_when_an_attribute_has_one_value(
    shirt, attributes, admin
):
    only = shirt.products.get()
    vary(shirt, attributes["Color"], ("Red",))
    assert update(shirt, admin) == []
    assert names_of(shirt) == ["[SH] Shirt (Red)"]
    assert shirt.products.get() == only


def test_update_variants_deletes_what_nobody_used_and_makes_it_anew(shirt, attributes, admin):
    line = vary(shirt, attributes["Size"])
    update(shirt, admin)
    line.values.remove(attributes["Size"]["L"])
    update(shirt, admin)
    assert names_of(shirt) == ["Shirt (S)", "Shirt (M)"]
    assert names_of(shirt, active=False) == []
    line.values.add(attributes["Size"]["L"])
    assert [str(variant) for variant in update(shirt, admin)] != []
    assert names_of(shirt) == ["Shirt (S)", "Shirt (M)", "Shirt (L)"]


def test_extra_prices_reach_the_variants(shirt, attributes, admin):
    attributes["Size"]["L"].default_price_extra = 15
    attributes["Size"]["L"].save()
    vary(shirt, attributes["Size"], ("M", "L"))
    update(shirt, admin)
    large = shirt.products.get(values__value=attributes["Size"]["L"])
    assert (large.price_extra, large.sales_price) == (15, 115)
    ProductTemplateAttributeValue.objects.filter(value=attributes["Size"]["L"]).update(
        price_extra=20
    )
    large.refresh_from_db()
    assert large.price_extra == 20


def test_a_renamed_value_renames_its_variants(shirt, attributes, admin):
    vary(shirt, attributes["Color"])
    update(shirt, admin)
    ProductAttributeValue.objects.filter(pk=attributes["Color"]["Red"].pk).update(name_en="Crimson")
    assert names_of(shirt) == ["Shirt (Crimson)", "Shirt (Blue)"]


def test_update_variants_refuses_more_than_anyone_can_keep(shirt, admin):
    for n in range(4):
        attribute = ProductAttribute.objects.create(name=f"A{n}", sequence=n)
        values = {
            str(m): ProductAttributeValue.objects.create(attribute=attribute, name=str(m))
            for m in range(6)
        }
        vary(shirt, values)
    with pytest.raises(TooManyVariants) as caught:
        update(shirt, admin)
    assert str(caught.value) == "Shirt would have 1296 variants; at most 1000 are made."
    assert shirt.products.count() == 1


def test_attributes_that_never_make_variants_only_describe(shirt, attributes, admin):
    ProductAttribute.objects.filter(name="Size").update(variants="no_variant")
    vary(shirt, attributes["Size"])
    assert update(shirt, admin) == []
    assert ProductTemplateAttributeValue.objects.filter(template=shirt).count() == 3


def test_variant_for_makes_what_is_made_on_demand(shirt, attributes, admin):
    ProductAttribute.objects.filter(name="Size").update(variants="dynamic")
    vary(shirt, attributes["Size"])
    assert update(shirt, admin) == []
    medium = ProductTemplateAttributeValue.objects.get(
        template=shirt, value=attributes["Size"]["M"]
    )
    first = products.variant_for(shirt, [medium.pk], by=admin)
    again = products.variant_for(shirt, [medium.pk], by=admin)
    first.refresh_from_db()
    assert (first.pk, first.full_name) == (again.pk, "Shirt (M)")


def test_variant_for_refuses_values_that_make_no_variant(shirt, attributes, admin):
    vary(shirt, attributes["Color"])
    vary(shirt, attributes["Size"])
    update(shirt, admin)
    red = ProductTemplateAttributeValue.objects.get(
        template=shirt, value=attributes["Color"]["Red"]
    )
    with pytest.raises(NotAVariant):
        products.variant_for(shirt, [red.pk], by=admin)


def test_archive_takes_all_variants_along_and_unarchive_brings_back_those_still_offered(
    shirt, attributes, admin
):
    vary(shirt, attributes["Size"])
    update(shirt, admin)
    rows = ProductTemplate.objects.filter(pk=shirt.pk)
    assert products.archive(rows, by=admin) == 1
    assert names_of(shirt) == []
    vary(shirt, attributes["Size"], ("S", "M"))
    assert products.unarchive(rows, by=admin) == 1
    assert names_of(shirt) == ["Shirt (S)", "Shirt (M)"]


def test_a_template_goes_with_its_last_variant(shirt, attributes, admin):
    vary(shirt, attributes["Color"])
    update(shirt, admin)
    red, blue = shirt.products.order_by("pk")
    products.archive_variants(Product.objects.filter(pk=red.pk), by=admin)
    assert ProductTemplate.objects.get(pk=shirt.pk).is_active
    products.archive_variants(Product.objects.filter(pk=blue.pk), by=admin)
    assert not ProductTemplate.objects.get(pk=shirt.pk).is_active
    products.unarchive_variants(Product.objects.filter(pk=red.pk), by=admin)
    assert names_of(shirt) == ["Shirt (Red)"]


def test_change_writes_to_the_only_variant_and_refuses_when_there_are_several(
    shirt, attributes, admin
):
    rows = records.named(ProductTemplate, [shirt.pk])
    products.change(rows, {"list_price": 120, "cost": 50}, by=admin)
    assert shirt.products.get().cost == 50
    vary(shirt, attributes["Color"])
    update(shirt, admin)
    with pytest.raises(SeveralVariants):
        products.change(rows, {"cost": 60}, by=admin)
    assert sorted(shirt.products.values_list("cost", flat=True)) == [0, 0]


def test_the_only_variants_fields_are_read_through_the_template(shirt, attributes, admin):
    def reference():
        rows = ProductTemplate.objects.annotate(code=ProductTemplate.of_only_variant("reference"))
        return rows.values_list("code", flat=True).get(pk=shirt.pk)

    assert reference() == "SH"
    vary(shirt, attributes["Color"])
    update(shirt, admin)
    assert reference() is None


def test_a_combination_exists_once(shirt):
    with pytest.raises(IntegrityError) as caught:
        Product.objects.create(template=shirt)
    assert (
        str(translated(caught.value)) == "The product already has this combination of attributes."
    )


def test_services_are_not_kept_in_stock(piece):
    with pytest.raises(IntegrityError) as caught:
        ProductTemplate.objects.create(name="Advice", unit=piece, kind="service", is_storable=True)
    assert str(translated(caught.value)) == "Only goods can be kept in stock."


def test_products_are_found_by_either_language_reference_and_barcode(piece, admin):
    (template,) = products.create(
        [{"name": "Tea", "unit": piece, "reference": "T-1", "barcode": "8990001004119"}], by=admin
    )
    ProductTemplate.objects.filter(pk=template.pk).update(name_ind="Teh")
    for typed in ("tea", "TEH", "t-1", "1004119"):
        found = Product.objects.filter(search_text__contains=needle(typed), template=template)
        assert found.count() == 1, typed


def test_categories_cannot_hang_below_themselves():
    top = ProductCategory.objects.create(name="Top")
    leaf = ProductCategory.objects.create(name="Leaf", parent=top)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ProductCategory.objects.filter(pk=top.pk).update(parent=leaf)
    assert str(translated(caught.value)) == "A category cannot hang below itself."


def test_prices_are_decimals(shirt):
    shirt.refresh_from_db()
    assert shirt.list_price == Decimal(100)
