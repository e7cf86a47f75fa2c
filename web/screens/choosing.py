"""Choosing records in a form: which ones a box offers, which it takes, and making one on the way."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from rpc import access, registry
from rpc.context import Call
from rpc.domains.parse import parse
from rpc.exposure import Exposure
from rpc.reading import rows
from web.screens import domains
from web.screens import registry as screens
from web.screens.cells import new_url
from web.screens.declarations import Place

OFFERED, MOST_DIGITS = 12, 18
DEPENDS = re.compile(r"\{([a-z_][a-z0-9_]*)\}\Z")
TRUE = [1, "=", 1]


def offered(
    call: Call,
    relation: str,
    text: str,
    domain: Any = (),
    operator: str = "ilike",
    limit: int = OFFERED,
) -> list[dict[str, Any]]:
    """The first records of a noun that a text finds. One query. Raises the wire's AccessError."""
    target = registry.find(relation)
    if target is None:
        return []
    wanted: Any = [["display_name", operator, text]] if text else []
    node = parse(domains.every([domain, wanted]))
    return rows.search_read(call.on(target), node, ["display_name"], None, limit=limit)


def among(call: Call, relation: str, ids: Sequence[int], domain: Any = ()) -> dict[int, str]:
    """Which of some records the actor sees within a domain, archived ones too, and what they are called. One query."""
    target = registry.find(relation)
    if target is None or not ids:
        return {}
    open_to_all = Call(target, call.actor, {**call.context, "active_test": False})
    node = parse(domains.every([domain, [["id", "in", list(ids)]]]))
    found = rows.search_read(open_to_all, node, ["display_name"], None, limit=len(ids))
    return {row["id"]: str(row["display_name"]) for row in found}


def depends_on(domain: Any) -> list[str]:
    """The fields of the form whose values a domain names: `{country_id}`."""
    return list(dict.fromkeys(name for *_leaf, name in _named(domain)))


def _named(domain: Any) -> Iterator[tuple[Any, str]]:
    for item in domain or ():
        if (
            not isinstance(item, str)
            and isinstance(item[2], str)
            and (at := DEPENDS.match(item[2]))
        ):
            yield item, at[1]


def resolved(domain: Any, value_of: Callable[[str], Any]) -> list[Any]:
    """A domain with the values that it names; a condition whose value is not known yet is left out."""
    known = {id(item): value_of(name) for item, name in _named(domain)}
    found: list[Any] = []
    for item in domain or ():
        if id(item) not in known:
            found.append(item)
        elif (value := known[id(item)]) in (None, False, ""):
            found.append(TRUE)
        else:
            found.append([item[0], item[1], value])
    return found


def value_from(exposure: Exposure, name: str, text: str) -> Any:
    """A value of another field as the address of a box carries it: an id, or a plain text."""
    field = exposure.fields.get(name)
    if field is None or len(text) > 200:
        return None
    if field.type in {"many2one", "integer"}:
        return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
    if field.type == "boolean":
        return text in {"on", "1", "true", "True"} or None
    return text.replace("\x00", "") if field.type in {"char", "selection", "date"} else None


def defaults_in(domain: Any) -> dict[str, Any]:
    """What a record made for a box begins with, so that the box may hold it: the plain equalities of its domain."""
    if any(isinstance(item, str) and item != "&" for item in domain or ()):
        return {}
    leaves = [item for item in domain or () if not isinstance(item, str)]
    return {
        f"default_{path}": value
        for path, operator, value in leaves
        if operator == "=" and isinstance(path, str) and "." not in path
    }


def may_make(call: Call, relation: str) -> bool:
    """Whether the actor may make a record of a noun from its name alone."""
    target = registry.find(relation)
    if target is None or target.kind != "model" or not access.may(call, "create", target):
        return False
    field = target.fields.get("name")
    return field is not None and not field.readonly and field.type in {"char", "text"}


def marks(call: Call, relation: str, place: Place) -> Mapping[str, str]:
    """What find.js has to know of a box: the page of a record, that of a new one, what else decides, what it may make."""
    target, screen = registry.find(relation), screens.opened_by(call.actor, relation)
    found = {"with": " ".join(depends_on(place.domain))}
    if target is None:
        return found
    if may_make(call, relation):
        found["makes"] = "yes"
    if screen is None or not access.may(call, "read", target):
        return found
    if screen.page:
        found["opens"] = reverse(screen.page, args=[0])
    elif screen.form is not None:
        found["opens"] = reverse(f"web:screen-{screen.slug}-record", args=[0])
    address = new_url(call.on(target), screen)
    if screen.form is not None and address:
        begun = {
            name: value
            for name, value in defaults_in(place.domain).items()
            if "{" not in str(value)
        }
        found["new"] = f"{address}?{urlencode(begun)}" if begun else address
    return found
