"""How things about records name their record on the wire: `res_model` and `res_id`."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from base.errors import Missing
from rpc import computed, registry
from rpc.fields import Declared
from rpc.nouns import Labels, WireNames, label_of, noun

# The day it is in the house: SQL that can be searched and sorted by does not know who asks.
TODAY = f"(now() AT TIME ZONE '{settings.TIME_ZONE}')::date"


def of_record(name: str, label: Any) -> tuple[Declared, Declared]:
    """The kind of record and its number, both written when the thing is made."""
    return noun(name, "content_type", label), res_id()


def res_id() -> Declared:
    """The number of the record."""
    return computed(
        "res_id",
        "many2one_reference",
        label=_("Related Document ID"),
        sql="{row_id}",
        write=lambda pk: {"row_id": pk or None},
    )


def record_of(values: dict[str, Any]) -> Model | None:
    """The record that values name by `content_type_id` and `row_id`; nothing when they name none.

    Whether the actor may see it is the verb's to ask.
    """
    kind, row_id = values.get("content_type_id"), values.get("row_id")
    if not kind or not row_id:
        return None
    model: Any = _model(kind)
    row: Model | None = model._default_manager.filter(pk=row_id).first() if model else None
    if row is None:
        raise Missing(model=model._meta.verbose_name if model else _("Record"), ids=row_id)
    return row


def _model(kind: int) -> type[Model] | None:
    try:
        return ContentType.objects.get_for_id(kind).model_class()
    except ContentType.DoesNotExist:
        return None


def nouns() -> list[tuple[str, str]]:
    """Every noun that has rows, to choose from."""
    return [
        (one.model._meta.label_lower, str(one.label)) for one in registry.everything() if one.model
    ]


def on_what(name: str, label: Any, kind: str = "char") -> Declared:
    """The noun that something is only for, kept as a text; empty for all of them."""

    def write(value: Any) -> dict[str, Any]:
        if not value:
            return {"model": ""}
        return {"model": value if kind == "selection" else label_of(value)}

    return computed(
        name,
        kind,
        label=label,
        sql="{model}",
        write=write,
        choices=nouns if kind == "selection" else (),
        to_wire=WireNames(),
        to_python=Labels(),
    )
