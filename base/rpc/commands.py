"""The ids that clients name in a set: plain ones, or by commands that link."""

from typing import Any

from rpc.methods.table import row_ids


def named_ids(one: Any) -> list[int]:
    """The ids of one entry: a plain id, `[4, id]` or `[6, 0, ids]`."""
    if isinstance(one, list | tuple):
        return row_ids(one[2] if len(one) > 2 and one[0] == 6 else list(one[1:2]))
    return row_ids(one)
