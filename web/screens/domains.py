"""Domains as pages put them together, and as sentences for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from rpc.domains.parse import Both, Constant, Leaf, Node, Not, parse
from rpc.exposure import Exposure
from rpc.fields import Field
from rpc.registry import find

Domain = list[Any]


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


def sentence(exposure: Exposure, domain: Any) -> str:
    """What a domain asks for, in the reader's language. Raises the parser's errors."""
    return _said(exposure, parse(domain))


def _said(exposure: Exposure, node: Node) -> str:
    if isinstance(node, Constant):
        return _("everything") if node.value else _("nothing")
    if isinstance(node, Not):
        return _("not (%s)") % _said(exposure, node.node)
    if isinstance(node, Both):
        glue = _(" and ") if node.every else _(" or ")
        parts = (_said(exposure, one) for one in node.nodes)
        return glue.join(f"({one})" if glue in one else one for one in parts)
    return _leaf(exposure, node)


def _leaf(exposure: Exposure, leaf: Leaf) -> str:
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
    return f"{name} {words} {_value(field, leaf.value)}"


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
        labels.append(str(field.label) if field else step)
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
