"""`makemigrations`, with first migrations in one piece: see `base.folding`."""

from typing import Any

from django.core.management.commands import makemigrations

from base.folding import folded


class Command(makemigrations.Command):
    """Django's command; a first migration makes each table with its constraints, indexes and triggers at once."""

    def write_migration_files(self, changes: Any, *args: Any, **options: Any) -> None:
        """Fold the first migration of each app, then write."""
        for migrations in changes.values():
            for migration in migrations:
                if migration.initial:
                    migration.operations = folded(migration.operations)
        super().write_migration_files(changes, *args, **options)
