"""What can be done with products: make them, keep their variants in step with their attributes, archive them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product as combinations_of
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import Refused
from base.models import (
    Product,
    ProductAttribute,
    ProductTemplate,
    ProductTemplateAttributeLine,
    ProductTemplateAttributeValue,
)
from base.policies import visible
from base.services import records
from base.verbs import verb

MOST_VARIANTS = 1000
OF_VARIANT = frozenset(("reference", "barcode", "cost", "weight", "volume"))

Combination = tuple[int, ...]


class TooManyVariants(Refused):
    """The attributes combine to more variants than anyone can keep."""

    code = "too_many_variants"
    message = _("%(product)s would have %(count)s variants; at most %(most)s are made.")


class NotAVariant(Refused):
    """The values named do not make up a variant of the product."""

    code = "not_a_variant"
    message = _("%(product)s does not come in this combination.")


class SeveralVariants(Refused):
    """Reference, barcode, cost and weight belong to each variant, and there are several."""

    code = "several_variants"
    message = _("%(product)s has several variants. Write this on the variant.")


@verb("base.add_producttemplate")
def create(rows: Sequence[Mapping[str, Any]], *, by: Actor) -> list[ProductTemplate]:
    """Make products with their first variant. Rows hold fields of the template, and of the variant where it has them:
    reference, barcode, cost, weight, volume. Refuses like `records.create`."""
    split = [(_without(row, OF_VARIANT), _only(row, OF_VARIANT)) for row in rows]
    return _created(split, by)[0]


@verb("base.add_product")
def create_variants(
    rows: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], *, by: Actor
) -> list[Product]:
    """Make products from fields of the template and fields of its first variant. Answers the variants.

    Refuses like `records.create`.
    """
    return _created(rows, by)[1]


def _created(
    rows: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], by: Actor
) -> tuple[list[ProductTemplate], list[Product]]:
    templates = records.create(ProductTemplate, [template for template, _own in rows], by=by)
    variants = [
        {"template_id": template.pk, "is_active": template.is_active, **own}
        for template, (_values, own) in zip(templates, rows, strict=True)
    ]
    return templates, records.create(Product, variants, by=by)


@verb("base.change_producttemplate")
def change(templates: QuerySet[ProductTemplate], values: Mapping[str, Any], *, by: Actor) -> None:
    """Write the same values to some products. What belongs to the variant is written to the only one.

    Refuses like `records.change`, and with `SeveralVariants`.
    """
    changed = records.change(templates, _without(values, OF_VARIANT), by=by)
    own = _only(values, OF_VARIANT)
    if own and changed:
        variants = Product.objects.filter(template__in=changed, is_active=True)
        ids = dict(variants.values_list("template", "pk"))
        for template in changed:
            if variants.filter(template=template).count() != 1:
                raise SeveralVariants(product=template.name)
        records.change(records.named(Product, ids.values()), own, by=by)


@verb("base.change_producttemplate")
def update_variants(templates: QuerySet[ProductTemplate], *, by: Actor) -> list[Product]:
    """Make the variants that the attribute lines ask for, and put away those they no longer do. Answers the new ones.

    A variant that nothing refers to is deleted, one that has been used is archived and comes back with its
    combination. Refuses with `TooManyVariants`.
    """
    rows = visible(templates, by).order_by("pk").select_for_update(of=("self",))
    made: list[Product] = []
    for template in rows:
        lines = _offered(template)
        made += _bring_in_step(
            template, _combinations(template, lines), _forced(lines), _on_demand(template)
        )
    return made


@verb("base.add_product")
def variant_for(template: ProductTemplate, value_ids: Iterable[int], *, by: Actor) -> Product:
    """The variant with some values of the template's attributes; made now if its attributes are made on demand.

    `value_ids` are those of `ProductTemplateAttributeValue`. Refuses with `NotAVariant`.
    """
    locked = (
        visible(ProductTemplate.objects.filter(pk=template.pk), by)
        .select_for_update(of=("self",))
        .get()
    )
    lines = _offered(locked)
    wanted = tuple(sorted(set(value_ids) & {pk for line in lines for pk in line}))
    if wanted not in set(_combinations(locked, lines)):
        raise NotAVariant(product=locked.name)
    found = (
        Product.objects.filter(template=locked, combination=_text(wanted))
        .order_by("-is_active")
        .first()
    )
    if found is not None and found.is_active:
        return found
    if not _on_demand(locked):
        raise NotAVariant(product=locked.name)
    return _revived(found) if found else _made(locked, [wanted])[0]


@verb("base.change_producttemplate")
def archive(templates: QuerySet[ProductTemplate], *, by: Actor) -> int:
    """Put products away with all their variants; answers how many."""
    return ProductTemplate.objects.filter(pk__in=visible(templates, by).values("pk")).update(
        is_active=False
    )


@verb("base.change_producttemplate")
def unarchive(templates: QuerySet[ProductTemplate], *, by: Actor) -> int:
    """Bring products back with the variants that they still come in; answers how many."""
    ids = list(visible(templates, by).values_list("pk", flat=True))
    count = ProductTemplate.objects.filter(pk__in=ids).update(is_active=True)
    update_variants(_varying(ids), by=by)
    return count


@verb("base.change_product")
def archive_variants(products: QuerySet[Product], *, by: Actor) -> int:
    """Put variants away; a template goes with its last one. Answers how many variants."""
    ids = list(visible(products, by).values_list("pk", flat=True))
    count = Product.objects.filter(pk__in=ids).update(is_active=False)
    left = ProductTemplate.objects.filter(products__in=ids).exclude(products__is_active=True)
    ProductTemplate.objects.filter(pk__in=left.values("pk")).update(is_active=False)
    return count


@verb("base.change_product")
def unarchive_variants(products: QuerySet[Product], *, by: Actor) -> int:
    """Bring variants back, with their templates; answers how many variants."""
    ids = list(visible(products, by).values_list("pk", flat=True))
    gone = ProductTemplate.objects.filter(products__in=ids, is_active=False)
    gone_ids = list(gone.values_list("pk", flat=True))
    ProductTemplate.objects.filter(pk__in=gone_ids).update(is_active=True)
    Product.objects.filter(template__in=gone_ids).exclude(pk__in=ids).update(is_active=False)
    return Product.objects.filter(pk__in=ids).update(is_active=True)


def _varying(ids: list[int]) -> QuerySet[ProductTemplate]:
    lines = ProductTemplateAttributeLine.objects.filter(template__in=ids)
    return ProductTemplate.objects.filter(pk__in=lines.values("template"))


def _offered(template: ProductTemplate) -> list[list[int]]:
    """Bring the template's values in step with its lines; answers them line by line, where they make variants."""
    lines = list(
        template.attribute_lines.select_related("attribute").prefetch_related(
            "values", "template_values"
        )
    )
    answer = []
    for line in lines:
        ids = _values_of(line)
        if ids and line.attribute.variants != ProductAttribute.Variants.NEVER:
            answer.append(ids)
    return answer


