"""Products, their variants and attributes, and the units they are counted in."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from base.admin.access import acting
from base.admin.exchange import sheet_for
from base.admin.filters import CHOICE, COMPANY, ActiveFilter, LinkFilter
from base.admin.office import Office, TranslatedOffice
from base.admin.parts import Parts, TranslatedParts
from base.models import (
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductTag,
    ProductTemplate,
    ProductTemplateAttributeLine,
    ProductTemplateAttributeValue,
    UnitOfMeasure,
)
from base.services import products

SHELF = _("Products")


class VariantParts(Parts):
    """The variants of a product. They are made by its attributes, or by the database when it has none."""

    model = Product
    fields = ("reference", "barcode", "cost", "weight", "volume")
    may_add = may_delete = False
    show_change_link = True


class AttributeParts(Parts):
    """What the product varies by. Saving makes the variants."""

    model = ProductTemplateAttributeLine
    fields = ("attribute", "values", "sequence")
    autocomplete_fields = ("attribute", "values")


@admin.register(ProductTemplate)
class ProductTemplateOffice(TranslatedOffice):
    """What we buy, sell, make or do."""

    icon = "inventory_2"
    shelf = SHELF
    put_away = staticmethod(products.archive)
    take_back = staticmethod(products.unarchive)
    list_display = ("name", "kind", "category", "list_price", "unit", "company", "can_be_sold")
    list_filter = (
        ActiveFilter,
        ("kind", CHOICE),
        ("category", LinkFilter),
        "can_be_sold",
        "can_be_purchased",
        COMPANY,
    )
    autocomplete_fields = (
        "category",
        "unit",
        "more_units",
        "tags",
        "country_of_origin",
        "company",
    )
    hidden = ("is_active", "color", "image", "sequence")
    inlines = (VariantParts, AttributeParts)
    sheet = sheet_for(
        ProductTemplate,
        fields=(
            "name",
            "kind",
            "is_storable",
            "can_be_sold",
            "can_be_purchased",
            "category",
            "list_price",
            "unit",
            "tags",
            "sale_description",
            "purchase_description",
            "hs_code",
            "country_of_origin",
            "company",
        ),
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("kind", "is_storable"),
                    ("category", "tags"),
                    ("list_price", "unit"),
                    "more_units",
                    ("can_be_sold", "can_be_purchased", "is_favorite"),
                    "company",
                )
            },
        ),
        (_("Texts on documents"), {"fields": ("sale_description", "purchase_description")}),
        (_("Customs"), {"fields": (("country_of_origin", "hs_code"),)}),
        (_("Notes"), {"fields": ("description",)}),
    )

    def write(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write the product; when what it varies by has changed, make its variants."""
        super().write(request, form, formsets, change)
        if any(f.model is ProductTemplateAttributeLine and f.has_changed() for f in formsets):
            made = ProductTemplate.objects.filter(pk=form.instance.pk)
            products.update_variants(made, by=acting(request))


@admin.register(Product)
class ProductOffice(Office):
    """The variants: what is ordered, counted and priced."""

    icon = "qr_code_2"
    shelf = SHELF
    put_away = staticmethod(products.archive_variants)
    take_back = staticmethod(products.unarchive_variants)
    list_display = ("full_name", "reference", "barcode", "cost", "is_active")
    list_filter = (ActiveFilter, ("template__category", LinkFilter))
    autocomplete_fields = ("template",)
    may_add = False
    always_with = ("template",)
    hidden = ("is_active", "image", "values")
    readonly_fields = ("template",)
    sheet = sheet_for(Product, fields=("reference", "barcode", "cost", "weight", "volume"))
    may_import = False


@admin.register(ProductCategory)
class ProductCategoryOffice(TranslatedOffice):
    """The shelves of the catalogue."""

    icon = "category"
    shelf = SHELF
    list_display = ("complete_name", "parent")
    autocomplete_fields = ("parent",)
    search_fields = ("complete_name_en", "complete_name_ind")
    always_with = ("parent",)
    sheet = sheet_for(ProductCategory, fields=("name", "parent"))


@admin.register(ProductTag)
class ProductTagOffice(TranslatedOffice):
    """Tags on products."""

    icon = "sell"
    shelf = SHELF
    list_display = ("name", "color", "sequence")
    search_fields = ("name_en", "name_ind")
    sheet = sheet_for(ProductTag, keys=("name",))


class ValueParts(TranslatedParts):
    """The values of an attribute."""

    model = ProductAttributeValue
    fields = ("name", "html_color", "default_price_extra", "is_custom", "sequence", "is_active")


@admin.register(ProductAttribute)
class ProductAttributeOffice(TranslatedOffice):
    """What products vary by."""

    icon = "palette"
    shelf = SHELF
    list_display = ("name", "display", "variants", "sequence", "is_active")
    list_filter = (ActiveFilter, ("variants", CHOICE))
    search_fields = ("name_en", "name_ind")
    hidden = ("is_active",)
    inlines = (ValueParts,)
    sheet = sheet_for(ProductAttribute, without=("is_active",))


@admin.register(ProductAttributeValue)
class ProductAttributeValueOffice(TranslatedOffice):
    """The values of attributes."""

    icon = "format_color_fill"
    shelf = SHELF
    list_display = ("name", "attribute", "default_price_extra", "is_active")
    list_filter = (ActiveFilter, ("attribute", LinkFilter))
    search_fields = ("name_en", "name_ind", "attribute__name_en")
    autocomplete_fields = ("attribute",)
    hidden = ("is_active",)
    sheet = sheet_for(ProductAttributeValue, without=("is_active",), keys=("attribute", "name_en"))


@admin.register(ProductTemplateAttributeLine)
class ProductTemplateAttributeLineOffice(Office):
    """Which product varies by which attribute. Changed on the web page of the product, which makes the variants."""

    icon = "tune"
    shelf = SHELF
    list_display = ("template", "attribute", "sequence")
    list_filter = (("attribute", LinkFilter),)
    search_fields = ("template__name_en", "attribute__name_en")
    autocomplete_fields = ("template", "attribute", "values")
    always_with = ("template", "attribute")
    may_add = may_change = may_delete = False


@admin.register(ProductTemplateAttributeValue)
class ProductTemplateAttributeValueOffice(Office):
    """What a value costs more on one product."""

    icon = "price_change"
    shelf = SHELF
    list_display = ("template", "line", "value", "price_extra", "is_active")
    list_filter = (ActiveFilter, ("value__attribute", LinkFilter))
    search_fields = ("template__name_en", "value__name_en")
    readonly_fields = ("line", "value")
    hidden = ("is_active",)
    always_with = ("template", "line__attribute", "value")
    may_add = may_delete = False


@admin.register(UnitOfMeasure)
class UnitOfMeasureOffice(TranslatedOffice):
    """What things are counted in."""

    icon = "straighten"
    shelf = SHELF
    list_display = ("name", "relative_factor", "relative_unit", "rounding", "is_active")
    list_filter = (ActiveFilter,)
    search_fields = ("name_en", "name_ind")
    autocomplete_fields = ("relative_unit",)
    hidden = ("is_active",)
    sheet = sheet_for(UnitOfMeasure, without=("is_active",), keys=("name_en",))
