"""`restore`: takes a backup back, into a database of its own or in place of the one in use."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from base.actors import Actor
from base.errors import ERPError
from base.services import backups, restoring


class Command(BaseCommand):
    """Restore a backup."""

    help = "Take a backup back. Without --into, in place of the database in use, which nobody may be using then."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument(
            "backup", help="its name, as `backup --list` says it, or the path of its folder"
        )
        parser.add_argument("--into", help="a new database beside the one in use")
        parser.add_argument(
            "--replace", action="store_true", help="drop what the database holds now"
        )
        parser.add_argument(
            "--still", action="store_true", help="a copy that sends no mail and runs no jobs"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and say what is there now."""
        database = options["into"] or settings.DATABASES["default"]["NAME"]
        try:
            rows = restoring.restore(
                backups.named(options["backup"]),
                database,
                by=Actor.system(door="shell"),
                replace=options["replace"],
                still=options["still"],
            )
        except ERPError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{database}: {sum(rows.values())} rows in {len(rows)} tables, as in the backup"
        )
