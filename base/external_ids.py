"""Finding rows by their external ids."""

from typing import Any

from django.contrib.contenttypes.models import ContentType

from base.errors import Missing
from base.models import ExternalId
from base.modules import wire_name


def row(complete_name: str) -> Any:
    """The row known as `module.name`. Raises `Missing`."""
    found = ExternalId.objects.named(complete_name).select_related("content_type").first()
    if found is None or found.row is None:
        raise Missing(model=ExternalId._meta.verbose_name, ids=complete_name)
    return found.row


def row_ids(model: Any, module: str) -> dict[str, int]:
    """All names that a module gave to rows of a model: `{name: row id}`. One query."""
    kind = ContentType.objects.get_for_model(model)
    names = ExternalId.objects.filter(content_type=kind, module=wire_name(module))
    return dict(names.values_list("name", "row_id"))
