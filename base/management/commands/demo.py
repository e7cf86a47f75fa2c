"""`demo`: makes the demo company with some months of history, or some modules' part of it. Only for trying things out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.module_loading import import_string

from base.actors import Actor
from base.audit import begin_run
from base.modules import installed


class Command(BaseCommand):
    """Load demo data, each module after those it requires, all of it or nothing."""

    help = (
        "Make the demo company. Needs NIAGA_DEMO=1, because its passwords are known to everybody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """All modules, or some."""
        parser.add_argument("modules", nargs="*", help="those whose demo data to make; else all")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the demo data of every module, or of those named."""
        if not settings.DEMO:
            raise CommandError(
                "Demo data comes with passwords that everybody knows. Set NIAGA_DEMO=1 to make it all the same."
            )
        for config in installed():
            if options["modules"] and config.label not in options["modules"]:
                continue
            for path in config.manifest.demo:
                begin_run(Actor.system(door="shell"), "demo")
                import_string(path)()
            if options["verbosity"] > 0 and config.manifest.demo:
                self.stdout.write(f"{config.label}: demo data made")
