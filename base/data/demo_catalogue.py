"""What the demo company buys and sells: coffee and all that an office needs around it."""

from decimal import Decimal
from typing import Any

from base.actors import Actor
from base.data.demo_partners import rows_of
from base.external_ids import row_ids
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
from base.seeds import upsert
from base.services import products

Rows = dict[str, dict[str, Any]]

# key: (English, Indonesian, below which category of the seeds or of this list)
CATEGORIES = {
    "beverages": ("Beverages", "Minuman", "product_category_goods"),
    "coffee": ("Coffee", "Kopi", "beverages"),
    "tea": ("Tea", "Teh", "beverages"),
    "pantry": ("Pantry", "Bahan dapur", "product_category_goods"),
    "machines": ("Machines", "Mesin", "product_category_goods"),
    "stationery": ("Stationery", "Alat tulis kantor", "product_category_goods"),
    "electronics": ("Electronics", "Elektronik", "product_category_goods"),
    "furniture": ("Furniture", "Mebel", "product_category_goods"),
    "packaging": ("Packaging", "Kemasan", "product_category_goods"),
    "apparel": ("Apparel", "Pakaian", "product_category_goods"),
}
TAGS: Rows = {
    "product_tag_best": {"name_en": "Best seller", "name_ind": "Terlaris", "color": "#2E7D32"},
    "product_tag_new": {"name_en": "New", "name_ind": "Baru", "color": "#1565C0"},
}
SIZES = {"s": ("S", "S"), "m": ("M", "M"), "l": ("L", "L"), "xl": ("XL", "XL")}
COLORS = {
    "black": ("Black", "Hitam", "#212121"),
    "white": ("White", "Putih", "#FAFAFA"),
    "navy": ("Navy", "Biru tua", "#1A237E"),
}
XL_COSTS_MORE = Decimal(10000)
ATTRIBUTES: Rows = {
    "attribute_color": {
        "name_en": "Color",
        "name_ind": "Warna",
        "display": "color",
        "sequence": 10,
    },
    "attribute_size": {"name_en": "Size", "name_ind": "Ukuran", "display": "pills", "sequence": 20},
}


def load() -> None:
    """Make categories, products, and one product that comes in sizes and colors."""
    categories = _categories()
    ids = _products(categories)
    tags = upsert(ProductTag, "demo", TAGS)
    through = ProductTemplate.tags.through
    through._default_manager.bulk_create(
        [
            through(
                producttemplate_id=ids[line["key"]],
                producttag_id=tags[f"product_tag_{line['tags']}"],
            )
            for line in rows_of("demo_products")
            if line["tags"]
        ],
        ignore_conflicts=True,
    )
    _shirt(categories)


def _categories() -> dict[str, int]:
    ids = row_ids(ProductCategory, "product")
    for key, (english, indonesian, above) in CATEGORIES.items():
        row = {"name_en": english, "name_ind": indonesian, "parent_id": ids[above]}
        ids[key] = upsert(ProductCategory, "demo", {f"category_{key}": row})[f"category_{key}"]
    return ids | {
        "services": ids["product_category_services"],
        "expenses": ids["product_category_expenses"],
    }


def _products(categories: dict[str, int]) -> dict[str, int]:
    """Templates and their only variants; answers the templates' ids by key."""
    units = row_ids(UnitOfMeasure, "uom")
    lines = list(rows_of("demo_products"))
    templates = {
        f"template_{line['key']}": {
            "name_en": line["name"],
            "name_ind": line["name_id"],
            "kind": "consu" if line["kind"] in {"storable", "goods"} else "service",
            "is_storable": line["kind"] == "storable",
            "can_be_sold": line["kind"] != "expense",
            "can_be_purchased": line["kind"] != "service",
            "category_id": categories[line["category"]],
            "unit_id": units[line["unit"]],
            "list_price": Decimal(line["price"]),
            "hs_code": line["hs_code"],
            "sale_description_en": line["sale_text"],
            "sale_description_ind": line["sale_text_id"],
        }
        for line in lines
    }
    ids = upsert(ProductTemplate, "demo", templates)
    variants = {
        f"product_{line['key']}": {
            "template_id": ids[f"template_{line['key']}"],
            "reference": line["reference"],
            "barcode": line["barcode"],
            "cost": Decimal(line["cost"]),
            "weight": Decimal(line["weight"]),
        }
        for line in lines
    }
    upsert(Product, "demo", variants)
    return {line["key"]: ids[f"template_{line['key']}"] for line in lines}


def _shirt(categories: dict[str, int]) -> None:
    attributes = upsert(ProductAttribute, "demo", ATTRIBUTES)
    value_ids = upsert(ProductAttributeValue, "demo", _values(attributes))
    shirt = {
        "name_en": "Staff T-Shirt",
        "name_ind": "Kaos Karyawan",
        "is_storable": True,
        "category_id": categories["apparel"],
        "unit_id": row_ids(UnitOfMeasure, "uom")["product_uom_unit"],
        "list_price": Decimal(95000),
    }
    template = upsert(ProductTemplate, "demo", {"template_shirt": shirt})["template_shirt"]
    _shirt_variants(template, attributes, value_ids)


def _values(attributes: dict[str, int]) -> Rows:
    sizes = {
        f"size_{key}": {
            "attribute_id": attributes["attribute_size"],
            "name_en": english,
            "name_ind": indonesian,
            "sequence": place,
        }
        for place, (key, (english, indonesian)) in enumerate(SIZES.items())
    }
    colors = {
        f"color_{key}": {
            "attribute_id": attributes["attribute_color"],
            "name_en": english,
            "name_ind": indonesian,
            "html_color": html,
            "sequence": place,
        }
        for place, (key, (english, indonesian, html)) in enumerate(COLORS.items())
    }
    return sizes | colors


def _shirt_variants(template: int, attributes: dict[str, int], values: dict[str, int]) -> None:
    """Let it vary, once: what somebody has changed about it since stays."""
    if ProductTemplateAttributeLine.objects.filter(template=template).exists():
        return
    for place, (name, begins) in enumerate(
        (("attribute_color", "color_"), ("attribute_size", "size_"))
    ):
        line = ProductTemplateAttributeLine.objects.create(
            template_id=template, attribute_id=attributes[name], sequence=place
        )
        line.values.set(pk for key, pk in values.items() if key.startswith(begins))
    made = products.update_variants(
        ProductTemplate.objects.filter(pk=template), by=Actor.system(door="shell")
    )
    extra_large = ProductTemplateAttributeValue.objects.filter(value=values["size_xl"])
    extra_large.update(price_extra=XL_COSTS_MORE)
    for place, variant in enumerate(made, start=1):
        Product.objects.filter(pk=variant.pk).update(
            reference=f"KAO-{place:02d}", cost=Decimal(52000)
        )
