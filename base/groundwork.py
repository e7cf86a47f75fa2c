"""What the database must know beside its tables: extensions, text without accents for indexes, and that triggers
are the law."""

from typing import Any

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import connections, migrations

UNACCENT = """
CREATE OR REPLACE FUNCTION niaga_unaccent(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$
"""

# pgtrigger asks this function at the head of every trigger whether the session wishes to ignore it. Its own version
# opens a subtransaction for the question, which made each row slower the more rows a transaction had written, and
# lets whoever can set a parameter write past the rules. Here the answer is no, known beforehand.
NEVER_IGNORED = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT false $$
"""

GROUNDWORK = [
    TrigramExtension(),
    UnaccentExtension(),
    BtreeGistExtension(),
    migrations.RunSQL(UNACCENT, "DROP FUNCTION IF EXISTS niaga_unaccent(text)"),
]


def never_ignore_triggers(*, using: str, **_signal: Any) -> None:
    """Put our version in place again after every migration: those that add a trigger bring pgtrigger's own."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('public._pgtrigger_should_ignore')")
        if cursor.fetchone()[0] is not None:
            cursor.execute(NEVER_IGNORED)
