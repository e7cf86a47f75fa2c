"""`modules`: list, install, upgrade and uninstall modules from the command line, with the house running or not."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from base.actors import Actor
from base.errors import ERPError
from base.lifecycle import conductor, kernel, plans, recovery
from base.lifecycle.catalogue import refresh
from base.lifecycle.processes import run
from base.lifecycle.refusals import NothingToDo, OperationUnderWay
from base.models import ModuleOperation
from base.modules import installed
from base.services import modules

REFUSED, BUSY = 1, 3
Kind = ModuleOperation.Kind


class Command(BaseCommand):
    """Module after module, each wholly or not at all."""

    help = (
        "List, install, upgrade and uninstall modules. Ends with 0 when done, 1 when refused or failed, 3 when another "
        "operation is under way."
    )
    requires_system_checks = []  # an applier checks what it is about to install

    def add_arguments(self, parser: CommandParser) -> None:
        """One deed, and what it is done to."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        listed = deeds.add_parser("list", help="all modules, and what is the matter with them")
        listed.add_argument("--json", action="store_true", help="for programs")
        deeds.add_parser("info", help="one module").add_argument("name")
        install = deeds.add_parser("install", help="with what they require")
        install.add_argument("names", nargs="+")
        install.add_argument("--demo", action="store_true", help="and make their demo data")
        upgrade = deeds.add_parser("upgrade", help="all that are behind their code, or those named")
        upgrade.add_argument("names", nargs="*")
        upgrade.add_argument("--all", action="store_true", help="those too that are not behind")
        deeds.add_parser("preview", help="what uninstalling would take along").add_argument(
            "names", nargs="+"
        )
        uninstall = deeds.add_parser("uninstall", help="after an export of their rows")
        uninstall.add_argument("names", nargs="+")
        uninstall.add_argument("--yes", action="store_true", help="do not ask")
        recover = deeds.add_parser("recover", help="finish or undo what was interrupted")
        recover.add_argument("--quiet", action="store_true", help="say nothing where all is well")
        deeds.add_parser("carry-out", help="an operation that was asked for").add_argument("number")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the deed."""
        deeds: dict[str, Callable[[dict[str, Any]], None]] = {
            "list": self._list,
            "info": self._info,
            "install": self._install,
            "upgrade": self._upgrade,
            "preview": self._preview,
            "uninstall": self._uninstall,
            "recover": self._recover,
            "carry-out": self._carry_out,
        }
        try:
            deeds[options["deed"]](options)
        except OperationUnderWay as busy:
            raise CommandError(str(busy), returncode=BUSY) from None
        except ERPError as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from None

    def _list(self, options: dict[str, Any]) -> None:
        cards = modules.listing()
        if options["json"]:
            self.stdout.write(json.dumps([_plain(card) for card in cards], indent=2))
            return
        width = max(len(card.name) for card in cards)
        for card in cards:
            self.stdout.write(f"{card.name:{width}}  {_state(card):32}  {card.summary}")
            if card.trouble:
                self.stderr.write(f"{'':{width}}  {card.trouble}")

    def _info(self, options: dict[str, Any]) -> None:
        card = modules.card(options["name"])
        if card is None:
            raise CommandError(f"There is no module {options['name']}.", returncode=REFUSED)
        for name, value in _plain(card).items():
            shown = ", ".join(value) if isinstance(value, list | tuple) else value
            self.stdout.write(f"{name:14} {shown}")

    def _install(self, options: dict[str, Any]) -> None:
        if options["demo"] and not settings.DEMO:
            raise CommandError(
                "This is no demo database. Demo data is not for books that people keep.",
                returncode=REFUSED,
            )
        self._finish_what_was_left()
        wanted = plans.to_install(options["names"], refresh())
        self.stdout.write(f"Installing {', '.join(wanted)} …")
        self._do(Kind.INSTALL, options["names"])
        if options["demo"] and run("demo", *wanted):
            raise CommandError(
                "They are installed, but their demo data could not be made.", returncode=REFUSED
            )

    def _upgrade(self, options: dict[str, Any]) -> None:
        done = kernel.upgrade()
        self._finish_what_was_left()
        if done:
            self.stdout.write(f"Upgraded {', '.join(done)}.")
        names = [config.label for config in installed()] if options["all"] else options["names"]
        try:
            wanted = plans.to_upgrade(names, refresh())
        except NothingToDo:
            if not done:
                self.stdout.write("Every installed module is as its code is.")
            return
        self.stdout.write(f"Upgrading {', '.join(wanted)} …")
        self._do(Kind.UPGRADE, wanted)

    def _preview(self, options: dict[str, Any]) -> None:
        self._show(modules.preview(options["names"]))

    def _uninstall(self, options: dict[str, Any]) -> None:
        self._finish_what_was_left()
        seen = modules.preview(options["names"])
        self._show(seen)
        if not seen.is_allowed:
            raise CommandError("Nothing was uninstalled.", returncode=REFUSED)
        if not options["yes"] and input("Uninstall them? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was uninstalled.", returncode=REFUSED)
        self._do(Kind.UNINSTALL, seen.modules)

    def _recover(self, options: dict[str, Any]) -> None:
        found = recovery.recover()
        if found:
            self._tell_left(found)
        elif not options["quiet"]:
            self.stdout.write("Nothing was left half done.")

    def _carry_out(self, options: dict[str, Any]) -> None:
        self._tell(conductor.carry_out(int(options["number"])))

    def _do(self, kind: str, names: list[str]) -> None:
        operation = modules.begin(kind, names, by=Actor.system(door="shell"))
        self._tell(conductor.carry_out(operation.pk))

    def _finish_what_was_left(self) -> None:
        found = recovery.recover()
        if found:
            self._tell_left(found)

    def _tell_left(self, operation: ModuleOperation) -> None:
        """What became of an operation that was interrupted; that it failed is no failure of ours."""
        self.stdout.write(f"An operation had been interrupted: {operation}")
        try:
            self._tell(operation)
        except CommandError as failure:
            self.stderr.write(str(failure))

    def _tell(self, operation: ModuleOperation) -> None:
        finished = ", ".join(operation.finished_names)
        if operation.export:
            self.stdout.write(f"Its rows are kept in {operation.export}")
        for note in operation.notes:
            self.stdout.write(
                f"{note['record']} ({note['model']}) stays, because something uses it."
            )
        for one in operation.differences:
            self.stdout.write(
                f"{one['name']} ({one['record']}): {one['field']} stays {one['yours']!r}; the module has {one['seed']!r}."
            )
        if operation.state == ModuleOperation.State.FAILED:
            done = f" Done before: {finished}." if finished else ""
            raise CommandError(f"{operation.error}{done}", returncode=REFUSED)
        self.stdout.write(f"{operation.get_kind_display()}: {finished or 'nothing'}. Done.")

    def _show(self, seen: modules.Preview) -> None:
        self.stdout.write(
            f"{', '.join(seen.modules)}: {seen.tables} tables with {seen.total} rows would go."
        )
        for table, count in seen.rows.items():
            self.stdout.write(f"  {table:48} {count:>9}")
        for noun, count in {**seen.about, **seen.shared}.items():
            self.stdout.write(f"  and of {noun:41} {count:>9}")
        for pointer in seen.pointers:
            self.stdout.write(f"  {pointer.table}.{pointer.column} refers to it: {pointer.rows}")
        self.stdout.write(
            f"  {seen.roles} roles, held by {seen.people} people; {seen.schedules} schedules, {seen.job_runs} runs of jobs"
        )
        for refusal in seen.refusals:
            self.stderr.write(self.style.ERROR(refusal))


def _state(card: modules.Card) -> str:
    if not card.is_installed:
        return f"not installed ({card.code_version})" if card.code_version else "gone"
    if card.is_outdated:
        return f"installed {card.version}, code {card.code_version}"
    return f"installed {card.version}"


def _plain(card: modules.Card) -> dict[str, Any]:
    return {name: getattr(card, name) for name in card.__dataclass_fields__}
