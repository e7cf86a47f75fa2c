"""Values that other modules keep beside a row: taken out of what the row's own verb gets, written after it."""

from collections.abc import Mapping
from typing import Any

from base.services import records as verbs
from rpc.context import Call

Values = dict[str, Any]


def split(model: Any, values: Mapping[str, Any]) -> tuple[Values, dict[str, Values]]:
    """Part a row's own values from those of its sidecars, which are named by the path that leads there."""
    own: Values = {}
    beside: dict[str, Values] = {}
    for path, value in values.items():
        head, _dot, last = path.rpartition(".")
        if head and _is_sidecar(model, head):
            beside.setdefault(head, {})[last] = value
        else:
            own[path] = value
    return own, beside


def take(model: Any, linked: dict[str, Values]) -> dict[str, Values]:
    """Take the sidecars out of values sorted by link."""
    return {head: linked.pop(head) for head in list(linked) if _is_sidecar(model, head)}


def joined(one: Mapping[str, Values], other: Mapping[str, Values]) -> dict[str, Values]:
    """The values of sidecars from two places, by path."""
    return {path: {**one.get(path, {}), **other.get(path, {})} for path in {*one, *other}}


def write(call: Call, model: Any, wanted: Mapping[int, Mapping[str, Values]]) -> None:
    """Write the sidecars of rows, by row id; those that are not there yet are made."""
    for pk, beside in wanted.items():
        for path, values in beside.items():
            *steps, _last = path.split(".")
            owner_id = pk
            if steps:
                rows = model._default_manager.filter(pk=pk)
                owner_id = rows.values_list("__".join(steps), flat=True).get()
            _write_one(call, _walk(model, path), owner_id, values)


def _write_one(call: Call, link: Any, owner_id: int, values: Values) -> None:
    sidecar, key = link.related_model, link.field.attname
    found = list(sidecar._default_manager.filter(**{key: owner_id}).values_list("pk", flat=True))
    if found:
        verbs.change(verbs.named(sidecar, found), values, by=call.speaking())
    else:
        verbs.create(sidecar, [{key: owner_id, **values}], by=call.speaking())


def _is_sidecar(model: Any, path: str) -> bool:
    link = _walk(model, path)
    return bool(link is not None and link.one_to_one and not link.concrete)


def _walk(model: Any, path: str) -> Any:
    """The last link of a path; None where a step is no link but a word between a module and its own verb."""
    link = None
    for step in path.split("."):
        known = {field.name: field for field in model._meta.get_fields()}
        link = known.get(step)
        model = link.related_model if link is not None else None
        if model is None:
            return None
    return link
