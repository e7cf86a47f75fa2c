"""Reading and writing as web clients do it: a specification says which fields of which linked rows are wanted."""

from collections.abc import Mapping
from typing import Any

from rpc import access
from rpc.context import Call
from rpc.domains.parse import Leaf, parse
from rpc.faults import type_error, value_error
from rpc.fields import Field
from rpc.methods.naming import name_search
from rpc.methods.table import generic, row_ids
from rpc.methods.writing import create
from rpc.reading import rows, sets
from rpc.reading.rows import Row, counted
from rpc.registry import find
from rpc.writing import records

NAMES = frozenset(("id", "display_name"))
DEEPEST = 10


@generic(takes_ids=True, writes=False)
def web_read(call: Call, ids: Any, specification: Any) -> list[Row]:
    """The fields of rows that a specification names, and of the rows that they lead to."""
    return specified(call, row_ids(ids), specification)


@generic(takes_ids=False, writes=False)
def web_search_read(
    call: Call,
    domain: Any,
    specification: Any,
    offset: Any = 0,
    limit: Any = None,
    order: Any = None,
    count_limit: Any = None,
) -> Row:
    """A page of such rows, and how many there are in all (counted no further than `count_limit`)."""
    node = parse(domain)
    page = rows.search(call, node, order=order, limit=limit, offset=offset)
    length = counted(offset) + len(page)
    if (limit and len(page) >= counted(limit)) or (offset and not page):
        length = rows.count(call, node, count_limit)
    found = specified(call, page, specification)
    return {"length": min(length, counted(count_limit) or length), "records": found}


@generic(takes_ids=True, writes=True)
def web_save(call: Call, ids: Any, vals: Any, specification: Any, next_id: Any = None) -> list[Row]:
    """Write rows, or make one when no ids are given, and read them as specified (or the row that comes next)."""
    saved = row_ids(ids)
    if saved:
        records.write(call, saved, vals)
    else:
        saved = create(call, _values(vals))
    return specified(call, row_ids(next_id) or saved, specification)


@generic(takes_ids=True, writes=True)
def web_save_multi(call: Call, ids: Any, vals_list: Any, specification: Any) -> list[Row]:
    """Write each row its own values, and read them as specified."""
    wanted = row_ids(ids)
    if not isinstance(vals_list, list | tuple) or len(vals_list) != len(wanted):
        raise value_error("Expecting one set of values for each record")
    for pk, values in zip(wanted, vals_list, strict=True):
        records.write(call, [pk], _values(values))
    return specified(call, wanted, specification)


@generic(takes_ids=False, writes=False)
def web_name_search(
    call: Call,
    name: Any,
    specification: Any,
    domain: Any = None,
    operator: Any = "ilike",
    limit: Any = 100,
) -> list[Row]:
    """Rows called so, read as specified."""
    found = name_search(call, name, domain, operator, limit)
    if isinstance(specification, Mapping) and set(specification) <= NAMES:
        return [
            {"id": pk, "display_name": shown, "__formatted_display_name": shown}
            for pk, shown in found
        ]
    return specified(call, [pk for pk, _shown in found], specification)


def specified(call: Call, ids: list[int], specification: Any, depth: int = 1) -> list[Row]:
    """Rows read as a specification says: `{field: {}}`, with `{"fields": …}` inside for what a field leads to."""
    if not isinstance(specification, Mapping):
        raise type_error(f"a specification is a mapping, not {type(specification).__name__}")
    if depth > DEEPEST:
        raise value_error(f"A specification leads over no more than {DEEPEST} links")
    found = rows.read(call, ids, list(specification) or ["id"], None)
    for name, wanted in specification.items():
        field = call.exposure.fields[name]
        if isinstance(wanted, Mapping) and field.is_relation and "fields" in wanted:
            _follow(call, field, wanted, found, depth)
    return found


def _follow(
    call: Call, field: Field, wanted: Mapping[str, Any], found: list[Row], depth: int
) -> None:
    """Put the rows that a field leads to in the place of their ids."""
    target = find(field.relation)
    if target is None:
        return
    context = wanted.get("context")
    if context and not isinstance(context, Mapping):
        raise type_error(f"a context is a mapping, not {type(context).__name__}")
    on = Call(target, call.actor, {**call.context, **context}) if context else call.on(target)
    inner = wanted["fields"] or {}
    if not (isinstance(inner, Mapping) and set(inner) <= NAMES):
        access.require(on, "read")
    if field.is_set:
        _follow_set(on, field, wanted, found, inner, depth)
        return
    linked = {row[field.name] for row in found} - {False}
    there = linked_rows(on, sorted(linked), inner, depth)
    for row in found:
        row[field.name] = there.get(row[field.name], False)


def linked_rows(on: Call, ids: list[int], inner: Any, depth: int) -> dict[int, Row]:
    """Rows at the other end of links. Who may read a link may read what it is called, but no more of a hidden row."""
    names = sets.names_of(on, on.exposure.name, ids) if "display_name" in inner else {}
    only_names = isinstance(inner, Mapping) and set(inner) <= NAMES
    seen = [] if only_names else sorted(records.visible_ids(on, ids))
    there = {row["id"]: row for row in specified(on, seen, inner, depth + 1)} if seen else {}
    hidden: dict[int, Row] = {pk: {"id": pk} for pk in ids if pk not in there}
    for pk, name in names.items():
        hidden.get(pk, {})["display_name"] = name
    return there | hidden


def _follow_set(
    on: Call, field: Field, wanted: Mapping[str, Any], found: list[Row], inner: Any, depth: int
) -> None:
    """The members of sets: in another order if one is named, and only the first of each with their fields."""
    members = {one for row in found for one in row[field.name]}
    if wanted.get("order") and members:
        places = _places(on, sorted(members), wanted["order"])
        for row in found:
            row[field.name] = sorted(row[field.name], key=lambda one: places.get(one, len(places)))
    limit = counted(wanted.get("limit"))
    first = {one for row in found for one in row[field.name][: limit or None]}
    there = {row["id"]: row for row in specified(on, sorted(first), inner, depth + 1)}
    for row in found:
        row[field.name] = [there.get(one) or {"id": one} for one in row[field.name]]


def _places(on: Call, ids: list[int], order: Any) -> dict[int, int]:
    found = rows.search(on, Leaf("id", "in", ids), order=order, active=False)
    return {pk: place for place, pk in enumerate(found)}


def _values(vals: Any) -> Mapping[str, Any]:
    if not isinstance(vals, Mapping):
        raise type_error("expected a mapping of field names to values")
    return vals
