"""Keeping the values of wizards: one small table, typed values as JSON."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rpc import access
from rpc.context import Call
from rpc.faults import missing_error, value_error
from rpc.fields import Field
from rpc.models import Wizard
from rpc.writing.commands import CREATE, commands, members
from rpc.writing.rows import IGNORED, written
from rpc.writing.values import python_value

KEPT_IN_CONTEXT = ("active_id", "active_ids", "active_model", "lang", "tz", "allowed_company_ids")


def create(call: Call, rows: list[dict[str, Any]]) -> list[int]:
    """Keep new wizards."""
    context = {name: value for name, value in call.context.items() if _is_kept(name)}
    fresh = [
        Wizard(
            model=call.exposure.name,
            user_id=call.actor.user_id,
            values=_read(call, row, {}),
            context=context,
        )
        for row in rows
    ]
    return [one.pk for one in Wizard.objects.bulk_create(fresh)]


def write(call: Call, ids: list[int], values: dict[str, Any]) -> None:
    """Change the values of wizards."""
    found = list(own(call, ids))
    for one in found:
        one.values = {**one.values, **_read(call, values, one.values)}
    Wizard.objects.bulk_update(found, ["values"])


def unlink(call: Call, ids: Any) -> None:
    """Forget wizards."""
    Wizard.objects.filter(model=call.exposure.name, user_id=call.actor.user_id, pk__in=ids).delete()


def own(call: Call, ids: list[int]) -> list[Wizard]:
    """The actor's wizards of this kind with these ids. Raises MissingError unless all are there."""
    rows = Wizard.objects.filter(model=call.exposure.name, user_id=call.actor.user_id, pk__in=ids)
    found = sorted(rows.select_for_update(), key=lambda one: ids.index(one.pk))
    if len(found) < len(set(ids)):
        known = {one.pk for one in found}
        raise missing_error(
            call.exposure.name, [one for one in ids if one not in known], call.actor.user_id
        )
    return found


def typed(call: Call, wizard: Wizard) -> dict[str, Any]:
    """The values of a wizard as Python values; fields without one are None (empty for sets)."""
    found: dict[str, Any] = {}
    for field in call.exposure.fields.values():
        if field.name in IGNORED:
            continue
        kept = wizard.values.get(field.name)
        if field.is_set:
            found[field.name] = list(kept or [])
        else:
            found[field.name] = None if kept is None else python_value(call, field, kept)
    return found


def _read(call: Call, row: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in row.items():
        if name in IGNORED:
            continue
        field = call.exposure.fields.get(name)
        if field is None:
            raise value_error(f"Invalid field {name!r} in {call.exposure.name!r}")
        access.visible_field(call, call.exposure, field)
        if field.put is not None:
            field.put(call, 0, value)
            continue
        if field.write is not None:
            kept |= written(call, field, value)
            continue
        kept[name] = _kept(call, field, value, before.get(name))
    return kept


def _kept(call: Call, field: Field, value: Any, before: Any) -> Any:
    if field.type == "one2many":
        given = commands(call.exposure, field, value)
        return [more for op, _id, more in given if op == CREATE]
    if field.is_set:
        return members(call.exposure, field, value, lambda: before or []).ids
    if value is None or (value is False and field.type != "boolean"):
        return None
    read = python_value(call, field, value)
    if isinstance(read, date | datetime):
        return (
            read.strftime("%Y-%m-%d %H:%M:%S") if isinstance(read, datetime) else read.isoformat()
        )
    return str(read) if isinstance(read, Decimal) else read


def _is_kept(name: str) -> bool:
    return name in KEPT_IN_CONTEXT or name.startswith("default_")
