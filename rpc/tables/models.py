"""Nouns and their fields, as rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import ALL
from rpc.exposure import Exposure
from rpc.fields import field
from rpc.reading.rows import count
from rpc.registry import table
from rpc.tables import rights
from rpc.tables.names import is_spoken_of, module_of, names_rows
from rpc.tables.numbers import by_id, model_id, number
from rpc.tables.views import KINDS, view_id
from rpc.verbs import model_method

Rows = list[dict[str, Any]]


def nouns(_call: Call) -> Rows:
    """The nouns, as rows."""
    return [
        {
            "id": model_id(one),
            "model": one.name,
            "name": str(one.label),
            "order": one.order,
            "info": _info(one),
            "state": "base",
            "modules": module_of(one),
            "transient": one.kind == "wizard",
            "abstract": False,
            "is_mail_thread": "message_ids" in one.fields,
            "is_mail_activity": "activity_ids" in one.fields,
        }
        for one in registry.everything()
    ]


def field_ids(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The fields of nouns that the actor may see."""
    return {
        pk: [number(f"{one.name}.{each.name}") for each in one.fields.values() if call.may(each)]
        for pk, one in by_id(ids).items()
    }


def access_ids(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """What roles may do with nouns."""
    return _by_noun(rights.rights(call), ids)


def rule_ids(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """Which rows of nouns people see."""
    return (
        _by_noun(rights.rules(call), ids)
        if access.may(call, "read", registry.find("ir.rule"))
        else {}
    )


def view_ids(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The views of nouns that the actor may read."""
    return {
        pk: [view_id(one.name, kind) for kind, _label in KINDS]
        for pk, one in by_id(ids).items()
        if one.kind == "model" and access.may(call, "read", one)
    }


def inherited(_call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The nouns whose fields nouns show as their own and pass on what is written to them."""
    return {pk: sorted(_delegates(one)) for pk, one in by_id(ids).items()}


def counts(call: Call, ids: list[int]) -> dict[int, int]:
    """How many rows of nouns the actor sees."""
    return {
        pk: count(call.on(one), ALL) if one.model and access.may(call, "read", one) else 0
        for pk, one in by_id(ids).items()
    }


def get_available_models(_call: Call) -> list[dict[str, str]]:
    """Every noun with its label."""
    return [{"model": one.name, "display_name": str(one.label)} for one in registry.everything()]


def display_name_for(call: Call, models: Any) -> list[dict[str, str]]:
    """The labels of some nouns; one that the actor may not read is shown by its name."""
    found = []
    for name in models or ():
        exposure = registry.find(name)
        known = exposure is not None and access.may(call, "read", exposure)
        label = str(exposure.label) if exposure is not None and known else str(name)
        found.append({"model": str(name), "display_name": label})
    return found


def _by_noun(rows: Rows, ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {pk: [] for pk in ids}
    for row in rows:
        if row["model_id"] in found:
            found[row["model_id"]].append(row["id"])
    return found


def _delegates(exposure: Exposure) -> set[int]:
    if exposure.model is None:
        return set()
    heads = {
        one.python.partition(".")[0]
        for one in exposure.fields.values()
        if one.is_path and not one.readonly
    }
    links: list[Any] = [exposure.model._meta.get_field(head) for head in heads]
    others = (registry.of_model(link.related_model) for link in links if link.concrete)
    return {model_id(other) for other in others if other is not None}


def _info(exposure: Exposure) -> str:
    return (exposure.model.__doc__ or "").strip() if exposure.model else ""


def _noun_named(complete_name: str) -> int | None:
    """`account.model_account_move` stands for `account.move`; every module has such a name for a noun it adds to."""
    module, _dot, name = complete_name.partition(".model_")
    for one in registry.everything() if name else ():
        if one.name.replace(".", "_") == name and is_spoken_of(module, one):
            return model_id(one)
    return None


def _nouns_called(ids: set[int]) -> dict[int, str]:
    return {
        pk: f"{module_of(one)}.model_{one.name.replace('.', '_')}"
        for pk, one in by_id(list(ids)).items()
    }


names_rows("ir.model", _noun_named, _nouns_called)

table(
    "ir.model",
    label=_("Models"),
    order="is_mail_thread desc, name, id",
    display="name",
    search="name model",
    fields=(
        field("name", "char", _("Model Description"), required=True),
        field("model", "char", _("Model"), required=True),
        field("order", "char", _("Order"), required=True),
        field("info", "text", _("Information")),
        field("modules", "char", _("In Apps")),
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
        field(
            "field_id",
            "one2many",
            _("Fields"),
            relation="ir.model.fields",
            inverse="model_id",
            function=field_ids,
        ),
        field(
            "access_ids",
            "one2many",
            _("Access"),
            relation="ir.model.access",
            inverse="model_id",
            function=access_ids,
        ),
        field(
            "rule_ids",
            "one2many",
            _("Record Rules"),
            relation="ir.rule",
            inverse="model_id",
            function=rule_ids,
        ),
        field(
            "inherited_model_ids",
            "many2many",
            _("Inherited models"),
            relation="ir.model",
            function=inherited,
        ),
        field("view_ids", "one2many", _("Views"), relation="ir.ui.view", function=view_ids),
        field("count", "integer", _("Count (Incl. Archived)"), function=counts),
    ),
    rows=nouns,
    methods={
        "get_available_models": model_method(get_available_models, writes=False),
        "display_name_for": model_method(display_name_for, writes=False),
    },
)
