"""Any module may be absent, and all of them: the house starts, and nothing in it asks for what is not there."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from erpsite.launch.places import ROOT

pytestmark = pytest.mark.once

ABSENT = [{name} for name in settings.IN_HOUSE] + [set(settings.IN_HOUSE)]

LOOK_AROUND = """
import json
import django
django.setup()
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from base.modules import installed
from rpc.registry import everything

call_command("check", fail_level="WARNING")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
admin.autodiscover()
exposed = {exposure.name for exposure in everything()}
menu = [entry for config in installed() for entry in config.manifest.menu]
print(json.dumps({
    "modules": sorted(config.label for config in installed()),
    "contacts are exposed": "res.partner" in exposed,
    "first page": [reverse(entry.url, kwargs=entry.kwargs) for entry in menu][0],
}))
"""


@pytest.mark.parametrize("absent", ABSENT, ids=lambda names: "-".join(sorted(names)))
def test_the_house_starts_without(absent):
    present = [name for name in settings.IN_HOUSE if name not in absent]
    hidden = {"PYTEST_VERSION", "PYTEST_XDIST_WORKER"}
    started = subprocess.run(
        [sys.executable, "-c", LOOK_AROUND],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if name not in hidden},
            "DJANGO_SETTINGS_MODULE": "erpsite.settings",
            "_NIAGA_MODULES": ",".join(present),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    assert json.loads(started.stdout.splitlines()[-1]) == {
        "modules": sorted([*settings.KERNEL, *present]),
        "contacts are exposed": True,
        "first page": "/contacts/",
    }
