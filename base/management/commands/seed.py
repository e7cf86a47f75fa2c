"""`seed`: writes the roles, well-known rows and schedules of every installed module. Run it as often as you like."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.module_loading import import_string

from base.modules import ModuleConfig, installed
from base.schedules import load_schedules
from base.seeds import load_roles


class Command(BaseCommand):
    """Load seeds, each module after those it requires, each in one transaction."""

    help = "Write the well-known rows of every installed module. Rows that a user has edited stay as they are."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seed every module."""
        for config in installed():
            seed(config)
            if options["verbosity"] > 0:
                self.stdout.write(f"{config.label}: seeded")


@transaction.atomic
def seed(config: ModuleConfig) -> None:
    """Load the roles, seeds and schedules of one module."""
    load_roles(config)
    for path in config.manifest.seeds:
        import_string(path)()
    load_schedules(config)
