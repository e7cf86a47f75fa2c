"""Verbs: permitted, all or nothing, written down once."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from base.actors import Actor
from base.dates import known_zone
from base.errors import AccessDenied
from base.models import Change, Role, VerbRun
from base.verbs import verb

pytestmark = pytest.mark.django_db


@verb("base.add_role")
def tag(name, *, by):
    return Role.objects.create(name=name)


@verb("base.add_role")
def tag_twice(name, *, by):
    return [tag(name, by=by), tag(f"{name} again", by=by)]


@verb("base.add_role")
def tag_and_fail(name, *, by):
    tag(name, by=by)
    raise ZeroDivisionError


@pytest.fixture
def house():
    return Actor.system(door="job")


def test_verb_writes_one_run_with_actor_and_door(house):
    before = VerbRun.objects.count()

    tag_twice("Gold", by=house)

    run = VerbRun.objects.latest("id")
    assert VerbRun.objects.count() == before + 1
    assert (run.user_id, run.door, run.verb) == (1, "job", "base.tests.test_verbs.tag_twice")
    assert {change.operation for change in run.changes.all()} == {"I"}
    assert run.changes.count() == 2


def test_verb_refuses_who_lacks_the_permission_and_writes_nothing(house):
    nobody = replace(house, user_id=2, is_superuser=False)
    before = VerbRun.objects.count()

    with pytest.raises(AccessDenied):
        tag("Gold", by=nobody)

    assert VerbRun.objects.count() == before
    assert not Role.objects.filter(name="Gold").exists()


def test_verb_that_fails_leaves_nothing_behind(house):
    before = VerbRun.objects.count()

    with pytest.raises(ZeroDivisionError):
        tag_and_fail("Gold", by=house)

    assert VerbRun.objects.count() == before
    assert not Role.objects.filter(name="Gold").exists()


def test_changes_keep_old_and_new_values_of_what_changed(house):
    gold = tag("Gold", by=house)

    Role.objects.filter(pk=gold.pk).update(sequence=3, is_portal=True)

    change = Change.objects.filter(model="base_role", row_id=gold.pk, operation="U").get()
    assert change.old == {"sequence": 100, "is_portal": False}
    assert change.new == {"sequence": 3, "is_portal": True}


def test_changes_by_raw_sql_are_remembered_too(house):
    gold = tag("Gold", by=house)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM base_role WHERE id = %s", [gold.pk])

    change = Change.objects.filter(model="base_role", row_id=gold.pk, operation="D").get()
    assert change.old["name_en"] == "Gold"


def test_authorship_is_kept_by_the_database(house):
    gold = tag("Gold", by=replace(house, user_id=2))

    gold.refresh_from_db()
    assert (gold.created_by_id, gold.changed_by_id) == (2, 2)


@pytest.mark.parametrize("name", ["Asia/Moon", "../etc/passwd", "Jakarta time"])
def test_known_zone_refuses_what_is_no_time_zone(name):
    with pytest.raises(ValidationError):
        known_zone(name)


def test_known_zone_lets_time_zones_pass():
    for name in ("Asia/Jakarta", "UTC", "Europe/Brussels"):
        assert known_zone(name) is None
