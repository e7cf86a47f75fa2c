"""`backup`: backs up the database and the files now, or lists what there is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from base.actors import Actor
from base.errors import ERPError
from base.services import backups


class Command(BaseCommand):
    """Make a backup, or list them."""

    help = "Back up the database and the files, while the house works. With --list, say what backups there are."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("--list", action="store_true", help="say what backups there are")
        parser.add_argument(
            "--forget-old", action="store_true", help="delete those that had their time"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and say where it lies."""
        house = Actor.system(door="shell")
        if options["list"]:
            for backup in backups.made():
                self.stdout.write(f"{backup.name}  {backup.size / 2**20:9.1f} MB  {backup.path}")
            return
        try:
            made = backups.make(by=house, at=timezone.now())
        except ERPError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{made.path}  {made.size / 2**20:.1f} MB, {sum(made.rows.values())} rows"
        )
        if options["forget_old"]:
            for name in backups.forget_old(by=house, now=timezone.now()):
                self.stdout.write(f"{name}  deleted")
