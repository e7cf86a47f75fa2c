"""Fields of the wire from fields of Django models: what `writes` and `reads` name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.html import HtmlField
from base.money import MoneyField
from rpc.fields import Choices, Field, Link, Text
from rpc.naming import wire_name
from rpc.sql.sources import column_name, languages_of, quoted

STANDARD = {"is_active": "active"}
MADE = {
    "create_uid": "created_by",
    "create_date": "created_at",
    "write_uid": "changed_by",
    "write_date": "changed_at",
}
MADE_LABELS: dict[str, Text] = {
    "create_uid": _("Created by"),
    "create_date": _("Created on"),
    "write_uid": _("Last Updated by"),
    "write_date": _("Last Updated on"),
}
SIMPLE: tuple[tuple[type[Any], str], ...] = (
    (models.BooleanField, "boolean"),
    (MoneyField, "monetary"),
    (models.DecimalField, "float"),
    (models.FloatField, "float"),
    (models.IntegerField, "integer"),
    (models.AutoField, "integer"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.FileField, "binary"),
    (models.BinaryField, "binary"),
    (models.JSONField, "json"),
    (HtmlField, "html"),
    (models.TextField, "text"),
)


@dataclass(frozen=True, kw_only=True)
class Adjustments:
    """What a declaration says about the fields it names, beyond their names."""

    labels: Mapping[str, Text] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)
    values: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)
    restricted: Mapping[str, str] = field(default_factory=dict)
    html: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    uncopied: frozenset[str] = frozenset()
    sorts: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""


RelationOf = Callable[[type[models.Model]], str | None]


def derived(
    model: type[models.Model],
    word: str,
    adjust: Adjustments,
    relation_of: RelationOf,
    *,
    readonly: bool,
    via: str = "",
) -> Field | None:
    """The wire field that a word stands for, or None when it leads to what is not exposed."""
    given, _, path = word.rpartition("=")
    path = f"{via}.{path}" if via else path
    owner, last = _walk(model, path)
    found: Any = owner._meta.get_field(last)
    name = given or STANDARD.get(last) or wire_name(last, found)
    common = _common(name, found, path, adjust, readonly)
    if found.is_relation:
        relation = relation_of(found.related_model) if found.related_model else None
        return _relation(found, path, common, relation) if relation else None
    return _plain(found, owner, path, common, adjust)


def made(model: type[models.Model], relation_of: RelationOf) -> list[Field]:
    """The fields that every noun has: who made it, who changed it last, and when."""
    known = {one.name for one in model._meta.get_fields()}
    adjust = Adjustments(labels=MADE_LABELS)
    found = [
        derived(model, f"{wire}={python}", adjust, relation_of, readonly=True)
        if python in known
        else _unknown(wire)
        for wire, python in MADE.items()
    ]
    return [one for one in found if one]


def _unknown(wire: str) -> Field:
    """Who made a row, or when, where nobody keeps it."""
    kind, column = ("many2one", "int8") if wire.endswith("_uid") else ("datetime", "timestamptz")
    return Field(
        name=wire,
        type=kind,
        label=MADE_LABELS[wire],
        sql=f"CAST(NULL AS {column})",
        relation="res.users" if kind == "many2one" else "",
        stored=False,
        copied=False,
    )


def _walk(model: type[models.Model], path: str) -> tuple[type[Any], str]:
    *steps, last = path.split(".")
    owner: Any = model
    for step in steps:
        owner = owner._meta.get_field(step).related_model
    return owner, last


def _common(
    name: str, found: Any, path: str, adjust: Adjustments, readonly: bool
) -> dict[str, Any]:
    label = adjust.labels.get(name) or getattr(found, "verbose_name", None)
    if label is None:
        label = found.related_model._meta.verbose_name_plural
    return {
        "name": name,
        "label": label,
        "help": getattr(found, "help_text", ""),
        "python": path,
        "readonly": readonly,
        "permission": adjust.restricted.get(name, ""),
        "required": name in adjust.required
        or (name not in adjust.optional and _is_required(found, path, readonly)),
        "copied": name not in adjust.uncopied and _is_copied(found),
        "model_field": found,
    }


def _is_required(found: Any, path: str, readonly: bool) -> bool:
    if readonly or "." in path or not isinstance(found, models.Field) or found.many_to_many:
        return False
    has_default = found.has_default() or found.db_default is not models.NOT_PROVIDED
    number = isinstance(found, models.BooleanField | models.IntegerField | models.DecimalField)
    return not (found.null or found.blank or (has_default and number))


def _is_copied(found: Any) -> bool:
    """Whether a copy holds the same: not what is unique, nor the far side of a set that others are filed under."""
    return not getattr(found, "unique", False) and (not found.many_to_many or found.concrete)


def _plain(
    found: Any, owner: type[Any], path: str, common: dict[str, Any], adjust: Adjustments
) -> Field:
    name = common["name"]
    choices = adjust.choices.get(name) or found.choices or ()
    values = adjust.values.get(name, {})
    kind = "html" if name in adjust.html else "selection" if choices else _type(found)
    return Field(
        **common,
        type=kind,
        sql=f"{{{path}}}",
        nullable=found.null or "." in path,
        indexed_if_filled=_has_partial_index(owner, found.name),
        translated=found.name in languages_of(cast("Any", owner)),
        size=found.max_length if kind == "char" else None,
        digits=(found.max_digits, found.decimal_places)
        if isinstance(found, models.DecimalField)
        else None,
        currency=adjust.currency if kind == "monetary" else "",
        choices=choices if callable(choices) else tuple(choices),
        to_wire=values,
        to_python={wire: stored for stored, wire in values.items()},
        default=found.default if found.has_default() else None,
        sort=f"{{{path.rpartition('.')[0]}.{adjust.sorts[name]}}}".replace("{.", "{")
        if name in adjust.sorts
        else "",
        aggregator="sum" if kind in {"integer", "float", "monetary"} else "",
    )


def _has_partial_index(model: type[Any], name: str) -> bool:
    """Whether a column is indexed only where it is not blank: the database must be told that a condition implies so."""
    return any(index.condition == ~models.Q(**{name: ""}) for index in model._meta.indexes)


def _type(found: Any) -> str:
    return next((kind for cls, kind in SIMPLE if isinstance(found, cls)), "char")


def _relation(found: Any, path: str, common: dict[str, Any], relation: str) -> Field:
    if found.many_to_one or (found.one_to_one and found.concrete):
        return Field(
            **common,
            type="many2one",
            sql=f"{{{path}}}",
            relation=relation,
            nullable=found.null or "." in path,
        )
    if found.one_to_one and not common["name"].endswith("_ids"):
        return Field(
            **common, type="many2one", sql=f"{{{path}.pk}}", relation=relation, nullable=True
        )
    kind = "many2many" if found.many_to_many else "one2many"
    inverse = wire_name(found.field.name, found.field) if kind == "one2many" else ""
    return Field(**common, type=kind, link=link_of(found, path), relation=relation, inverse=inverse)


def link_of(found: Any, path: str, only: str = "") -> Link:
    """How the rows of a set hang on their owner, whichever side declares the link."""
    head = path.rpartition(".")[0]
    owner = f"{{{head}.pk}}" if head else "{pk}"
    if found.one_to_many or (found.one_to_one and not found.concrete):
        table, pk = found.related_model._meta.db_table, found.related_model._meta.pk
        return Link(
            owner, quoted(table), column_name(found.field), column_name(pk), many=False, only=only
        )
    own, field = found.concrete, found if found.concrete else found.field
    near, far = field.m2m_column_name(), field.m2m_reverse_name()
    near, far = (near, far) if own else (far, near)
    return Link(
        owner, quoted(field.m2m_db_table()), quoted(near), quoted(far), many=True, only=only
    )
