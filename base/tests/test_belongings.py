"""What a module is known by, and what goes with it that others have kept: searches, columns, imports, wizards."""

import pytest
from django.conf import settings

from base.lifecycle import belongings, previews
from base.models import (
    Attachment,
    ColumnChoice,
    Favourite,
    ImportBatch,
    ImportedRow,
    JobRun,
    Module,
    ModuleOperation,
)
from base.modules import installed
from rpc.models import Wizard
from rpc.registry import everything as nouns
from web.screens.registry import everything as screens

pytestmark = pytest.mark.django_db
GOES = {"screens": ["fleet"], "nouns": ["fleet.vehicle", "fleet.sale"]}


@pytest.fixture
def kept(db):
    """What people keep of a screen that goes, and of two that stay; answers what stays."""
    stay = [("fleets", "fleet.vehicle.kind"), ("contacts", "res.partner")]
    for screen, noun in (("fleet", "fleet.vehicle"), *stay):
        for part in (screen, f"{screen}#export"):
            Favourite.objects.create(screen=part, name="Mine", user_id=2, model=noun)
        ColumnChoice.objects.create(screen=screen, columns="name", user_id=2)
        file = Attachment.objects.create(
            name=f"{screen}.csv", kind="url", url="https://example.com"
        )
        run = JobRun.objects.create(task="web.take_in")
        batch = ImportBatch.objects.create(screen=screen, noun=noun, file=file, run=run)
        ImportedRow.objects.create(batch=batch, row_id=1)
    # Kept on a screen of another module's that shows the noun.
    Favourite.objects.create(screen="contacts", name="Theirs", user_id=2, model="fleet.vehicle")
    for noun in ("fleet.sale", "res.users.identitycheck"):
        Wizard.objects.create(model=noun, user_id=2)
    return [screen for screen, _noun in stay]


def test_whatever_is_declared_belongs_to_a_module():
    told = [belongings.names_of(config.label) for config in installed()]
    assert sorted(name for names in told for name in names["nouns"]) == sorted(
        noun.name for noun in nouns()
    )
    assert sorted(key for names in told for key in names["screens"]) == sorted(
        screen.key for screen in screens()
    )
    assert {"contacts", "users"} <= set(belongings.names_of("base")["screens"])
    assert "ir.module.module" in belongings.names_of("base")["nouns"]


def test_what_modules_are_known_by_is_written_down_at_their_installation():
    for config in installed():
        assert Module.objects.get(name=config.label).names == belongings.names_of(config.label)


def test_what_people_keep_goes_with_the_module_and_nothing_else(kept):
    belongings.forget(GOES)
    parts = [part for screen in kept for part in (screen, f"{screen}#export")]
    assert sorted(Favourite.objects.values_list("screen", flat=True)) == sorted(parts)
    assert sorted(ColumnChoice.objects.values_list("screen", flat=True)) == sorted(kept)
    assert sorted(ImportBatch.objects.values_list("screen", flat=True)) == sorted(kept)
    assert ImportedRow.objects.count() == JobRun.objects.filter(task="web.take_in").count() == 2
    files = Attachment.objects.filter(name__endswith=".csv").values_list("name", flat=True)
    assert sorted(files) == sorted(f"{screen}.csv" for screen in kept)
    assert [row.model for row in Wizard.objects.all()] == ["res.users.identitycheck"]


def test_nothing_is_forgotten_for_a_module_that_is_known_by_nothing(kept):
    belongings.forget({})
    assert Favourite.objects.count() == 7


def test_a_preview_counts_what_people_keep_even_when_the_code_is_gone(kept):
    Module.objects.create(name="fleet", state="installed", version="1", names=GOES)
    found = previews.preview(["fleet"])
    assert found.about == {
        "base.favourite": 3,
        "base.columnchoice": 1,
        "base.importbatch": 1,
        "rpc.wizard": 1,
    }
    assert not ModuleOperation.objects.exists()
    assert "fleet" not in settings.IN_HOUSE
