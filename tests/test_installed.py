"""Which modules a process runs: asked of the database before Django starts."""

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from base.modules import installed
from erpsite.installed import EXACTLY, Chosen, chosen
from tests.aside import Aside

KERNEL, IN_HOUSE = settings.KERNEL, settings.IN_HOUSE
PRESENT = frozenset(config.label for config in installed())  # the suite also runs without some


@pytest.fixture
def aside(tmp_path, django_db_setup):
    aside = Aside(tmp_path)
    yield aside
    aside.close()


@pytest.fixture(autouse=True)
def nothing_asked_for(monkeypatch):
    monkeypatch.delenv(EXACTLY, raising=False)


def test_a_database_that_does_not_answer_gives_what_a_new_one_begins_with():
    found = chosen("postgresql://niaga@/niaga?host=/nowhere", KERNEL, IN_HOUSE, ["crm"])
    assert (found.labels, found.generation) == (frozenset([*KERNEL, "crm"]), None)


def test_the_database_says_which_modules_there_are(aside):
    aside.ask("UPDATE base_module SET state = 'uninstalled' WHERE name = 'hr' RETURNING id")
    found = chosen(aside.url, KERNEL, IN_HOUSE, ["hr"])
    assert found.labels == PRESENT - {"hr"}
    assert (found.generation, found.lost) == (0, frozenset())
    assert "hr.apps.HrConfig" not in found.paths


def test_a_module_whose_code_is_gone_is_left_out(aside):
    with psycopg.connect(aside.url, autocommit=True) as line:
        line.execute(
            "INSERT INTO base_module (name, title, summary, icon, path, package, requires, is_bridge, is_application,"
            " state, version, code_version, tables, jobs, names, wire_name)"
            " VALUES ('gone', '', '', '', 'gone.apps.X', 'gone', '[]', false, false, 'installed', '1', '1', '[]', '[]', '{}', '')"
        )
    found = chosen(aside.url, KERNEL, IN_HOUSE, [])
    assert found.lost == {"gone"}
    assert found.labels == PRESENT


def test_a_name_that_means_nothing_is_told():
    with pytest.raises(ImproperlyConfigured, match="There is no module nonsense here"):
        chosen("postgresql:///x?host=/nowhere", KERNEL, IN_HOUSE, ["nonsense"])


def test_exactly_means_exactly(monkeypatch, aside):
    monkeypatch.setenv(EXACTLY, "hr")
    found = chosen(aside.url, KERNEL, IN_HOUSE, ["crm"])
    assert isinstance(found, Chosen)
    assert (found.labels, found.generation) == (frozenset([*KERNEL, "hr"]), None)
