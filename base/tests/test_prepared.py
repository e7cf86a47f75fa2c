"""Statements that the database keeps prepared."""

import pytest

from base.prepared import rows

pytestmark = pytest.mark.django_db
BY_ID = "SELECT 'by id' FROM base_partner WHERE id = $1"
BY_TEXT = "SELECT 'by text' FROM base_partner WHERE name LIKE $1"


def test_what_looks_for_a_text_is_planned_for_that_text():
    for _time in range(3):
        rows(BY_ID, [1])
        rows(BY_TEXT, ["a%"])
    kept = [sql for (sql,) in rows("SELECT statement FROM pg_prepared_statements")]
    assert BY_ID in kept
    assert BY_TEXT not in kept
