"""Reading: search, search_read, search_count, read."""

from typing import Any

from rpc.context import Call
from rpc.domains.parse import ALL, Node, parse
from rpc.faults import builtin
from rpc.methods.table import generic, row_ids
from rpc.reading import rows
from rpc.reading.plans import CLASSIC


@generic(takes_ids=False, writes=False)
def search(
    call: Call,
    domain: Any,
    offset: Any = 0,
    limit: Any = None,
    order: Any = None,
    *,
    count: Any = False,
) -> Any:
    """The ids of a page; with `count`, how many rows there are (older clients ask so)."""
    node = parse(domain)
    if count:
        return rows.count(call, node)
    return rows.search(call, node, order=order or None, limit=limit, offset=offset)


@generic(takes_ids=False, writes=False)
def search_count(call: Call, domain: Any, limit: Any = None) -> int:
    """How many rows a domain finds."""
    return rows.count(call, parse(domain), limit)


@generic(takes_ids=False, writes=False)
def search_read(
    call: Call,
    domain: Any = None,
    fields: Any = None,
    offset: Any = 0,
    limit: Any = None,
    order: Any = None,
    *,
    load: Any = CLASSIC,
) -> list[rows.Row]:
    """A page with some fields of each row."""
    return rows.search_read(
        call, lenient(domain), fields, named(load), order=order or None, limit=limit, offset=offset
    )


@generic(takes_ids=True, writes=False)
def read(call: Call, ids: Any, fields: Any = None, load: Any = CLASSIC) -> list[rows.Row]:
    """Some fields of rows, in the order of the ids given."""
    if isinstance(ids, dict):
        raise builtin("ValueError", f"invalid ids: {ids!r}")
    found = rows.read(call, row_ids(ids), fields, named(load))
    if isinstance(ids, list) and False in [one for one in ids if isinstance(one, bool)]:
        names = list(fields or call.exposure.fields)
        found.append({"id": False, **dict.fromkeys(names, False)})
    return found


def named(load: Any) -> str:
    """Whether links are shown with names: with anything but the usual word they are plain ids."""
    return CLASSIC if load == CLASSIC else ""


def lenient(domain: Any) -> Node:
    """A domain where nothing given means everything."""
    return parse(domain) if domain else ALL
