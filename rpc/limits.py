"""How much a program may ask for at once. What is beyond is refused in a sentence, before it costs anything."""

from collections.abc import Sized
from typing import Any

from rpc.faults import user_error, value_error

DEEPEST = 100
MOST_IDS = 200_000
MOST_LEAVES = 20_000
MOST_FRAMES = 300  # tables in one statement, one for each link that a domain follows
MOST_FOUND = 1_000_000  # ids that one search answers
MOST_ROWS = 250_000  # rows that one call reads
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


def require_few_frames(frames: int) -> None:
    """Refuse a statement over more tables than the database could plan for in good time."""
    if frames > MOST_FRAMES:
        raise value_error(f"Domain() malformed domain: it follows more than {MOST_FRAMES} links")


def require_few_rows(found: Sized, most: int) -> None:
    """Refuse a page that has no end."""
    if len(found) > most:
        raise user_error(
            f"This would be more than {most} records. Ask for them in pages, by offset and limit."
        )
