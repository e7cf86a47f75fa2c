"""What a noun looks like: fields_get, default_get, and the name of fields for older clients."""

from typing import Any

from rpc import access, registry
from rpc.context import Call
from rpc.faults import type_error
from rpc.fields import DATES, Field
from rpc.methods.table import generic, listed
from rpc.writing.rows import defaults_of

Description = dict[str, Any]
SANITIZED = {
    **dict.fromkeys(("sanitize", "sanitize_tags", "sanitize_attributes", "sanitize_style"), True),
    **dict.fromkeys(("strip_style", "strip_classes"), False),
}


@generic(takes_ids=False, writes=False)
def fields_get(call: Call, allfields: Any = None, attributes: Any = None) -> dict[str, Description]:
    """What each field is, for all fields that the actor may see or for those named."""
    if allfields is False or attributes is False:
        raise type_error("argument of type 'bool' is not iterable")
    wanted = {one for one in listed(attributes) if isinstance(one, str)}
    found = {}
    for name in listed(allfields) or call.exposure.fields:
        field = call.exposure.fields.get(name) if isinstance(name, str) else None
        if field is not None and call.may(field):
            described = description(field)
            found[name] = {key: described[key] for key in described if not wanted or key in wanted}
    return found


@generic(takes_ids=False, writes=False)
def fields_get_keys(call: Call) -> list[str]:
    """The names of the fields, for clients of long ago."""
    return sorted(name for name, field in call.exposure.fields.items() if call.may(field))


@generic(takes_ids=False, writes=False)
def default_get(call: Call, fields: Any) -> Description:
    """What new rows would hold; only of the fields named that have a default."""
    access.require(call, "read")  # clients ask for those of nouns that nobody creates, too
    names = [name for name in listed(fields) if isinstance(name, str)]
    return {
        name: _default(call.exposure.fields[name], value)
        for name, value in defaults_of(call, names).items()
    }


def description(field: Field) -> Description:
    """One field, in the keys that clients know. Keys without a value are left out."""
    described = {
        "change_default": False,
        "company_dependent": False,
        "default_export_compatible": field.name == "name",
        "depends": [],
        "exportable": True,
        "groupable": field.groupable,
        "manual": False,
        "name": field.name,
        "readonly": field.readonly,
        "required": field.required,
        "searchable": field.searchable,
        "sortable": field.sortable,
        "store": field.stored and not field.is_path,
        "string": field.title,
        "type": field.type,
        **_more(field),
    }
    optional = {"help": str(field.help), "aggregator": field.aggregator}
    if field.is_path and field.python != field.name:
        optional["related"] = field.python
    return described | {key: value for key, value in optional.items() if value}


def _more(field: Field) -> Description:
    """What is said about one type of field only."""
    kind = field.type
    if field.is_relation:
        return _relation(field)
    texts = {"translate": field.translated}
    by_type: dict[str, Description] = {
        "selection": {"selection": field.selection() if kind == "selection" else []},
        "monetary": {"currency_field": field.currency},
        "float": {"digits": list(field.digits) if field.digits else None},
        "char": {"trim": True, "size": field.size, **texts},
        "text": texts,
        "html": {**SANITIZED, **texts},
        "binary": {"attachment": True},
    }
    return {key: value for key, value in by_type.get(kind, {}).items() if value not in (None, "")}


def _relation(field: Field) -> Description:
    target = registry.find(field.relation)
    more: Description = {
        "relation": field.relation,
        "context": {},
        "domain": [],
        "allow_hierachy_operators": target is not None and target.parent is not None,
    }
    if field.type == "one2many" and (inverse := registry.inverse_of(field)):
        more["relation_field"] = inverse
    return more


def _default(field: Field, value: Any) -> Any:
    if field.is_set and value and not isinstance(value[0], list | tuple):
        return [[6, 0, list(value)]]
    if field.is_set:
        return [list(one) for one in value] if value else [[6, 0, []]]
    if field.type in DATES and value:
        return str(value)[:19]
    if field.type in {"float", "monetary"}:
        return float(value or 0)
    if field.type == "integer" and isinstance(value, int) and not -(2**31) <= value < 2**31:
        return float(value)
    return False if value is None else value
