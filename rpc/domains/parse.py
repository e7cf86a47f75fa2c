"""From a search domain in prefix notation to a tree of conditions."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from rpc.faults import type_error, value_error
from rpc.limits import require_few_leaves

OPERATORS = frozenset(
    (
        *(
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "=?",
            "in",
            "not in",
            "child_of",
            "parent_of",
            "any",
            "not any",
        ),
        *("like", "ilike", "not like", "not ilike", "=like", "=ilike", "not =like", "not =ilike"),
    )
)
ALIASES = {"<>": "!=", "==": "="}
INTERNAL = frozenset(("any!", "not any!"))
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition: a field or path, an operator, a value."""

    path: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Constant:
    """Always true, or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class Both:
    """All of several (`every`), or at least one of them."""

    every: bool
    nodes: "deque[Node]"


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    node: "Node"


Node: TypeAlias = "Leaf | Constant | Both | Not"

ALL = Constant(True)
NONE = Constant(False)


def parse(domain: Any) -> Node:
    """Read a domain as clients send it. Raises the contract's TypeError and ValueError."""
    if domain is True:
        return ALL
    if domain is False:
        return NONE
    if not isinstance(domain, list | tuple):
        raise type_error(f"Domain() invalid argument type for domain: {domain!r}")
    if not domain:
        return ALL
    require_few_leaves(domain)
    stack: list[Node] = []
    for item in reversed(domain):
        if isinstance(item, str):
            _connect(item, stack, domain)
        else:
            stack.append(_condition(item))
    node = stack.pop()
    while stack:
        node = _joined(True, node, stack.pop())
    _check_depth(node)
    return node


def both(*nodes: Node) -> Node:
    """All of the nodes."""
    result: Node = ALL
    for node in nodes:
        result = node if result == ALL else _joined(True, result, node)
    return result


def leaves(node: Node) -> Iterator[Leaf]:
    """Walk over the conditions of the top level of a domain (not those inside `any`)."""
    todo = [node]
    while todo:
        here = todo.pop()
        if isinstance(here, Leaf):
            yield here
        elif isinstance(here, Not):
            todo.append(here.node)
        elif isinstance(here, Both):
            todo.extend(here.nodes)


def _connect(sign: str, stack: list[Node], domain: Any) -> None:
    needed = {"&": 2, "|": 2, "!": 1}.get(sign)
    if needed is None:
        raise value_error(f"Domain() invalid item in domain: {sign!r}")
    if len(stack) < needed:
        raise value_error(f"Domain() malformed domain {_shown(domain)}")
    first = stack.pop()
    stack.append(_negated(first) if needed == 1 else _joined(sign == "&", first, stack.pop()))


def _condition(item: Any) -> Node:
    if not isinstance(item, list | tuple) or len(item) != 3:
        raise value_error(f"Domain() invalid item in domain: {item!r}")
    path, operator, value = item
    if isinstance(path, int | float) and path in (0, 1) and operator in {"=", "!="}:
        return Constant((path == value) == (operator == "="))
    if not isinstance(path, str) or not isinstance(operator, str) or operator in INTERNAL:
        raise value_error(f"Domain() invalid item in domain: {item!r}")
    known = ALIASES.get(operator, operator)
    if known not in OPERATORS:
        known = known.lower()
        if known not in OPERATORS:
            raise value_error(f"Invalid operator in condition ({path!r}, {operator!r}, {value!r})")
    return Leaf(path, known, value)


def _negated(node: Node) -> Node:
    if isinstance(node, Not):
        return node.node
    return Constant(not node.value) if isinstance(node, Constant) else Not(node)


def _joined(every: bool, first: Node, second: Node) -> Node:
    """Join two nodes, flattening chains of the same kind so that a long domain stays a shallow tree."""
    if isinstance(first, Both) and first.every is every:
        if isinstance(second, Both) and second.every is every:
            first.nodes.extend(second.nodes)
        else:
            first.nodes.append(second)
        return first
    if isinstance(second, Both) and second.every is every:
        second.nodes.appendleft(first)
        return second
    return Both(every, deque((first, second)))


def _check_depth(node: Node) -> None:
    level, depth = [node], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise value_error(f"Domain() malformed domain: nested more than {DEEPEST} levels deep")
        level = [
            child
            for here in level
            for child in (
                here.nodes
                if isinstance(here, Both)
                else (here.node,)
                if isinstance(here, Not)
                else ()
            )
        ]


def _shown(domain: Any) -> str:
    text = repr(list(domain))
    return text if len(text) <= 500 else f"{text[:500]}…"
