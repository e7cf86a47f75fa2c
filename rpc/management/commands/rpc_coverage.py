"""`rpc_coverage`: says what of the contract is not exposed to programs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rpc.coverage import Gap, compare, facts, general_gap


class Command(BaseCommand):
    """Compare what is exposed with what clients know: nouns, fields, types, required fields and methods."""

    help = "Compare what programs may use with the nouns, fields and methods that clients know."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which nouns, compared with what, and how much must be there."""
        parser.add_argument(
            "--module", default="", help="only the nouns of a module: base, accounting …"
        )
        parser.add_argument("--model", default="", help="only one noun, such as res.partner")
        parser.add_argument(
            "--reference", type=Path, help="a JSON file of nouns and fields to compare with"
        )
        parser.add_argument(
            "--minimum", type=int, default=0, help="fail below this percentage of fields"
        )
        parser.add_argument("--short", action="store_true", help="one line for each noun")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each noun with what is absent; fail when there is less than the minimum."""
        known = facts(options["reference"])
        gaps = list(compare(known, module=options["module"], model=options["model"]))
        if not gaps:
            raise CommandError("The contract knows no such noun.")
        for gap in gaps:
            self._say(gap, short=options["short"])
        if general := general_gap(known):
            self.stdout.write(f"every noun: methods absent: {', '.join(general)}")
        fields, present = sum(gap.fields for gap in gaps), sum(gap.present for gap in gaps)
        nouns = sum(gap.is_exposed for gap in gaps)
        lacking = len(general) + sum(len(gap.methods) for gap in gaps)
        percent = 100 * present // max(fields, 1)
        self.stdout.write(
            f"{nouns} of {len(gaps)} nouns, {present} of {fields} fields ({percent} %); "
            f"{sum(gap.is_whole for gap in gaps)} nouns are whole, {lacking} methods are absent."
        )
        if percent < options["minimum"]:
            raise CommandError(f"{percent} % is less than {options['minimum']} %.")

    def _say(self, gap: Gap, *, short: bool) -> None:
        if not gap.is_exposed:
            self.stdout.write(f"{gap.name}: not exposed ({gap.fields} fields)")
            return
        percent = 100 * gap.present // max(gap.fields, 1)
        self.stdout.write(f"{gap.name}: {gap.present} of {gap.fields} fields ({percent} %)")
        if short:
            return
        for title, names in (
            ("absent", gap.absent),
            ("waits for", gap.waiting),
            ("differs", gap.differing),
            ("required", gap.stricter),
            ("methods absent", gap.methods),
        ):
            if names:
                self.stdout.write(f"    {title}: {', '.join(names)}")
