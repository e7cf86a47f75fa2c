"""Small modules made by hand, for tests that need them slow, broken or in company: written where pip would have put them."""

from textwrap import dedent

APPS = """
from base.modules import Manifest, ModuleConfig


class Config(ModuleConfig):
    name = "{name}"
    verbose_name = "{name}"
    manifest = Manifest(version="{version}", summary="Made by hand", requires={requires!r}, seeds={seeds!r}, demo={demo!r}, is_bridge={bridge})
"""
MODELS = """
from django.db import models


class Thing(models.Model):
    company_path = None
    name = models.CharField(max_length=40)
"""
MIGRATION = """
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    {atomic}
    dependencies = []
    operations = [
        migrations.CreateModel(
            "Thing",
            [("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)), ("name", models.CharField(max_length=40))],
        )
    ]
"""
SEEDS = """
import time
from pathlib import Path

from base.seeds import upsert
from {name}.models import Thing


def load():
    upsert(Thing, "{name}", {{"first": {{"name": "first"}}}})
    {then}


def demo():
    upsert(Thing, "demo", {{"{name}": {{"name": "tried out"}}}})
"""
HOLD = """
    hold = Path(__file__).with_name("hold")
    Path(__file__).with_name("reached").touch()
    while hold.exists():
        time.sleep(0.05)
"""
TASKS = """
import time

from base import jobs


@jobs.job("{name}.sleep")
def sleep(*, seconds, by):
    time.sleep(seconds)
"""


def module(
    site, name, *, version="1.0", requires=("base",), then="pass", atomic="", apps="", bridge=False
):
    """Write a package with one module into a directory on the path; answers its folder.

    `then` is code that its seed ends with; `HOLD` waits for as long as there is a file `hold` in the folder.
    """
    folder = site / name
    (folder / "migrations").mkdir(parents=True, exist_ok=True)
    told = {
        "name": name,
        "version": version,
        "requires": tuple(requires),
        "seeds": (f"{name}.seeds.load",),
        "demo": (f"{name}.seeds.demo",),
        "bridge": bridge,
    }
    files = {
        "__init__.py": "",
        "apps.py": apps or APPS.format(**told),
        "models.py": MODELS,
        "seeds.py": SEEDS.format(name=name, then=then.strip()),
        "tasks.py": TASKS.format(name=name),
        "migrations/__init__.py": "",
        "migrations/0001_initial.py": MIGRATION.format(atomic=atomic),
    }
    for file, text in files.items():
        (folder / file).write_text(dedent(text).lstrip())
    info = site / f"{name}-{version}.dist-info"
    for older in site.glob(f"{name}-*.dist-info"):
        (older / "METADATA").unlink()
        (older / "entry_points.txt").unlink()
        older.rmdir()
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[erp.modules]\n{name} = {name}.apps:Config\n")
    return folder
