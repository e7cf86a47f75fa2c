"""How much a program may ask for at once. What is beyond is refused in a sentence, before it costs anything."""

from typing import Any

from rpc.faults import WireError, user_error, value_error

DEEPEST = 100
MOST_IDS = 200_000
MOST_LEAVES = 5_000
MOST_ROWS = 500_000
CONTAINERS = (dict, list)


def is_too_deep(value: Any, body: bytes) -> bool:
    """Whether lists and mappings are nested too deeply in what was read from a body of JSON."""
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return False
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for one in level
            if type(one) in CONTAINERS
            for child in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def require_few_ids(ids: Any) -> None:
    """Refuse more ids than one call may carry."""
    if len(ids) > MOST_IDS:
        raise value_error(f"invalid ids: {len(ids)} of them, more than the {MOST_IDS} of one call")


def require_few_leaves(domain: Any) -> None:
    """Refuse a domain with more conditions than the database could plan for in good time."""
    if len(domain) > 2 * MOST_LEAVES:
        raise value_error(
            f"Domain() malformed domain: {len(domain)} items, more than {MOST_LEAVES} conditions"
        )


def too_many_rows() -> WireError:
    """The refusal of a page that has no end."""
    return user_error(
        f"This would be more than {MOST_ROWS} records. Ask for them in pages, by offset and limit."
    )
