"""What docs/screens.md tells to type works as it stands there."""

import re

import pytest
from django.conf import settings

from web.screens import Place, Screen, group, registry

TEXT = (settings.BASE_DIR / "docs" / "screens.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def told():
    """The declaration of the tutorial, made as a module would make it."""
    before = dict(registry._screens)
    [block] = [one for one in BLOCKS if one.startswith("# fleet/screens.py")]
    exec(compile(block, "screens.md", "exec"), {"_": str})
    yield registry.find("vehicles")
    registry._screens.clear()
    registry._screens.update(before)


def test_the_tutorial_s_screen_is_declared_as_it_says(told):
    assert isinstance(told, Screen)
    assert [one.name for one in told.columns if one.is_shown] == (
        ["plate", "kind_id", "driver_id", "tax_due_date", "state"]
    )
    assert [one.name for one in told.form.places] == (
        ["plate", "kind_id", "driver_id", "tax_due_date", "notes"]
    )
    assert [one.verb for one in told.form.buttons] == ["action_renew_tax"]


def test_words_and_a_place_in_full_are_one_group():
    [block] = [one for one in BLOCKS if one.startswith("group(")]
    names = {"group": group, "Place": Place, "_": str}
    found = eval(block, names)
    assert [one.name for one in found.fields] == ["street", "city", "country_id", "state_id"]
    assert found.fields[-1].domain == [["country_id", "=", "{country_id}"]]
