"""Fields of nouns, and what selections offer, as rows."""

from typing import Any
from weakref import WeakKeyDictionary

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.models import Role
from rpc import registry
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.fields import TYPES, Field, field
from rpc.registry import table
from rpc.tables.names import is_spoken_of, module_of, names_rows
from rpc.tables.numbers import model_id, number

Rows = list[dict[str, Any]]
Described = dict[str, list[tuple[Field, dict[str, Any]]]]
GONE: dict[Any, str] = {models.CASCADE: "cascade", models.SET_NULL: "set null"}
_known: WeakKeyDictionary[Exposure, Described] = WeakKeyDictionary()


def field_rows(call: Call) -> Rows:
    """The fields of the nouns, as rows: those that the actor may see."""
    roles = _roles_by_permission()
    return [
        _now(each, row, roles)
        for one in registry.everything()
        for each, row in _described(one, call.language)
        if call.may(each)
    ]


def _described(exposure: Exposure, language: str) -> list[tuple[Field, dict[str, Any]]]:
    """The fields of a noun and what is said of them in a language. Worked out once for each noun as it stands."""
    by_language = _known.setdefault(exposure, {})
    if language not in by_language:
        noun = {
            "model": exposure.name,
            "model_id": model_id(exposure),
            "modules": module_of(exposure),
        }
        by_language[language] = [
            (each, {**noun, **_field(exposure, each)}) for each in exposure.fields.values()
        ]
    return by_language[language]


def _now(one: Field, row: dict[str, Any], roles: dict[str, list[int]]) -> dict[str, Any]:
    """A row with what may have changed since: who sees the field, and what there is to choose."""
    if one.permission:
        row = {**row, "groups": roles.get(one.permission, [])}
    return {**row, "selection": _choices(one)} if callable(one.choices) else row


def keys(call: Call) -> Rows:
    """What the selections offer, as rows."""
    return [
        {
            "id": number(f"{one.name}.{each.name}={value}"),
            "field_id": number(f"{one.name}.{each.name}"),
            "value": str(value),
            "name": label,
            "sequence": place,
        }
        for one in registry.everything()
        for each in one.fields.values()
        if each.type == "selection" and call.may(each)
        for place, (value, label) in enumerate(each.selection())
    ]


def selection_ids(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """What selections offer."""
    found: dict[int, list[int]] = {pk: [] for pk in ids}
    for row in keys(call):
        if row["field_id"] in found:
            found[row["field_id"]].append(row["id"])
    return found


def _choices(one: Field) -> str:
    return str([tuple(key) for key in one.selection()]) if one.type == "selection" else ""


def _field(exposure: Exposure, one: Field) -> dict[str, Any]:
    found = one.model_field
    return {
        "id": number(f"{exposure.name}.{one.name}"),
        "name": one.name,
        "field_description": str(one.label),
        "help": str(one.help),
        "ttype": one.type,
        "relation": one.relation,
        "relation_field": registry.inverse_of(one),
        "required": one.required,
        "readonly": one.readonly,
        "store": one.stored and not one.is_path,
        "index": bool(getattr(found, "db_index", False) or getattr(found, "unique", False)),
        "copied": one.copied,
        "related": one.python if one.is_path else "",
        "selection": "" if callable(one.choices) else _choices(one),
        "depends": "",
        "compute": "",
        "selectable": one.searchable,
        "size": one.size or 0,
        "translate": "standard" if one.translated else None,
        "on_delete": _gone(one),
        "currency_field": one.currency,
        "groups": [],
        "domain": "[]",
        "company_dependent": False,
        "state": "base",
    }


def _gone(one: Field) -> str | None:
    if one.type != "many2one" or one.is_path or one.model_field is None:
        return None
    rule: Any = getattr(one.model_field.remote_field, "on_delete", None)
    return GONE.get(rule, "restrict")


def _roles_by_permission() -> dict[str, list[int]]:
    """Which roles hold the permissions that some fields need."""
    wanted = {each.permission for one in registry.everything() for each in one.fields.values()} - {
        ""
    }
    found: dict[str, list[int]] = {}
    held = Role.permissions.through._default_manager.filter(
        permission__codename__in={name.partition(".")[2] for name in wanted}
    )
    rows = held.order_by("role_id").values_list(
        "permission__content_type__app_label", "permission__codename", "role_id"
    )
    for app, codename, role_id in rows:
        found.setdefault(f"{app}.{codename}", []).append(role_id)
    return {name: ids for name, ids in found.items() if name in wanted}


def _field_named(complete_name: str) -> int | None:
    """`account.field_account_move__name` stands for the field `name` of `account.move`."""
    module, _dot, name = complete_name.partition(".field_")
    table_name, _gap, wanted = name.partition("__")
    for one in registry.everything() if wanted else ():
        if one.name.replace(".", "_") == table_name and wanted in one.fields:
            return number(f"{one.name}.{wanted}") if is_spoken_of(module, one) else None
    return None


def _fields_called(ids: set[int]) -> dict[int, str]:
    return {
        pk: f"{module_of(one)}.field_{one.name.replace('.', '_')}__{each}"
        for one in registry.everything()
        for each in one.fields
        if (pk := number(f"{one.name}.{each}")) in ids
    }


names_rows("ir.model.fields", _field_named, _fields_called)


def _types() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(TYPES)]


