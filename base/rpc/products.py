"""Products on the wire: templates, variants, attributes, categories, tags and units of measure."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
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
from base.rpc.pictures import give, picture, pictures
from base.rpc.threads import thread
from base.services import records
from rpc import computed, expose
from rpc.context import Call

OF_ONLY_VARIANT = """(
    SELECT CASE WHEN count(*) = 1 THEN min(v.{{column}}) END
      FROM base_product v WHERE v.template_id = {{pk}} AND v.is_active
)"""
VARIANT = ("reference", "barcode", "cost", "weight", "volume")
SHARED = """
    type=KIND is_storable sale_ok=can_be_sold purchase_ok=can_be_purchased categ_id=category uom_id=unit
    list_price description description_sale=sale_description description_purchase=purchase_description
    company product_tag_ids=tags is_favorite hs_code sequence color
"""


def of_only_variant(column: str, kind: str) -> str:
    """The SQL of a column of the only variant of a template; nothing when it has several."""
    del kind
    return OF_ONLY_VARIANT.replace("{{column}}", column).replace("{{pk}}", "{pk}")


def on_variant(column: str) -> Any:
    """Write a column of the variant through its template."""
    return lambda value: {f"variant.{column}": value}


def through_template(words: str) -> str:
    """Words of the template as words of its variants."""
    pairs = (word.partition("=") for word in words.split())
    return " ".join(
        f"{wire}=template.{python}" if python else f"template.{wire}"
        for wire, _sign, python in pairs
    )


def create_templates(rows: list[dict[str, Any]], *, by: Actor) -> list[ProductTemplate]:
    """Make templates, each with a first variant that carries reference, barcode, cost, weight and volume."""
    with transaction.atomic():
        split = [_split(row) for row in rows]
        made = records.create(ProductTemplate, [_with_unit(own) for own, _variant in split], by=by)
        variants = [
            {"template_id": template.pk, "is_active": template.is_active, **variant}
            for template, (_own, variant) in zip(made, split, strict=True)
        ]
        records.create(Product, variants, by=by)
        return made


def write_templates(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
    """Change templates; what belongs to the variant goes to the only one there is."""
    own, variant = _split(values)
    with transaction.atomic():
        ids = list(rows.values_list("pk", flat=True))
        if own or not variant:
            records.change(records.named(ProductTemplate, ids), own, by=by)
        if variant:
            records.change(Product.objects.filter(template__in=ids), variant, by=by)


def create_variants(rows: list[dict[str, Any]], *, by: Actor) -> list[Product]:
    """Make products: a template for each that names none, and the variant."""
    with transaction.atomic():
        split = [_through(row) for row in rows]
        fresh = [template for own, template in split if not own.get("template_id")]
        made = iter(
            records.create(ProductTemplate, [_with_unit(one) for one in fresh], by=by)
            if fresh
            else ()
        )
        variants = []
        for own, template in split:
            if own.get("template_id"):
                if template:
                    rows_of = records.named(ProductTemplate, [own["template_id"]])
                    records.change(rows_of, template, by=by)
                variants.append(own)
            else:
                variants.append({**own, "template_id": next(made).pk})
        return records.create(Product, variants, by=by)


def put_picture(call: Call, pk: int, value: Any) -> None:
    """Give the picture to the template if this is its only variant, else to the variant."""
    siblings = Product.objects.filter(template__products=pk, is_active=True)
    path = "image" if siblings.exclude(pk=pk).exists() else "template.image"
    give(call, Product, path, pk, value)


def _split(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    variant = {
        name.removeprefix("variant."): row[name] for name in row if name.startswith("variant.")
    }
    return {name: value for name, value in row.items() if not name.startswith("variant.")}, variant


def _through(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    template = {
        name.removeprefix("template."): row[name] for name in row if name.startswith("template.")
    }
    return {
        name: value for name, value in row.items() if not name.startswith("template.")
    }, template


def _with_unit(row: dict[str, Any]) -> dict[str, Any]:
    return row if row.get("unit_id") else {**row, "unit_id": default_unit()}


def default_unit() -> int | None:
    """The unit that products are counted in unless somebody says otherwise: the first one."""
    return (
        UnitOfMeasure.objects.filter(is_active=True)
        .order_by("sequence", "id")
        .values_list("pk", flat=True)
        .first()
    )


SHARED = SHARED.replace("KIND", "kind")

expose(
    "product.template",
    model=ProductTemplate,
    label=_("Product"),
    order="is_favorite desc, name",
    writes=f"name is_active {SHARED} uom_ids=more_units country_of_origin=country_of_origin",
    reads="product_variant_ids=products attribute_line_ids=attribute_lines uom_name=unit.name",
    currency="currency_id",
    computed=(
        computed(
            "default_code",
            "char",
            label=_("Internal Reference"),
            sql=of_only_variant("reference", "char"),
            write=on_variant("reference"),
        ),
        computed(
            "barcode",
            "char",
            label=_("Barcode"),
            sql=of_only_variant("barcode", "char"),
            write=on_variant("barcode"),
        ),
        computed(
            "standard_price",
            "float",
            label=_("Cost"),
            sql=of_only_variant("cost", "float"),
            write=on_variant("cost"),
        ),
        computed(
            "weight",
            "float",
            label=_("Weight"),
            sql=of_only_variant("weight", "float"),
            write=on_variant("weight"),
        ),
        computed(
            "volume",
            "float",
            label=_("Volume"),
            sql=of_only_variant("volume", "float"),
            write=on_variant("volume"),
        ),
        computed(
            "product_variant_id",
            "many2one",
            label=_("Product"),
            relation="product.product",
            sql="(SELECT min(v.id) FROM base_product v WHERE v.template_id = {pk} AND v.is_active)",
        ),
        computed(
            "product_variant_count",
            "integer",
            label=_("# Product Variants"),
            sql="(SELECT count(*) FROM base_product v WHERE v.template_id = {pk} AND v.is_active)",
        ),
        *pictures(),
    ),
    create=create_templates,
    write=write_templates,
    permissions={"create": "base.add_producttemplate", "write": "base.change_producttemplate"},
)

expose(
    "product.product",
    model=Product,
    label=_("Product Variant"),
    order="default_code, name, id",
    writes=f"""
        product_tmpl_id=template name=template.name default_code=reference barcode is_active standard_price=cost weight
        volume product_template_attribute_value_ids=values {through_template(SHARED)}
    """,
    reads="price_extra code=reference combination_indices=combination uom_name=template.unit.name",
    uncopied="barcode",
    computed=(
        computed(
            "lst_price",
            "float",
            label=_("Sales Price"),
            sql="({template.list_price} + {price_extra})",
        ),
        *pictures("image", instead="template.image", put=put_picture),
        picture("image_variant_1920", "image", label=_("Variant Image")),
    ),
    create=create_variants,
    permissions={"create": "base.add_product"},
)

thread("product.template", ProductTemplate)
thread("product.product", Product)

expose(
    "product.category",
    model=ProductCategory,
    label=_("Product Category"),
    order="complete_name",
    writes="name parent",
    reads="complete_name child_id=children",
    computed=(
        computed(
            "product_count",
            "integer",
            label=_("# Products"),
            sql="(SELECT count(*) FROM base_producttemplate t WHERE t.category_id = {pk})",
        ),
    ),
)

expose(
    "product.tag",
    model=ProductTag,
    label=_("Product Tag"),
    order="sequence, id",
    writes="name color sequence product_template_ids=templates",
)

expose(
    "product.attribute",
    model=ProductAttribute,
    label=_("Product Attribute"),
    order="sequence, id",
    writes="name display_type=display create_variant=variants value_ids=values sequence is_active",
)

expose(
    "product.attribute.value",
    model=ProductAttributeValue,
    label=_("Attribute Value"),
    order="attribute_id, sequence, id",
    writes="name attribute sequence html_color default_extra_price=default_price_extra is_custom is_active",
)

expose(
    "product.template.attribute.line",
    model=ProductTemplateAttributeLine,
    label=_("Product Template Attribute Line"),
    order="sequence, attribute_id, id",
    writes="product_tmpl_id=template attribute value_ids=values sequence",
    reads="product_template_value_ids=template_values",
)

expose(
    "product.template.attribute.value",
    model=ProductTemplateAttributeValue,
    label=_("Product Template Attribute Value"),
    order="id",
    reads="""
        product_tmpl_id=template attribute_line_id=line product_attribute_value_id=value
        attribute_id=line.attribute ptav_active=is_active name=value.name
    """,
    writes="price_extra",
)

expose(
    "uom.uom",
    model=UnitOfMeasure,
    label=_("Product Unit of Measure"),
    order="sequence, relative_uom_id, id",
    writes="name relative_factor relative_uom_id=relative_unit rounding sequence is_active",
    reads="factor related_uom_ids=related_units",
)