def _values_of(line: ProductTemplateAttributeLine) -> list[int]:
    known = {value.value_id: value for value in line.template_values.all()}
    wanted = {value.pk: value for value in line.values.all()}
    fresh = [
        ProductTemplateAttributeValue(
            line=line,
            value=value,
            template_id=line.template_id,
            price_extra=value.default_price_extra,
        )
        for pk, value in wanted.items()
        if pk not in known
    ]
    ProductTemplateAttributeValue.objects.bulk_create(fresh)
    known |= {value.value_id: value for value in fresh}
    for pk, value in known.items():
        if value.is_active != (pk in wanted):
            value.is_active = pk in wanted
            value.save(update_fields=["is_active"])
    return [known[pk].pk for pk in wanted]


def _combinations(template: ProductTemplate, lines: list[list[int]]) -> list[Combination]:
    count = 1
    for line in lines:
        count *= len(line)
    if count > MOST_VARIANTS and not _on_demand(template):
        raise TooManyVariants(product=template.name, count=count, most=MOST_VARIANTS)
    return (
        [tuple(sorted(choice)) for choice in combinations_of(*lines)]
        if count <= MOST_VARIANTS
        else []
    )


def _forced(lines: list[list[int]]) -> set[int]:
    """The values without an alternative: a line with one value changes no variant, it only describes it."""
    return {line[0] for line in lines if len(line) == 1}


def _on_demand(template: ProductTemplate) -> bool:
    return template.attribute_lines.filter(
        attribute__variants=ProductAttribute.Variants.ON_DEMAND
    ).exists()


def _bring_in_step(
    template: ProductTemplate, wanted: list[Combination], forced: set[int], on_demand: bool
) -> list[Product]:
    offered = {pk for choice in wanted for pk in choice}
    free = set(wanted)
    surplus: list[Product] = []
    for variant in template.products.order_by("-is_active", "pk"):
        before = tuple(int(pk) for pk in variant.combination.split(",") if pk)
        choice = before if before in free else tuple(sorted(set(before) & offered | forced))
        if choice in free and (variant.is_active or choice == before):
            free.discard(choice)
            _settle(variant, choice, is_active=template.is_active)
        elif variant.is_active:
            surplus.append(variant)
    for variant in surplus:
        _put_away(variant)
    return [] if on_demand else _made(template, [choice for choice in wanted if choice in free])


def _settle(variant: Product, choice: Combination, *, is_active: bool) -> None:
    if variant.combination != _text(choice) or variant.is_active != is_active:
        variant.combination, variant.is_active = _text(choice), is_active
        variant.save(update_fields=["combination", "is_active"])
        variant.values.set(choice)


def _made(template: ProductTemplate, choices: list[Combination]) -> list[Product]:
    variants = [
        Product(template=template, combination=_text(choice), is_active=template.is_active)
        for choice in choices
    ]
    Product.objects.bulk_create(variants, batch_size=500)
    through = Product.values.through
    through._default_manager.bulk_create(
        [
            through(product_id=variant.pk, producttemplateattributevalue_id=pk)
            for variant, choice in zip(variants, choices, strict=True)
            for pk in choice
        ],
        batch_size=2000,
    )
    return variants


def _revived(variant: Product) -> Product:
    variant.is_active = True
    variant.save(update_fields=["is_active"])
    return variant


def _put_away(variant: Product) -> None:
    """Delete a variant, or archive it when something refers to it."""
    try:
        with transaction.atomic():
            variant.delete()
    except (ProtectedError, RestrictedError):
        Product.objects.filter(pk=variant.pk).update(is_active=False)


def _text(choice: Combination) -> str:
    return ",".join(map(str, choice))


def _only(values: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _without(values: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
