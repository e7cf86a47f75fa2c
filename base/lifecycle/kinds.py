"""Everything that names a kind of record: what is said about its records, rights on them, their stable names."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE, ForeignObjectRel

AT_ONCE = 2000


def kinds_of(label: str) -> list[ContentType]:
    """The kinds of records of a module, by what the database knows."""
    return list(ContentType.objects.filter(app_label=label))


def naming(kinds: Iterable[ContentType]) -> Iterator[tuple[Any, Any]]:
    """For every noun that names kinds of records: the model, and its rows that name one of these."""
    ids = [kind.pk for kind in kinds]
    known = ContentType._meta.get_fields(include_hidden=True)  # a link named "+" is hidden
    links: list[Any] = [field for field in known if isinstance(field, ForeignObjectRel)]
    for relation in links:
        if relation.on_delete is CASCADE and not relation.related_model._meta.proxy:
            model: Any = relation.related_model
            yield model, model._base_manager.filter(**{f"{relation.field.name}__in": ids})


def forget_kinds(kinds: list[ContentType]) -> dict[str, int]:
    """Delete kinds of records and all that names them; answers how many rows of which noun."""
    counts = {}
    if kinds:
        for model, rows in naming(kinds):
            if count := delete_in_pieces(rows):
                counts[model._meta.label_lower] = count
        ContentType.objects.filter(pk__in=[kind.pk for kind in kinds]).delete()
        ContentType.objects.clear_cache()
    return counts


def delete_in_pieces(rows: Any) -> int:
    """Delete rows, with what hangs on them, without holding them all in memory; answers how many."""
    count = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        rows.model._base_manager.filter(pk__in=ids).delete()
        count += len(ids)
    return count
