"""Writing products through the wire: templates with what belongs to their variant, variants with their template, and
the attribute lines that variants follow from."""

from collections.abc import Iterable
from typing import Any

from base.actors import Actor
from base.models import Product, ProductTemplate, ProductTemplateAttributeLine, UnitOfMeasure
from base.services import products, records
from rpc import Parts

Values = dict[str, Any]


def create_templates(rows: list[Values], *, by: Actor) -> list[ProductTemplate]:
    """Make templates, each with a first variant that carries reference, barcode, cost, weight and volume."""
    split = [_plain(row) for row in rows]
    made = products.create([_with_unit(own) for own, _lines in split], by=by)
    for template, (_own, lines) in zip(made, split, strict=True):
        if lines:
            _follow(template.pk, lines, by)
    return made


def write_templates(rows: Any, values: Values, *, by: Actor) -> None:
    """Change templates; what belongs to the variant goes to the only one there is."""
    own, lines = _plain(values)
    ids = list(rows.values_list("pk", flat=True))
    if own or not lines:
        products.change(records.named(ProductTemplate, ids), own, by=by)
    for pk in ids if lines else ():
        _follow(pk, lines or Parts(), by)


def create_variants(rows: list[Values], *, by: Actor) -> list[Product]:
    """Make products: a template for each that names none, and the variant."""
    split = [_through(row) for row in rows]
    fresh = [(_with_unit(template), own) for own, template in split if not own.get("template_id")]
    made = iter(products.create_variants(fresh, by=by) if fresh else ())
    known = [_of_known(own, template, by) for own, template in split if own.get("template_id")]
    added = iter(records.create(Product, known, by=by) if known else ())
    return [next(added if own.get("template_id") else made) for own, _template in split]


def _of_known(own: Values, template: Values, by: Actor) -> Values:
    """A variant of a template that there is; what is said about the template is written to it."""
    if template:
        records.change(records.named(ProductTemplate, [own["template_id"]]), template, by=by)
    return own


def create_lines(rows: list[Values], *, by: Actor) -> list[ProductTemplateAttributeLine]:
    """Let templates vary by attributes, and make the variants that follow."""
    made = records.create(ProductTemplateAttributeLine, rows, by=by)
    _bring_in_step({line.template_id for line in made}, by)
    return made


def write_lines(rows: Any, values: Values, *, by: Actor) -> None:
    """Change by what templates vary; the variants follow."""
    templates = set(rows.values_list("template", flat=True))
    changed = records.change(rows, values, by=by)
    _bring_in_step(templates | {line.template_id for line in changed}, by)


def delete_lines(rows: Any, *, by: Actor) -> int:
    """Let templates vary no more; the variants follow."""
    templates = set(rows.values_list("template", flat=True))
    count = records.delete(rows, by=by)
    _bring_in_step(templates, by)
    return count


def default_unit() -> int | None:
    """The unit that products are counted in unless somebody says otherwise: the first one."""
    rows = UnitOfMeasure.objects.filter(is_active=True).order_by("sequence", "id")
    return rows.values_list("pk", flat=True).first()


def _follow(template_id: int, lines: Parts, by: Actor) -> None:
    own = ProductTemplateAttributeLine.objects.filter(template=template_id)
    gone = own.filter(pk__in=lines.remove)
    if lines.replace:
        gone = own.exclude(pk__in=[*lines.link, *lines.change])
    if gone.exists():
        records.delete(gone, by=by)
    for pk, values in lines.change.items():
        records.change(own.filter(pk=pk), values, by=by)
    if lines.add:
        fresh = [{**values, "template_id": template_id} for values in lines.add]
        records.create(ProductTemplateAttributeLine, fresh, by=by)
    _bring_in_step([template_id], by)


def _bring_in_step(template_ids: Iterable[int], by: Actor) -> None:
    products.update_variants(ProductTemplate.objects.filter(pk__in=list(template_ids)), by=by)


def _plain(row: Values) -> tuple[Values, Parts | None]:
    """A template's values with those of its variant by their own names, and its attribute lines apart."""
    values = {name.removeprefix("variant."): value for name, value in row.items()}
    return values, values.pop("attribute_lines", None)


def _through(row: Values) -> tuple[Values, Values]:
    """A variant's own values, and those of its template."""
    own = {name: value for name, value in row.items() if not name.startswith("template.")}
    rest = {name.removeprefix("template."): row[name] for name in row.keys() - own.keys()}
    return own, rest


def _with_unit(row: Values) -> Values:
    return row if row.get("unit_id") else {**row, "unit_id": default_unit()}
