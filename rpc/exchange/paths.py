"""Columns of a sheet: `name`, `country_id/id`, `child_ids/name` …, as a tree that follows the links between nouns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rpc import access, registry
from rpc.context import Call
from rpc.faults import value_error
from rpc.fields import Field

EXTERNAL_ID, NUMBER = "id", ".id"
IDS = frozenset((EXTERNAL_ID, NUMBER))
OF_OLD = ((re.compile(r"([^/])\.id"), r"\1/.id"), (re.compile(r"([^/]):id"), r"\1/id"))
DEEPEST = 10


def steps_of(path: Any) -> list[str]:
    """The steps of a column's path; `country_id:id` and `country_id.id` are how older clients write it."""
    if not isinstance(path, str):
        raise value_error(f"Invalid field name {path!r}")
    for pattern, new in OF_OLD:
        path = pattern.sub(new, path)
    return str(path).split("/")


@dataclass(slots=True)
class Node:
    """The columns about one noun: `ids` and `own` by their place in the sheet, `links` to further nouns."""

    call: Call
    ids: dict[int, str] = field(default_factory=dict)
    own: dict[int, Field] = field(default_factory=dict)
    links: dict[str, "Node"] = field(default_factory=dict)

    def places(self) -> Iterator[int]:
        """Every place in the sheet that this noun and those beyond it have."""
        yield from self.ids
        yield from self.own
        for beyond in self.links.values():
            yield from beyond.places()


def tree_of(call: Call, paths: Any, *, writing: bool) -> Node:
    """The columns of a sheet as a tree. Raises the contract's ValueError for a column that is no field."""
    if isinstance(paths, str) or not isinstance(paths, list | tuple):
        raise value_error(f"Invalid field names {paths!r}")
    root = Node(call)
    for place, path in enumerate(paths):
        _add(root, place, steps_of(path), writing=writing)
    return root


def _add(node: Node, place: int, steps: list[str], *, writing: bool, depth: int = 1) -> None:
    name, *rest = steps
    if name in IDS and not rest:
        node.ids[place] = name
        return
    found = node.call.exposure.fields.get(name)
    if found is None or name in IDS or depth > DEEPEST:
        raise value_error(
            f"Invalid field name {'/'.join(steps)!r}" if depth == 1 else _unknown(node, name)
        )
    access.visible_field(node.call, node.call.exposure, found)
    target = registry.find(found.relation) if found.is_relation else None
    if not rest and (writing or not (target and found.type == "one2many")):
        node.own[place] = found
        return
    if target is None:
        raise value_error(f"Invalid field name {'/'.join(steps)!r}")
    if name not in node.links:
        access.require(node.call, "read", target)
        node.links[name] = Node(node.call.on(target))
    _add(node.links[name], place, rest or ["display_name"], writing=writing, depth=depth + 1)


def _unknown(node: Node, name: str) -> str:
    return f"Invalid field name {name!r} on {node.call.exposure.name!r}"
