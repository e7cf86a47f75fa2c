"""Fixtures that every test may use: the database, and an empty cache."""

import os
from collections.abc import Iterator
from threading import get_ident
from typing import Any
from weakref import WeakSet

import pytest
from django.core.cache import cache
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from erpsite.testing.database import Clones

_DATABASE = {"db", "transactional_db", "live_server"}


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """One clone of the template for this process; a fresh one after every test that commits."""
    clones = Clones(os.environ["DATABASE_URL"])
    here = get_ident()
    # A browser's event loop gives this thread a second set of connections, which `connections` forgets with the loop.
    opened = WeakSet[BaseDatabaseWrapper]()

    def note(connection: BaseDatabaseWrapper, **_more: Any) -> None:
        if get_ident() == here:
            opened.add(connection)

    def renew(_case: TransactionTestCase | None = None) -> None:
        for connection in list(opened):
            connection.close()
        connections["default"].settings_dict["NAME"] = clones.take()

    connection_created.connect(note)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        renew()
        # Where Django would empty all tables. `TestCase` (tests that roll back) has its own and is not touched.
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield
        for connection in list(opened):
            connection.close()
        connection_created.disconnect(note)
        clones.close()


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Nothing remembered from the test before: rows of another clone may bear the same numbers."""
    if request.node.get_closest_marker("django_db") or _DATABASE.intersection(request.fixturenames):
        cache.clear()
