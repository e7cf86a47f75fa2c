"""From lines of a sheet to records: a line begins one, unless only cells of its parts are filled; then it adds a part."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rpc.exchange.paths import Node
from rpc.faults import type_error

Cells = list[str]
Line = tuple[int, Cells]


@dataclass(slots=True)
class Record:
    """What a sheet says about one record: its cells, its parts by the name of the set, and the lines it takes up."""

    cells: Cells
    first: int
    last: int
    parts: dict[str, list["Record"]] = field(default_factory=dict)


def records(node: Node, data: Any, width: int) -> list[Record]:
    """The records of a sheet."""
    if isinstance(data, str) or not isinstance(data, list | tuple):
        raise type_error(f"load() takes a list of lines, not {type(data).__name__}")
    return list(_split(node, [(i, _cells(line, width)) for i, line in enumerate(data)]))


def parts_of(node: Node) -> dict[str, Node]:
    """The links of a noun that hold its parts."""
    fields = node.call.exposure.fields
    return {name: one for name, one in node.links.items() if fields[name].type == "one2many"}


def _cells(line: Any, width: int) -> Cells:
    """The cells of a line as text; what is missing at its end is empty."""
    if isinstance(line, str) or not isinstance(line, list | tuple):
        raise type_error(f"load() takes lines of cells, not {line!r:.100}")
    texts = ["" if one is None or one is False else str(one) for one in line[:width]]
    return texts + [""] * (width - len(texts))


def _split(node: Node, lines: list[Line]) -> Iterator[Record]:
    parts = parts_of(node)
    places = {name: list(one.places()) for name, one in parts.items()}
    beyond = {place for some in places.values() for place in some}
    own = [place for place in node.places() if place not in beyond]
    at = 0
    while at < len(lines):
        end = at + 1
        while (
            end < len(lines) and beyond and not _any(lines[end], own) and _any(lines[end], beyond)
        ):
            end += 1
        span = lines[at:end]
        record = Record(span[0][1], span[0][0], span[-1][0])
        for name, one in parts.items():
            filled = [line for line in span if _any(line, places[name])]
            record.parts[name] = list(_split(one, filled))
        yield record
        at = end


def _any(line: Line, places: Any) -> bool:
    return any(line[1][place] for place in places)
