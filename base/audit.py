"""Who did what: tells the database, for this transaction, on whose behalf the rows change."""

from django.db import connection

from base.actors import Actor

BEGIN = """
WITH run AS (
    INSERT INTO base_verbrun (user_id, verb, door, company_id, started_at)
    VALUES (%s, %s, %s, %s, clock_timestamp()) RETURNING id
)
SELECT set_config('niaga.run', id::text, true), set_config('niaga.user', %s, true) FROM run
"""


def begin_run(actor: Actor, verb: str) -> None:
    """Open a run of a verb: one row, and two settings of the transaction that the triggers read. One query.

    Call inside a transaction; the settings end with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            BEGIN, [actor.user_id, verb, actor.door, actor.company_id, str(actor.user_id)]
        )
