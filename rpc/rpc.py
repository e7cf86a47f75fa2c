"""What the door shows of itself: which nouns there are, their fields, and who may do what with them."""

from typing import Any
from zlib import crc32

from django.utils.translation import gettext_lazy as _

from rpc import access, registry
from rpc.context import Call
from rpc.exposure import ACTIONS
from rpc.faults import builtin, user_error
from rpc.fields import field
from rpc.registry import table
from rpc.verbs import model_method

Rows = list[dict[str, Any]]


def number(name: str) -> int:
    """A number for a name, the same in every process and in every release."""
    return crc32(name.encode()) & 0x7FFFFFFF


def models(_call: Call) -> Rows:
    """The nouns, as rows."""
    return [
        {
            "id": number(one.name),
            "model": one.name,
            "name": str(one.label),
            "order": one.order,
            "state": "base",
            "transient": one.kind == "wizard",
            "abstract": False,
            "is_mail_thread": False,
            "is_mail_activity": False,
        }
        for one in registry.everything()
    ]


def model_fields(call: Call) -> Rows:
    """The fields of the nouns, as rows: those that the actor may see."""
    return [
        {
            "id": number(f"{one.name}.{each.name}"),
            "name": each.name,
            "model": one.name,
            "model_id": number(one.name),
            "field_description": str(each.label),
            "ttype": each.type,
            "relation": each.relation,
            "relation_field": each.inverse,
            "required": each.required,
            "readonly": each.readonly,
            "store": each.stored,
            "copied": each.copied,
            "state": "base",
        }
        for one in registry.everything()
        for each in one.fields.values()
        if call.may(each)
    ]


def rights(call: Call) -> Rows:
    """What the actor may do with each noun, as rows."""
    return [
        {
            "id": number(f"access.{one.name}"),
            "name": one.name,
            "model_id": number(one.name),
            "active": True,
            **{f"perm_{action}": access.may(call, action, one) for action in ACTIONS},  # type: ignore[arg-type]
        }
        for one in registry.everything()
    ]


def check(call: Call, model: Any, mode: Any = "read", raise_exception: Any = True) -> bool:
    """Whether the actor may do something with a noun; refuses unless told otherwise."""
    exposure = registry.find(model)
    if exposure is None:
        raise user_error(f"Object {model} doesn't exist")
    if mode not in ACTIONS:
        raise builtin("AssertionError", "Invalid access mode")
    if raise_exception:
        access.require(call, mode, exposure)
    return access.may(call, mode, exposure)


def get_available_models(_call: Call) -> list[dict[str, str]]:
    """Every noun with its label."""
    return [{"model": one.name, "display_name": str(one.label)} for one in registry.everything()]


table(
    "ir.model",
    label=_("Models"),
    order="model",
    fields=(
        field("name", "char", _("Model Description")),
        field("model", "char", _("Model")),
        field("order", "char", _("Order")),
        field(
            "state",
            "selection",
            _("Type"),
            choices=[("manual", _("Custom Object")), ("base", _("Base Object"))],
        ),
        field("transient", "boolean", _("Transient Model")),
        field("abstract", "boolean", _("Abstract Model")),
        field("is_mail_thread", "boolean", _("Has Mail Thread")),
        field("is_mail_activity", "boolean", _("Has Mail Activity")),
    ),
    rows=models,
    methods={"get_available_models": model_method(get_available_models, writes=False)},
)

table(
    "ir.model.fields",
    label=_("Fields"),
    order="model, name",
    fields=(
        field("name", "char", _("Field Name")),
        field("model", "char", _("Model Name")),
        field("model_id", "many2one", _("Model"), relation="ir.model"),
        field("field_description", "char", _("Field Label")),
        field("ttype", "char", _("Field Type")),
        field("relation", "char", _("Related Model")),
        field("relation_field", "char", _("Relation Field")),
        field("required", "boolean", _("Required")),
        field("readonly", "boolean", _("Read-only")),
        field("store", "boolean", _("Stored")),
        field("copied", "boolean", _("Copied")),
        field(
            "state",
            "selection",
            _("Type"),
            choices=[("manual", _("Custom Field")), ("base", _("Base Field"))],
        ),
    ),
    rows=model_fields,
)

table(
    "ir.model.access",
    label=_("Model Access"),
    order="name",
    fields=(
        field("name", "char", _("Name")),
        field("model_id", "many2one", _("Model"), relation="ir.model"),
        field("active", "boolean", _("Active")),
        field("perm_read", "boolean", _("Read Access")),
        field("perm_write", "boolean", _("Write Access")),
        field("perm_create", "boolean", _("Create Access")),
        field("perm_unlink", "boolean", _("Delete Access")),
    ),
    rows=rights,
    methods={"check": model_method(check, writes=False)},
)
