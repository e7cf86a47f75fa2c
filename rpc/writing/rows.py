"""A row of values as a client sends it, read into Python values by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cache
from inspect import signature
from typing import Any

from django.utils.translation import gettext as _

from base.models import DefaultValue
from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import Leaf
from rpc.exposure import Exposure
from rpc.faults import type_error, user_error, value_error
from rpc.fields import Field
from rpc.reading.rows import search
from rpc.writing.values import python_value

IGNORED = frozenset(
    (
        "id",
        "display_name",
        "create_uid",
        "create_date",
        "write_uid",
        "write_date",
        "parent_path",
        "__last_update",
    )
)


@dataclass(slots=True)
class Row:
    """Values sorted by where they go: own columns, rows at the other end of a link, sets."""

    own: dict[str, Any] = attribute(default_factory=dict)
    linked: dict[str, dict[str, Any]] = attribute(default_factory=dict)
    sets: dict[Field, Any] = attribute(default_factory=dict)


def read_row(call: Call, values: Any) -> Row:
    """Sort the values of one row. Unknown names are refused, what nobody may write is refused or passed over."""
    row = Row()
    for name, value in mapping(values).items():
        if name not in IGNORED:
            _take(call, row, name, value)
    return row


def mapping(values: Any) -> dict[str, Any]:
    """The values of a row as a dictionary of our own. Raises the contract's TypeError for anything else."""
    if not isinstance(values, Mapping):
        raise type_error(
            f"'{type(values).__name__}' object is not a mapping of field names to values"
        )
    return dict(values)


def _take(call: Call, row: Row, name: Any, value: Any) -> None:
    exposure = call.exposure
    field = exposure.fields.get(name)
    if field is None:
        raise value_error(f"Invalid field {name!r} in {exposure.name!r}")
    access.visible_field(call, exposure, field)
    if field.readonly:
        if field.stored and not field.is_path:
            raise user_error(
                _("The field “%(field)s” cannot be written directly.") % {"field": field.label}
            )
    elif field.put is not None:
        raise user_error(
            _("The field “%(field)s” cannot be written together with its whole.")
            % {"field": field.label}
        )
    elif field.write is not None:
        _own(row, written(call, field, value))
    elif field.is_set:
        row.sets[field] = value
    else:
        _own(row, {column_of(field): python_value(call, field, value)})


def _own(row: Row, values: Mapping[str, Any]) -> None:
    for path, value in values.items():
        head, _dot, last = path.rpartition(".")
        if head:
            row.linked.setdefault(head, {})[last] = value
        else:
            row.own[path] = value


def written(call: Call, field: Field, value: Any) -> Mapping[str, Any]:
    """What a value of a field that is kept in its own way means for what is kept."""
    write: Any = field.write
    raw = field.type == "binary" or field.is_set
    read = value if raw else python_value(call, field, value)
    return dict(write(read, call) if _takes_two(write) else write(read))


@cache
def _takes_two(write: Callable[..., Any]) -> bool:
    """Whether something that is called with one thing takes another one beside it."""
    return len(signature(write).parameters) > 1


def column_of(field: Field) -> str:
    """The Python name under which a value is given to a verb: a foreign key's ends in `_id`."""
    path = field.python or field.name
    return f"{path}_id" if field.type == "many2one" and field.python else path


def target_of(call: Call, field: Field) -> Call:
    """The call on the noun that a set leads to."""
    found: Exposure | None = registry.find(field.relation)
    if found is None:
        raise value_error(f"Invalid field {field.name!r} in {call.exposure.name!r}")
    return call.on(found)


def with_defaults(call: Call, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new row, with what the context and the noun say about what is not given."""
    given = dict(values)
    for name, value in defaults_of(call, call.exposure.fields, model=False, given=values).items():
        given.setdefault(name, value)
    return given


def defaults_of(
    call: Call, names: Iterable[str], *, model: bool = True, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The defaults for some fields, as the wire shows them: the context's, those that people set, the noun's, and the
    model's if asked.

    A noun whose defaults hang on what is already `given` says so by taking it beside the call.
    """
    found: dict[str, Any] = {}
    for defaults in call.exposure.defaults:
        found.update(_said(defaults, call, given or {}))
    found.update(_set_by_people(call))
    said = found.keys() | {
        key.removeprefix("default_") for key in call.context if key.startswith("default_")
    }
    wanted = {}
    for name in names if model else [one for one in names if one in said] if said else ():
        field = call.exposure.fields.get(name)
        if field is None or not call.may(field):
            continue
        if f"default_{name}" in call.context:
            wanted[name] = call.context[f"default_{name}"]
        elif name in found:
            wanted[name] = found[name]
        elif model and (default := _by_model(call, field)) is not None:
            wanted[name] = default
    return wanted


def _set_by_people(call: Call) -> dict[str, Any]:
    """The defaults that are kept in the database for this noun."""
    name, known = call.exposure.name, call.actor.defaulted
    if known is not None and name not in known:
        return {}
    if name not in call.defaults:
        found = _kept_defaults(call).get(name, {})
        call.defaults[name] = {one: found[one] for one in found if _is_there(call, one, found[one])}
    return call.defaults[name]


def _kept_defaults(call: Call) -> dict[str, dict[str, Any]]:
    """All defaults that are kept for the actor, by noun; asked once in a call, whatever nouns it comes to."""
    if "" not in call.defaults:
        kept = DefaultValue.objects.for_actor(call.actor).values_list("model", "field", "value")
        found: dict[str, dict[str, Any]] = {}
        for model, field, value in reversed(kept):
            found.setdefault(model, {})[field] = value
        call.defaults[""] = found
    return call.defaults[""]


def _is_there(call: Call, name: str, value: Any) -> bool:
    """Whether the row that a default names is one that the actor sees; it may have been deleted since."""
    field = call.exposure.fields.get(name)
    target = registry.find(field.relation) if field and field.type == "many2one" else None
    return target is None or bool(search(call.on(target), Leaf("id", "=", value), order=False))


def _said(defaults: Any, call: Call, given: Mapping[str, Any]) -> Mapping[str, Any]:
    if not callable(defaults):
        return dict(defaults)
    return dict(defaults(call, given) if _takes_two(defaults) else defaults(call))


def _by_model(call: Call, field: Field) -> Any:
    """What the model itself puts into a new row: its default, or the current company; None for nothing."""
    if field.is_path:
        return None
    if field.name == "company_id" and not field.nullable:
        return call.company_id
    default = field.default() if callable(field.default) else field.default
    plain = isinstance(default, str | int)
    return None if default == "" else field.to_wire.get(default, default) if plain else default
