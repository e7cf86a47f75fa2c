"""What the launcher asks of Django, several commands in one process: starting Django costs more than most of them.

`python -m erpsite.launch.inside messages migrate seed`
"""

import json
import os
import re
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from erpsite.launch.console import say
from erpsite.launch.lean import lean_migrations

_FINGERPRINT = re.compile(r"\.[0-9a-f]{12}(\.[^./]+)?$")

COMMANDS: dict[str, tuple[list[str], dict[str, Any], str]] = {
    "messages": (["messages"], {"compile": True}, "translations compiled"),
    "migrate": (["migrate"], {"interactive": False}, "tables made"),
    "seed": (["seed"], {}, "well-known records written"),
    "recover": (["modules", "recover"], {}, "what was interrupted is finished"),
    "upgrade": (["modules", "upgrade", "--all"], {}, "modules brought up to their code"),
    "demo": (["demo"], {}, "demo company made"),
    "static": (["collectstatic"], {"interactive": False}, "browser files collected"),
}


def main(steps: Sequence[str]) -> None:
    """Run the named steps in the order given."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "erpsite.settings"
    django.setup()
    for step in steps:
        command, options, done = COMMANDS[step]
        begun = time.monotonic()
        with lean_migrations() if step == "migrate" and _is_new() else nullcontext():
            call_command(*command, verbosity=0, **options)
        if step == "static":
            prune(Path(settings.STATIC_ROOT))
        say(f"{done} ({time.monotonic() - begun:.1f} s)")


def prune(root: Path) -> None:
    """Delete collected files of modules that are not installed any more; former versions of the others stay."""
    manifest = root / "staticfiles.json"
    if not manifest.exists():
        return
    known = set(json.loads(manifest.read_text())["paths"])
    for path in sorted(root.rglob("*")):
        if path.is_file() and path != manifest and _plain_name(path, root) not in known:
            path.unlink()
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _plain_name(path: Path, root: Path) -> str:
    """The name that a file was collected under, without its fingerprint and how it is compressed."""
    name = path.relative_to(root).as_posix()
    for ending in (".gz", ".br"):
        name = name.removesuffix(ending)
    return _FINGERPRINT.sub(r"\1", name)


def _is_new() -> bool:
    return MigrationRecorder.Migration._meta.db_table not in connection.introspection.table_names()


if __name__ == "__main__":
    main(sys.argv[1:])
