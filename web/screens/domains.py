"""Domains as pages put them together, and as sentences for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from rpc import access
from rpc.context import Call
from rpc.domains.parse import Both, Constant, Leaf, Node, Not, parse
from rpc.exposure import Exposure
from rpc.fields import Field
from rpc.reading import rows
from rpc.registry import find
from web.screens import spans

Domain = list[Any]
MOST_NAMED = 50


def every(domains: Iterable[Sequence[Any]]) -> Domain:
    """One domain that holds where all of them do."""
    return _joined("&", domains)


def either(domains: Iterable[Sequence[Any]]) -> Domain:
    """One domain that holds where any of them does."""
    return _joined("|", domains)


def _joined(sign: str, domains: Iterable[Sequence[Any]]) -> Domain:
    whole = [_as_one(list(domain)) for domain in domains if domain]
    return [sign] * (len(whole) - 1) + [item for one in whole for item in one]


def _as_one(domain: Domain) -> Domain:
    """A domain whose silent ANDs are written out, so that it can stand inside another one."""
    open_places = 1
    signs = 0
    for item in domain:
        if isinstance(item, str):
            open_places += {"&": 1, "|": 1, "!": 0}.get(item, 0)
        else:
            open_places -= 1
            if open_places < 0:
                signs, open_places = signs + 1, 0
    return ["&"] * signs + domain


def sentence(exposure: Exposure, domain: Any, call: Call | None = None) -> str:
    """What a domain asks for, in the reader's language; with a call, links by name. Raises the parser's errors."""
    return _said(exposure, parse(domain), call)


def _said(exposure: Exposure, node: Node, call: Call | None) -> str:
    if isinstance(node, Constant):
        return _("everything") if node.value else _("nothing")
    if isinstance(node, Not):
        return _("not (%s)") % _said(exposure, node.node, call)
    if isinstance(node, Both):
        glue = _(" and ") if node.every else _(" or ")
        other = _(" or ") if node.every else _(" and ")
        parts = [_said(exposure, one, call) for one in _spans_joined(exposure, node)]
        return glue.join(f"({one})" if other in one else one for one in parts)
    return str(node) if isinstance(node, Said) else _leaf(exposure, node, call)


class Said(str):
    """Conditions that have been put into words already."""

    __slots__ = ()


def _spans_joined(exposure: Exposure, node: Both) -> list[Any]:
    """The parts of a node, each two that are the ends of a known span of time as one: “this month”."""
    found: list[Any] = []
    rest = list(node.nodes)
    while rest:
        one = rest.pop(0)
        after = rest[0] if rest and node.every else None
        label = (
            spans.label_of(one, after)
            if isinstance(one, Leaf) and isinstance(after, Leaf)
            else None
        )
        if label:
            rest.pop(0)
            name = " › ".join(labels_of(exposure, one.path)[0])
            found.append(Said(_("%(field)s: %(span)s") % {"field": name, "span": label}))
        else:
            found.append(one)
    return found


def _leaf(exposure: Exposure, leaf: Leaf, call: Call | None) -> str:
    labels, field = labels_of(exposure, leaf.path)
    name = " › ".join(labels)
    if (
        leaf.value is False
        and leaf.operator in {"=", "!="}
        and (field is None or field.type != "boolean")
    ):
        text = _("%(field)s is not set") if leaf.operator == "=" else _("%(field)s is set")
        return text % {"field": name}
    words = operators().get(leaf.operator, leaf.operator)
    value = leaf.value
    if call is not None and field is not None and field.is_relation:
        value = _named(call, field, value)
    return f"{name} {words} {_value(field, value)}"


def _named(call: Call, field: Field, value: Any) -> Any:
    """Ids by the names of the records that the actor sees. One query, or none where there are no ids."""
    many = value if isinstance(value, list | tuple) else [value]
    ids = {one for one in many if isinstance(one, int) and not isinstance(one, bool)}
    target = find(field.relation)
    if target is None or not 0 < len(ids) <= MOST_NAMED or not access.may(call.on(target), "read"):
        return value
    wanted = Leaf("id", "in", sorted(ids))
    read = rows.search_read(call.on(target), wanted, ["display_name"], None, active=False)
    names = {row["id"]: row["display_name"] for row in read}
    found = [names.get(one, one) for one in many]
    return found if isinstance(value, list | tuple) else found[0]


def operators() -> Mapping[str, str]:
    """The operators as people say them."""
    return {
        "=": _("is"),
        "!=": _("is not"),
        "in": _("is one of"),
        "not in": _("is none of"),
        "ilike": _("contains"),
        "like": _("contains"),
        "not ilike": _("does not contain"),
        "not like": _("does not contain"),
        "<": _("is below"),
        "<=": _("is at most"),
        ">": _("is above"),
        ">=": _("is at least"),
        "child_of": _("is or is below"),
        "parent_of": _("is or is above"),
    }


def labels_of(exposure: Exposure, path: str) -> tuple[list[str], Field | None]:
    """The labels along a dotted path, and the field at its end; what is unknown is shown as it is written."""
    labels: list[str] = []
    at: Exposure | None = exposure
    field: Field | None = None
    for step in path.split("."):
        field = at.fields.get(step) if at else None
        labels.append(field.heading if field else step)
        at = find(field.relation) if field and field.is_relation else None
    return labels, field


def _value(field: Field | None, value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(field, one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is not None and field.type == "selection":
        return dict(field.selection()).get(value, str(value))
    return f"“{value}”" if isinstance(value, str) else str(value)
