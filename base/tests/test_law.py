"""The rules of the database hold for every session, and cost the same for the first row and the last."""

import pytest
from django.db import IntegrityError, connection

from base.models import Partner

pytestmark = pytest.mark.django_db


def test_no_session_can_have_triggers_ignored():
    parent = Partner.objects.create(name="Parent", is_company=True)
    child = Partner.objects.create(name="Child", parent=parent)
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(tgname::text) FROM pg_trigger WHERE NOT tgisinternal")
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', %s::text, true)", [cursor.fetchone()[0]]
        )
    with pytest.raises(IntegrityError):
        Partner.objects.filter(pk=parent.pk).update(parent=child)


def test_asking_whether_to_ignore_a_trigger_opens_no_subtransaction():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.lanname, p.provolatile FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang"
            " WHERE p.proname = '_pgtrigger_should_ignore'"
        )
        assert cursor.fetchall() == [("sql", "i")]
