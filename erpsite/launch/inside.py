"""What the launcher asks of Django, several commands in one process: starting Django costs more than most of them.

`python -m erpsite.launch.inside messages migrate seed`
"""

import os
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from erpsite.launch.console import say
from erpsite.launch.lean import lean_migrations

COMMANDS: dict[str, tuple[str, dict[str, Any], str]] = {
    "messages": ("messages", {"compile": True}, "translations compiled"),
    "migrate": ("migrate", {"interactive": False}, "tables made"),
    "seed": ("seed", {}, "well-known records written"),
    "demo": ("demo", {}, "demo company made"),
    "static": ("collectstatic", {"interactive": False}, "browser files collected"),
}


def main(steps: Sequence[str]) -> None:
    """Run the named steps in the order given."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "erpsite.settings"
    django.setup()
    for step in steps:
        command, options, done = COMMANDS[step]
        begun = time.monotonic()
        with lean_migrations() if step == "migrate" and _is_new() else nullcontext():
            call_command(command, verbosity=0, **options)
        say(f"{done} ({time.monotonic() - begun:.1f} s)")


def _is_new() -> bool:
    return MigrationRecorder.Migration._meta.db_table not in connection.introspection.table_names()


if __name__ == "__main__":
    main(sys.argv[1:])
