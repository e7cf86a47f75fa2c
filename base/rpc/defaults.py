"""Defaults on the wire: what programs and people want new records to hold."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.models import DefaultValue
from base.services import defaults
from rpc import computed, expose, model_method, registry
from rpc.context import Call
from rpc.exposure import Exposure
from rpc.faults import validation_error, value_error
from rpc.fields import Field
from rpc.tables.numbers import number
from rpc.writing.values import python_value


def set_default(
    call: Call,
    model_name: Any,
    field_name: Any,
    value: Any,
    user_id: Any = False,
    company_id: Any = False,
    condition: Any = False,
) -> bool:
    """Let a field of new records hold a value: for everybody, or with `True` for the caller and the current company."""
    exposure, field = _field(f"{model_name}.{field_name}")
    _check(call, exposure, field, value)
    defaults.put(
        exposure.name,
        field.name,
        value,
        user_id=call.actor.user_id if user_id is True else user_id or None,
        company_id=call.company_id if company_id is True else company_id or None,
        condition=str(condition or ""),
        by=call.actor,
    )
    return True


def create(rows: list[dict[str, Any]], *, by: Actor) -> list[DefaultValue]:
    """Set defaults, one for each row."""
    for row in rows:
        exposure, field = _field(f"{row.get('model')}.{row.get('field')}")
        _check(Call(exposure, by), exposure, field, row.get("value"))
    return [
        defaults.put(
            row.get("model", ""),
            row.get("field", ""),
            row.get("value"),
            user_id=row.get("user_id"),
            company_id=row.get("company_id"),
            condition=row.get("condition") or "",
            by=by,
        )
        for row in rows
    ]


def write(rows: Any, values: dict[str, Any], *, by: Actor) -> None:
    """Change defaults; what they hold must be something that their field can hold."""
    for row in rows:
        exposure, field = _field(
            f"{values.get('model', row.model)}.{values.get('field', row.field)}"
        )
        _check(Call(exposure, by), exposure, field, values.get("value", row.value))
    defaults.change(rows, values, by=by)


def field_ids(_call: Call, ids: list[int]) -> dict[int, int]:
    """The fields that defaults are of."""
    rows = DefaultValue.objects.filter(pk__in=ids).values_list("pk", "model", "field")
    return {pk: number(f"{model}.{name}") for pk, model, name in rows}


def values(_call: Call, ids: list[int]) -> dict[int, str]:
    """The values, as JSON."""
    rows = DefaultValue.objects.filter(pk__in=ids).values_list("pk", "value")
    return {pk: json.dumps(value, ensure_ascii=False) for pk, value in rows}


def _named(field_id: Any) -> dict[str, Any]:
    for exposure in registry.everything():
        for one in exposure.fields.values():
            if number(f"{exposure.name}.{one.name}") == field_id:
                return {"model": exposure.name, "field": one.name}
    raise value_error(f"Wrong value for ir.default.field_id: {field_id!r}")


def _parsed(text: Any) -> dict[str, Any]:
    try:
        return {"value": json.loads(text or "null")}
    except ValueError:
        raise validation_error(str(_("Invalid JSON format in Default Value field."))) from None


def _field(path: str) -> tuple[Exposure, Field]:
    model, _dot, name = path.rpartition(".")
    exposure = registry.find(model)
    field = exposure.fields.get(name) if exposure else None
    if exposure is None or field is None:
        raise validation_error(f"Invalid field {path}")
    return exposure, field


def _check(call: Call, exposure: Exposure, field: Field, value: Any) -> None:
    """Refuse a value that the field could not hold, and fields that are not filled in by anybody."""
    if field.readonly or field.put is not None:
        raise validation_error(f"{exposure.name}.{field.name} is not filled in by people")
    if not field.is_set:
        python_value(call.on(exposure), field, value)


expose(
    "ir.default",
    model=DefaultValue,
    label=_("Default Values"),
    order="id",
    display="field",
    writes="user company condition",
    computed=(
        computed(
            "field_id",
            "many2one",
            label=_("Field"),
            relation="ir.model.fields",
            function=field_ids,
            write=_named,
            required=True,
        ),
        computed(
            "json_value",
            "char",
            label=_("Default Value (JSON format)"),
            function=values,
            write=_parsed,
            required=True,
        ),
    ),
    permissions=dict.fromkeys(("create", "write", "unlink"), "base.view_defaultvalue"),
    create=create,
    write=write,
    unlink=defaults.forget,
    methods={"set": model_method(set_default)},
)
