"""`makemigrations`, with first migrations in one piece (see `base.folding`), also for modules that are not installed yet."""

import subprocess
import sys
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import makemigrations

from base.errors import ERPError
from base.folding import folded
from base.lifecycle import plans
from base.lifecycle.catalogue import refresh
from base.lifecycle.processes import surroundings


class Command(makemigrations.Command):
    """Django's command; a first migration makes each table with its constraints, indexes and triggers at once."""

    def handle(self, *app_labels: str, **options: Any) -> None:
        """Write them, in an interpreter of its own where a module is named whose code is here but not installed."""
        absent = [label for label in app_labels if label not in apps.app_configs]
        if not absent:
            super().handle(*app_labels, **options)
            return
        try:
            labels = settings.MODULES.labels | set(plans.to_install(absent, refresh()))
        except ERPError as refusal:
            raise CommandError(str(refusal)) from None
        again = [sys.executable, "-P", "-m", "django", *sys.argv[1:]]
        done = subprocess.run(again, env=surroundings(labels), check=False)
        if done.returncode:
            raise CommandError("No migrations were written.", returncode=done.returncode)

    def write_migration_files(self, changes: Any, *args: Any, **options: Any) -> None:
        """Fold the first migration of each app, then write."""
        for migrations in changes.values():
            for migration in migrations:
                if migration.initial:
                    migration.operations = folded(migration.operations)
        super().write_migration_files(changes, *args, **options)
