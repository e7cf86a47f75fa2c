"""`seed`: writes the roles, well-known rows and schedules of every installed module. Run it as often as you like."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from base.lifecycle.arrival import seed
from base.modules import installed


class Command(BaseCommand):
    """Load seeds, each module after those it requires, all or none: a new database has all its modules or no module."""

    help = "Write the well-known rows of every installed module. Rows that a user has edited stay as they are."

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        """Seed every module."""
        for config in installed():
            seed(config)
            if options["verbosity"] > 0:
                self.stdout.write(f"{config.label}: seeded")
