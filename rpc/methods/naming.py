"""Names of rows: name_search, name_create, and name_get for older clients."""

from typing import Any

from rpc.context import Call
from rpc.domains.parse import ALL, Leaf, both
from rpc.faults import value_error
from rpc.methods.reading import lenient
from rpc.methods.table import generic, row_ids
from rpc.reading import rows
from rpc.writing import records

Named = list[list[Any]]
SHORTEST_RARE = 3  # shorter words are in every other name, and no index of trigrams knows them


@generic(takes_ids=False, writes=False)
def name_search(
    call: Call,
    name: Any = "",
    domain: Any = None,
    operator: Any = "ilike",
    limit: Any = 100,
    *,
    args: Any = None,
) -> Named:
    """`[id, display_name]` of rows called so; `args` is what older clients call the domain."""
    if not isinstance(operator, str):
        raise value_error(f"Invalid operator in condition ('display_name', {operator!r}, {name!r})")
    wanted = lenient(domain or args)
    called = Leaf("display_name", operator, name) if name else ALL
    few = isinstance(name, str) and len(name) >= SHORTEST_RARE
    found = rows.search_read(
        call, both(wanted, called), ["display_name"], None, limit=limit, few=few
    )
    return [[row["id"], row["display_name"]] for row in found]


@generic(takes_ids=False, writes=True)
def name_create(call: Call, name: Any) -> list[Any]:
    """Make a row from its name alone."""
    made = records.create(call, [{"name": name}])
    return _named(call, made)[0]


@generic(takes_ids=True, writes=False)
def name_get(call: Call, ids: Any) -> Named:
    """`[id, display_name]` of rows, for clients of long ago."""
    return _named(call, row_ids(ids))


def _named(call: Call, ids: list[int]) -> Named:
    return [
        [row["id"], row["display_name"]] for row in rows.read(call, ids, ["display_name"], None)
    ]
