"""`demo`: makes the demo company with some months of history. Only for trying the system out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from base.modules import installed


class Command(BaseCommand):
    """Load demo data, each module after those it requires, all of it or nothing."""

    help = (
        "Make the demo company. Needs NIAGA_DEMO=1, because its passwords are known to everybody."
    )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the demo data of every module."""
        if not settings.DEMO:
            raise CommandError(
                "Demo data comes with passwords that everybody knows. Set NIAGA_DEMO=1 to make it all the same."
            )
        for config in installed():
            for path in config.manifest.demo:
                import_string(path)()
            if options["verbosity"] > 0 and config.manifest.demo:
                self.stdout.write(f"{config.label}: demo data made")
