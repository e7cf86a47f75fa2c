"""Products on the wire: templates, variants, attributes, categories, tags and units of measure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.models import (
    Company,
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
from base.rpc.variants import (
    create_lines,
    create_templates,
    create_variants,
    delete_lines,
    write_lines,
    write_templates,
)
from base.services import products
from rpc import computed, does, expose, record_method
from rpc.context import Call
from rpc.faults import value_error
from rpc.fields import Link
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows

OF_ONLY_VARIANT = """(
    SELECT CASE WHEN count(*) = 1 THEN min(v.{column}) END
      FROM base_product v WHERE v.template_id = {{pk}} AND v.is_active
)"""
# The values that tell a variant from others: those of lines with more than one.
TELLING = Link(
    "{pk}",
    """(
        SELECT v.product_id, v.producttemplateattributevalue_id
          FROM base_product_values v JOIN base_producttemplateattributevalue a ON a.id = v.producttemplateattributevalue_id
         WHERE EXISTS (
            SELECT FROM base_producttemplateattributevalue b WHERE b.line_id = a.line_id AND b.id <> a.id AND b.is_active
         )
    )""",
    "product_id",
    "producttemplateattributevalue_id",
    many=True,
)
SHARED = """
    type=kind is_storable sale_ok=can_be_sold purchase_ok=can_be_purchased categ_id=category uom_id=unit
    list_price description description_sale=sale_description description_purchase=purchase_description
    company product_tag_ids=tags is_favorite hs_code sequence color
"""


def of_only_variant(column: str) -> str:
    """The SQL of a column of the only variant of a template; nothing when it has several."""
    return OF_ONLY_VARIANT.format(column=column)


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


def currencies(call: Call, ids: list[int]) -> dict[int, Any]:
    """The currency that prices are in: the product's company's, else the current one's."""
    rows = ProductTemplate.objects.filter(pk__in=ids).values_list("pk", "company")
    companies = dict(
        Company.objects.filter(
            pk__in={company or call.company_id or 0 for _pk, company in rows}
        ).values_list("pk", "currency")
    )
    return {pk: companies.get(company or call.company_id or 0, False) for pk, company in rows}


def create_product_variant(call: Call, ids: Any, product_template_attribute_value_ids: Any) -> int:
    """The variant of a template with some values, made now if its attributes are made on demand; answers its id."""
    rows = list(found_rows(call, row_ids(ids), "read"))
    if len(rows) != 1:
        raise value_error(f"Expected singleton: product.template{tuple(row_ids(ids))}")
    values = row_ids(product_template_attribute_value_ids)
    return products.variant_for(rows[0], values, by=call.actor).pk


def put_picture(call: Call, pk: int, value: Any) -> None:
    """Give the picture to the template if this is its only variant, else to the variant."""
    siblings = Product.objects.filter(template__products=pk, is_active=True)
    path = "image" if siblings.exclude(pk=pk).exists() else "template.image"
    give(call, Product, path, pk, value)


expose(
    "product.template",
    model=ProductTemplate,
    label=_("Product"),
    order="is_favorite desc, name",
    writes=f"""
        name is_active {SHARED} uom_ids=more_units country_of_origin=country_of_origin
        attribute_line_ids=attribute_lines
    """,
    reads="product_variant_ids=products uom_name=unit.name",
    computed=(
        computed(
            "currency_id",
            "many2one",
            label=_("Currency"),
            relation="res.currency",
            function=currencies,
        ),
        computed(
            "default_code",
            "char",
            label=_("Internal Reference"),
            sql=of_only_variant("reference"),
            write=on_variant("reference"),
        ),
        computed(
            "barcode",
            "char",
            label=_("Barcode"),
            sql=of_only_variant("barcode"),
            write=on_variant("barcode"),
        ),
        computed(
            "standard_price",
            "float",
            label=_("Cost"),
            sql=of_only_variant("cost"),
            write=on_variant("cost"),
        ),
        computed(
            "weight",
            "float",
            label=_("Weight"),
            sql=of_only_variant("weight"),
            write=on_variant("weight"),
        ),
        computed(
            "volume",
            "float",
            label=_("Volume"),
            sql=of_only_variant("volume"),
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
    verbs={
        "action_archive": does(products.archive, answers=None),
        "action_unarchive": does(products.unarchive, answers=None),
    },
    methods={"create_product_variant": record_method(create_product_variant)},
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
        computed(
            "product_template_variant_value_ids",
            "many2many",
            label=_("Variant Values"),
            relation="product.template.attribute.value",
            link=TELLING,
        ),
        picture("image_variant_1920", "image", label=_("Variant Image")),
    ),
    verbs={
        "action_archive": does(products.archive_variants, answers=None),
        "action_unarchive": does(products.unarchive_variants, answers=None),
    },
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
    create=create_lines,
    write=write_lines,
    unlink=delete_lines,
    permissions={
        "create": "base.add_producttemplateattributeline",
        "write": "base.change_producttemplateattributeline",
        "unlink": "base.delete_producttemplateattributeline",
    },
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
