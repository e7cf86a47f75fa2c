"""Numbers without gaps: counter rows, many in one statement, taken as the last thing before commit."""

from collections.abc import Mapping

from django.db import connection

TAKE = """
INSERT INTO base_counter AS counter (key, value)
SELECT key, amount FROM unnest(%s::text[], %s::bigint[]) AS wanted(key, amount) ORDER BY key
ON CONFLICT (key) DO UPDATE SET value = counter.value + excluded.value
RETURNING key, value
"""


def take(wanted: Mapping[str, int]) -> dict[str, range]:
    """Take the next numbers of any number of counters in one query.

    `wanted` maps counter keys to how many numbers are needed; the answer maps each key to a range of them,
    beginning at 1. A counter row stays locked until commit, so take numbers last; keys are locked in order, so
    that two takers never wait for each other in a circle. A rolled-back transaction gives its numbers back.
    """
    if not wanted:
        return {}
    keys = sorted(wanted)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [keys, [wanted[key] for key in keys]])
        taken = dict(cursor.fetchall())
    return {key: range(taken[key] - wanted[key] + 1, taken[key] + 1) for key in keys}
