"""`export_data`: rows as lines of a sheet, a few at a time, so that a large export needs no more memory than a small one."""

from collections.abc import Iterator
from typing import Any

from rpc import transactions
from rpc.context import Call
from rpc.domains.parse import Leaf
from rpc.exchange.external_ids import names_for_all
from rpc.exchange.paths import EXTERNAL_ID, NUMBER, Node, tree_of
from rpc.fields import NUMBERS, Field
from rpc.reading import rows as reading
from rpc.reading import sets

AT_ONCE = 1000
Line = list[Any]


def lines(call: Call, ids: list[int], paths: Any) -> Iterator[list[Line]]:
    """The lines of the sheet, some hundred rows at a time. What cannot be asked for is refused before the first."""
    root = tree_of(call, paths, writing=False)
    return _chunks(root, ids, len(paths))


def _chunks(root: Node, ids: list[int], width: int) -> Iterator[list[Line]]:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found = _lines(root, some, width, refuse_hidden=True)
        yield [line for one in some if one in found for line in found[one]]


def _lines(
    node: Node, ids: list[int], width: int, *, refuse_hidden: bool = False
) -> dict[int, list[Line]]:
    """The lines of each row: one, and one more for each further part of a set."""
    rows = _read(node, ids, refuse_hidden=refuse_hidden)
    names = _names(node, rows)
    found = {}
    for pk, row in rows.items():
        line: Line = [""] * width
        for place, kind in node.ids.items():
            line[place] = str(pk) if kind == NUMBER else names.get(pk, "")
        for place in node.own:
            line[place] = row[place]
        found[pk] = [line]
    for name, beyond in node.links.items():
        _follow(node, name, beyond, rows, found, width)
    return found


def _read(node: Node, ids: list[int], *, refuse_hidden: bool) -> dict[int, dict[Any, Any]]:
    """The own cells of each row by place, and the ids its links lead to by name."""
    fields = node.call.exposure.fields
    wanted = {one.name for one in node.own.values()} | set(node.links)
    listed = sorted(wanted) or ["id"]
    unique = list(dict.fromkeys(ids))
    if refuse_hidden:
        found = reading.read(node.call, unique, listed, "_classic_read")
    else:
        node_ids = Leaf("id", "in", unique)
        found = reading.search_read(
            node.call, node_ids, listed, "_classic_read", order=False, active=False
        )
    cells: dict[int, dict[Any, Any]] = {row["id"]: {} for row in found}
    for place, field in node.own.items():
        shown = _shown(node.call, field, [row[field.name] for row in found])
        for row, value in zip(found, shown, strict=True):
            cells[row["id"]][place] = value
    for name in node.links:
        for row in found:
            cells[row["id"]][name] = _ids(fields[name], row[name])
    return cells


def _ids(field: Field, value: Any) -> list[int]:
    if field.is_set:
        return list(value)
    return [value[0]] if value else []


def _names(node: Node, rows: dict[int, Any]) -> dict[int, str]:
    if EXTERNAL_ID not in node.ids.values() or not rows:
        return {}
    return transactions.in_one(lambda: names_for_all(node.call.exposure, rows))


def _follow(
    node: Node,
    name: str,
    beyond: Node,
    rows: dict[int, dict[Any, Any]],
    found: dict[int, list[Line]],
    width: int,
) -> None:
    """Put what lies beyond a link into the lines: the first of a set beside its owner, the others below."""
    wanted = {one for row in rows.values() for one in row[name]}
    there = _lines(beyond, sorted(wanted), width) if wanted else {}
    many = node.call.exposure.fields[name].type == "many2many"
    places = list(beyond.places())
    for pk, row in rows.items():
        more = [line for one in row[name] for line in there.get(one, ())]
        if many and more:
            more = [_joined(more, width)]
        for line in more[:1]:
            for place in places:
                found[pk][0][place] = line[place]
        found[pk].extend(list(line) for line in more[1:])


def _joined(lines: list[Line], width: int) -> Line:
    """A many2many in one line: the cells of its members, joined by commas."""
    return [",".join(str(line[i]) for line in lines if line[i] != "") for i in range(width)]


def _shown(call: Call, field: Field, values: list[Any]) -> list[Any]:
    """The cells of a field: names of links, labels of selections; numbers and flags as they are."""
    if field.type in NUMBERS or field.type == "boolean":
        return values
    if field.type == "many2one":
        return [value[1] if value else "" for value in values]
    if field.is_set:
        names = sets.names_of(call, field.relation, {one for value in values for one in value})
        return [",".join(str(names.get(one) or "") for one in value) for value in values]
    if field.type == "selection":
        labels = {one[0]: one[1] for one in field.selection()}
        return [labels.get(value, value) if value is not False else "" for value in values]
    return ["" if value is False or value is None else value for value in values]