table(
    "ir.model.fields",
    label=_("Fields"),
    order="name, id",
    display="field_description",
    search="name field_description",
    fields=(
        field("name", "char", _("Field Name"), required=True),
        field("model", "char", _("Model Name"), required=True),
        field("model_id", "many2one", _("Model"), relation="ir.model", required=True),
        field("field_description", "char", _("Field Label"), required=True),
        field("help", "text", _("Field Help")),
        field("ttype", "selection", _("Field Type"), choices=_types, required=True),
        field("relation", "char", _("Related Model")),
        field("relation_field", "char", _("Relation Field")),
        field("required", "boolean", _("Required")),
        field("readonly", "boolean", _("Read-only")),
        field("store", "boolean", _("Stored")),
        field("index", "boolean", _("Indexed")),
        field("copied", "boolean", _("Copied")),
        field("related", "char", _("Related Field Definition")),
        field("selection", "char", _("Selection Options")),
        field(
            "selection_ids",
            "one2many",
            _("Selection Options"),
            relation="ir.model.fields.selection",
            inverse="field_id",
            function=selection_ids,
        ),
        field("depends", "char", _("Dependencies")),
        field("compute", "text", _("Compute")),
        field("selectable", "boolean", _("Selectable")),
        field("size", "integer", _("Size")),
        field(
            "translate",
            "selection",
            _("Translatable"),
            choices=[
                ("standard", _("Translate as a whole")),
                ("html_translate", _("Translate HTML")),
                ("xml_translate", _("Translate XML")),
            ],
        ),
        field(
            "on_delete",
            "selection",
            _("On Delete"),
            choices=[
                ("cascade", _("Cascade")),
                ("set null", _("Set NULL")),
                ("restrict", _("Restrict")),
            ],
        ),
        field("currency_field", "char", _("Currency field")),
        field("groups", "many2many", _("Groups"), relation="res.groups"),
        field("domain", "char", _("Domain")),
        field("company_dependent", "boolean", _("Company Dependent")),
        field("modules", "char", _("In Apps")),
        field(
            "state",
            "selection",
            _("Type"),
            choices=[("manual", _("Custom Field")), ("base", _("Base Field"))],
            required=True,
        ),
    ),
    rows=field_rows,
)

table(
    "ir.model.fields.selection",
    label=_("Fields Selection"),
    order="sequence, id",
    display="name",
    fields=(
        field("field_id", "many2one", _("Field"), relation="ir.model.fields", required=True),
        field("value", "char", _("Value"), required=True),
        field("name", "char", _("Name"), required=True),
        field("sequence", "integer", _("Sequence")),
    ),
    rows=keys,
)
