"""Fields that are no columns: what is put to them is done after the row itself is written."""

from typing import Any

from rpc import access
from rpc.context import Call
from rpc.fields import Field

Puts = dict[Field, Any]


def take(call: Call, values: dict[str, Any]) -> Puts:
    """Take them out of the values of a row."""
    fields = call.exposure.fields
    found = {
        name: fields[name] for name in values if name in fields and fields[name].put is not None
    }
    for field in found.values():
        access.visible_field(call, call.exposure, field)
    return {field: values.pop(name) for name, field in found.items()}


def put(call: Call, ids: list[int], puts: Puts) -> None:
    """Do what they ask for, to each row."""
    for field, value in puts.items():
        for pk in ids:
            if field.put is not None:
                field.put(call, pk, value)
