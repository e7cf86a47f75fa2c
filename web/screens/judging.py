"""Whether a domain holds for values that stand in no table yet, such as those of a window."""

from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any

from rpc.domains.parse import Both, Constant, Leaf, Node, Not, leaves, parse

COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def judged(domain: Any, values: Mapping[str, Any]) -> bool:
    """Whether a domain of equalities, sizes and choices holds for values as the wire shows them."""
    return _judged(parse(domain), values)


def named(domain: Any) -> set[str]:
    """The fields that a domain asks about."""
    return {leaf.path for leaf in leaves(parse(domain))}


def _judged(node: Node, values: Mapping[str, Any]) -> bool:
    if isinstance(node, Leaf):
        return _fits(node, values.get(node.path))
    if isinstance(node, Both):
        found = (_judged(one, values) for one in node.nodes)
        return all(found) if node.every else any(found)
    if isinstance(node, Not):
        return not _judged(node.node, values)
    assert isinstance(node, Constant)
    return node.value


def _fits(leaf: Leaf, value: Any) -> bool:
    held = value[0] if isinstance(value, list | tuple) and value else value or False
    if leaf.operator in {"=", "!="}:
        return bool((held == (leaf.value or False)) == (leaf.operator == "="))
    if leaf.operator in {"in", "not in"}:
        return bool((held in leaf.value) == (leaf.operator == "in"))
    compare = COMPARED.get(leaf.operator)
    if compare is None:
        raise ValueError(f"{leaf.operator} cannot be judged without a table")
    return bool(compare(held, leaf.value))
