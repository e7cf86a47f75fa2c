"""What the database must know before its first table: extensions, and text without accents for indexes."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

UNACCENT = """
CREATE OR REPLACE FUNCTION niaga_unaccent(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$
"""

GROUNDWORK = [
    TrigramExtension(),
    UnaccentExtension(),
    BtreeGistExtension(),
    migrations.RunSQL(UNACCENT, "DROP FUNCTION IF EXISTS niaga_unaccent(text)"),
]
