"""Forms of others: onchange says what a row would come to, worked out by its own verbs and taken back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from base.errors import ERPError
from rpc import access, registry
from rpc.context import Call
from rpc.exposure import Action
from rpc.faults import WireError, type_error
from rpc.fields import NUMBERS, Field
from rpc.methods.describing import default_get
from rpc.methods.table import generic, listed, row_ids
from rpc.methods.web import linked_rows, specified
from rpc.refusals import refusal_of
from rpc.writing import records

Row = dict[str, Any]
Values = Mapping[str, Any]
PATIENCE = "SET LOCAL lock_timeout = '1500ms'"
MISSING = "…"  # stands for a text that is needed and not typed yet
NEW, CHANGED, DELETED = 0, 1, 2
REFUSALS = (WireError, ERPError, ValidationError, IntegrityError)


@generic(takes_ids=True, writes=True)
def onchange(call: Call, ids: Any, values: Any, field_names: Any, fields_spec: Any) -> Row:
    """What would change in a row, new or existing, if the fields named held what was typed; nothing is written.

    What was left empty is filled in by the row's own verbs, what was typed stays. A new row that they refuse is not
    finished yet; why an existing one is refused comes as a warning.
    """
    access.require(call, "read")
    if not isinstance(values, Mapping) or not isinstance(fields_spec, Mapping):
        raise type_error("onchange() takes the values typed and a specification as mappings")
    names = [str(one) for one in listed(field_names)]
    if any(name not in call.exposure.fields for name in names):
        return {}
    spec = {name: fields_spec[name] for name in fields_spec if name in call.exposure.fields}
    for name in spec:
        access.visible_field(call, call.exposure, call.exposure.fields[name])
    asked = row_ids(ids)[:1]
    before = specified(call, asked, spec) if asked else []
    shown = before[0] if before else _defaults(call, spec)
    now, told = _worked_out(call, asked, typed(call, values, names), spec)
    found = _differences(call, shown, values, now, spec)
    if not asked and not names:
        found = {name: value for name, value in shown.items() if value != []} | found
    return {"value": found, **(told if asked else {})}


def typed(call: Call, values: Values, names: Any = ()) -> Row:
    """What was typed, as it can be written: what was changed comes last, and has the last word."""
    fields, found = call.exposure.fields, {}
    ordered = [name for name in values if name not in names] + [n for n in names if n in values]
    for name in ordered:
        field = fields.get(name)
        if field is None or field.readonly or not call.may(field):
            continue
        value = _commands(call, field, values[name]) if field.is_set else _id(field, values[name])
        if value or name in names or field.type == "boolean":
            found[name] = value
    return found


def _id(field: Field, value: Any) -> Any:
    if field.type == "many2one" and isinstance(value, Mapping):
        return value.get("id") or False
    return value


def _commands(call: Call, field: Field, value: Any) -> Any:
    """Commands with their values as they can be written. What is new in the form is new to us."""
    target = registry.find(field.relation)
    if target is None or not isinstance(value, list | tuple):
        return value
    found = []
    for one in value:
        if isinstance(one, list | tuple) and len(one) > 2 and isinstance(one[2], Mapping):
            is_new = one[0] == NEW or isinstance(one[1], str)
            rest = typed(call.on(target), one[2])
            found.append([NEW, 0, rest] if is_new else [CHANGED, one[1], rest])
        elif not (isinstance(one, list | tuple) and len(one) > 1 and isinstance(one[1], str)):
            found.append(one)
    return found


def _worked_out(call: Call, ids: list[int], values: Row, spec: Values) -> tuple[Row, Row]:
    """The row as it would be, and what would be refused."""
    action: Action = "write" if ids else "create"
    if call.exposure.kind == "table" or not access.may(call, action):
        return {}, {}
    given = values if ids else {**_stand_ins(call, values), **values}
    try:
        with _taken_back():
            written = ids or records.create(call, [given])
            if ids and values:
                records.write(call, ids, values)
            connection.check_constraints()
            found = specified(call, written, spec)
    except OperationalError:
        return {}, {}  # somebody is writing just now; the next key asks again
    except REFUSALS as error:
        said = refusal_of(error).message
        return {}, {"warning": {"title": _("Warning"), "message": said, "type": "dialog"}}
    return {k: v for k, v in found[0].items() if MISSING not in str(v)} if found else {}, {}


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PATIENCE)
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _stand_ins(call: Call, values: Row) -> Row:
    """A text for each that a new row needs and does not have yet."""
    return {
        name: MISSING
        for name, field in call.exposure.fields.items()
        if (field.required or name == "name") and not field.readonly
        if field.type in {"char", "text"}
        if name not in values
    }


def _defaults(call: Call, spec: Values) -> Row:
    """What a new row would hold at first, as a specification asks for it."""
    said = default_get(call, list(spec))
    found: Row = {}
    for name, wanted in spec.items():
        field = call.exposure.fields[name]
        value = said.get(name, 0 if field.type in NUMBERS else [] if field.is_set else False)
        target = registry.find(field.relation) if field.type == "many2one" and value else None
        if target is not None and isinstance(wanted, Mapping) and "fields" in wanted:
            rows = linked_rows(call.on(target), [value], wanted["fields"] or {}, 1)
            value = rows.get(value, False)
        found[name] = value
    return found


def _differences(call: Call, before: Row, typed_in: Values, now: Row, spec: Values) -> Row:
    """What a form does not show yet."""
    found: Row = {}
    for name in spec:
        field = call.exposure.fields[name]
        if name not in now or not call.may(field):
            continue
        if field.is_set:
            commands = _set_differences(call, field, before, typed_in.get(name), now[name], spec)
            if commands:
                found[name] = commands
        elif _plain(typed_in.get(name, before.get(name))) != _plain(now[name]):
            found[name] = now[name]
    return found


def _set_differences(
    call: Call, field: Field, before: Row, given: Any, now: list[Any], spec: Values
) -> list[list[Any]]:
    """The commands that bring a form's set to what it would be: what was typed anew is known by its virtual id."""
    wanted = spec[field.name]
    target = registry.find(field.relation)
    inner = wanted.get("fields") if isinstance(wanted, Mapping) else None
    had = {_plain(one) for one in before.get(field.name) or ()}
    given = [one for one in given or () if isinstance(one, list | tuple) and len(one) > 1]
    if field.type == "many2many" or not inner or target is None:
        ids = [_plain(one) for one in now]
        return [[6, 0, ids]] if not given and set(ids) != had else []
    on, rows = call.on(target), {row["id"]: row for row in now}
    fresh = [one for one in given if one[0] == NEW or isinstance(one[1], str)]
    new = sorted(pk for pk in rows if pk not in had)
    kept = [(one[1], rows[one[1]], one) for one in given if one not in fresh and one[1] in rows]
    kept += [(one[1], rows[pk], one) for one, pk in zip(fresh, new, strict=False)]
    found = []
    for key, row, one in kept:
        values = one[2] if len(one) > 2 and isinstance(one[2], Mapping) else {}
        old: Values = next((was for was in before.get(field.name) or () if _plain(was) == key), {})
        told = _differences(on, {**dict.fromkeys(inner, False), **old}, values, row, inner)
        if told.pop("id", None) is not None or told:
            found.append([CHANGED, key, told])
    found += [
        [NEW, f"virtual_{pk}", {k: v for k, v in rows[pk].items() if k != "id"}]
        for pk in new[len(fresh) :]
    ]
    gone = {one[1] for one in given if one[0] in {2, 3}}
    return found + [[DELETED, pk, False] for pk in sorted(had - rows.keys() - gone)]


def _plain(value: Any) -> Any:
    """A value as it is compared: a link by its id, nothing as nothing, numbers as numbers."""
    if isinstance(value, Mapping):
        return value.get("id") or False
    if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[1], str):
        return value[0]
    if value in (None, "", False):
        return False
    return float(value) if isinstance(value, int | float) else str(value)
