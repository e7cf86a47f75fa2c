"""Modules go without a trace and come back whole: the database says so itself."""

import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from tests.aside import Aside

pytestmark = [pytest.mark.slow, pytest.mark.lives]
EVERYTHING = sorted(settings.IN_HOUSE)


@pytest.fixture
def aside(tmp_path, django_db_setup):
    """A database with all modules, without demo."""
    aside = Aside(tmp_path)
    yield aside
    aside.close()


def left_of(catalogue, names):
    """What still bears the name of a module."""
    return sorted(
        line
        for line in catalogue
        if any(f" {name}{mark}" in line for name in names for mark in "._ ")
        and not line.startswith("module ")
    )


def test_uninstall_leaves_nothing_and_install_brings_everything_back(aside):
    before = aside.catalogue()
    aside.manage("modules", "uninstall", "--yes", *EVERYTHING)
    bare = aside.catalogue()
    assert left_of(bare, EVERYTHING) == []
    assert {line for line in bare if line.startswith("module ")} == {
        *(f"module {name} uninstalled " for name in EVERYTHING),
        *(f"module {name} installed 0.1.0" for name in settings.KERNEL),
    }
    aside.manage("modules", "install", *EVERYTHING)
    assert aside.catalogue() == before
    aside.manage("modules", "uninstall", "--yes", *EVERYTHING)
    assert aside.catalogue() == bare


def test_uninstall_keeps_every_row_in_the_export(aside):
    aside.ask("UPDATE crm_team SET name_en = 'Tim, \"Utara\"' RETURNING id")
    stages = aside.ask("SELECT count(*) FROM crm_stage")
    said = aside.manage("modules", "uninstall", "--yes", "crm")
    place = Path(said.split("Its rows are kept in ")[1].splitlines()[0])
    assert place.parent == aside.data / "exports"
    with zipfile.ZipFile(place) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        teams = archive.read("tables/crm_team.csv").decode()
    assert manifest["modules"] == [{"name": "crm", "version": "0.1.0", "package": ""}]
    assert manifest["migrations"] == ["crm.0001_initial"]
    assert manifest["rows"]["tables/crm_stage.csv"] == stages[0][0]
    assert '"Tim, ""Utara"""' in teams


def test_contacts_are_made_and_deleted_after_accounting_has_gone(aside):
    aside.manage("modules", "uninstall", "--yes", "accounting")
    said = aside.python(
        "from base.models import Partner\n"
        "from base.actors import Actor\n"
        "from base.services import records\n"
        "by = Actor.system(door='shell', company_ids=[1])\n"
        "[row] = records.create(Partner, [{'name': 'Toko Sebelah'}], by=by)\n"
        "print(records.delete(records.named(Partner, [row.pk]), by=by))\n"
        "from base.tasks import sweep\n"
        "print(sweep(by=Actor.system()) is not None)\n"
    )
    assert said.split() == ["1", "True"]
