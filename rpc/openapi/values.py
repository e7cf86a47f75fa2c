"""What values look like on JSON-2: schemas of fields, and the few shapes that all nouns share."""

from typing import Any

from rpc.context import Call
from rpc.exposure import Exposure
from rpc.fields import Field

Schema = dict[str, Any]

NOTHING: Schema = {"type": "boolean", "enum": [False]}
SHARED: dict[str, Schema] = {
    "Text": {"oneOf": [{"type": "string"}, NOTHING], "description": "A text, or false for none."},
    "Day": {
        "oneOf": [{"type": "string", "format": "date"}, NOTHING],
        "description": "A day, `YYYY-MM-DD`, or false.",
    },
    "Moment": {
        "oneOf": [{"type": "string", "example": "2026-07-05 14:03:00"}, NOTHING],
        "description": "A moment in UTC, `YYYY-MM-DD HH:MM:SS`, or false.",
    },
    "Bytes": {
        "oneOf": [{"type": "string", "format": "byte"}, NOTHING],
        "description": "A file as base64, or false.",
    },
    "Link": {
        "oneOf": [
            {"type": "array", "items": {}, "minItems": 2, "maxItems": 2, "example": [1, "Name"]},
            {"type": "integer"},
            NOTHING,
        ],
        "description": "`[id, name]` when read (the id alone with another `load`), an id when written, or false.",
    },
    "Ids": {
        "oneOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "integer"}],
        "description": "The records a method is called on: one id or several.",
    },
    "Commands": {
        "type": "array",
        "items": {},
        "example": [[0, 0, {}], [4, 7, 0]],
        "description": (
            "Ids, which are to be exactly those in the set; or commands: `[0, 0, values]` add a new one, "
            "`[1, id, values]` change, `[2, id, 0]` delete, `[3, id, 0]` take out, `[4, id, 0]` take in, "
            "`[5, 0, 0]` take all out, `[6, 0, ids]` exactly these."
        ),
    },
    "Domain": {
        "oneOf": [{"type": "array", "items": {}}, {"type": "boolean"}],
        "example": [["name", "ilike", "toko"]],
        "description": "Conditions `[field, operator, value]` in prefix notation, joined by `&` unless by `|` and `!`.",
    },
    "Context": {
        "type": "object",
        "additionalProperties": True,
        "properties": {
            "lang": {"type": "string", "example": "id_ID"},
            "tz": {"type": "string", "example": "Asia/Jakarta"},
            "allowed_company_ids": {"type": "array", "items": {"type": "integer"}},
            "active_test": {"type": "boolean"},
        },
    },
    "Refusal": {
        "type": "object",
        "required": ["name", "message", "arguments", "context", "debug"],
        "properties": {
            "name": {"type": "string", "example": "odoo.exceptions.UserError"},
            "message": {"type": "string"},
            "arguments": {"type": "array", "items": {}},
            "context": {"type": "object"},
            "debug": {"type": "string"},
        },
    },
}
BY_TYPE: dict[str, Schema] = {
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "many2one_reference": {"type": "integer"},
    "float": {"type": "number"},
    "monetary": {"type": "number"},
    "json": {},
}
NAMED = {
    "date": "Day",
    "datetime": "Moment",
    "binary": "Bytes",
    "many2one": "Link",
    "one2many": "Commands",
    "many2many": "Commands",
}


def ref(name: str) -> Schema:
    """A reference to a shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def row_of(call: Call, exposure: Exposure) -> Schema:
    """A record as it is read: the fields that the actor may see."""
    seen = [one for one in exposure.fields.values() if call.may(one)]
    return {
        "type": "object",
        "title": str(exposure.label),
        "properties": {one.name: _field(one, reading=True) for one in seen},
    }


def values_of(call: Call, exposure: Exposure) -> Schema:
    """The values of a record as they are written."""
    written = [one for one in exposure.fields.values() if call.may(one) and not one.readonly]
    return {
        "type": "object",
        "title": str(exposure.label),
        "properties": {one.name: _field(one, reading=False) for one in written},
        "additionalProperties": False,
    }


def _field(field: Field, *, reading: bool) -> Schema:
    """One field, with its label, its help and what it leads to."""
    said = [str(field.help)] if field.help else []
    if field.relation:
        said.append(f"`{field.relation}`")
    more: Schema = {"title": str(field.label)}
    if said:
        more["description"] = " – ".join(said)
    if reading and field.readonly:
        more["readOnly"] = True
    shape = _shape(field, reading=reading)
    return {"allOf": [shape], **more} if "$ref" in shape else {**shape, **more}


def _shape(field: Field, *, reading: bool) -> Schema:
    if field.type in BY_TYPE:
        return dict(BY_TYPE[field.type])
    if field.is_set and reading:
        return {"type": "array", "items": {"type": "integer"}}
    if field.type == "selection" and field.choices and not callable(field.choices):
        keys = [key for key, _label in field.selection() if isinstance(key, str)]
        return {"oneOf": [{"type": "string", "enum": keys}, NOTHING]} if keys else ref("Text")
    return ref(NAMED.get(field.type, "Text"))
