"""`manage.py messages`: extract, check and compile the translations."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.reloader import translation_file_changed

from base import catalogues

LANGUAGES = ("id",)


class Command(BaseCommand):
    """Keeps the translation catalogues in step with the code."""

    help = (
        "Extract texts into the catalogues, check that all are translated, or compile them for use."
    )
    requires_system_checks = []  # it must work before anything else does

    def add_arguments(self, parser: CommandParser) -> None:
        """One deed at a time."""
        deeds = parser.add_mutually_exclusive_group(required=True)
        deeds.add_argument("--extract", action="store_true", help="bring the catalogues up to date")
        deeds.add_argument("--check", action="store_true", help="fail when something is missing")
        deeds.add_argument("--compile", action="store_true", help="write the .mo files")
        parser.add_argument("--untranslated", action="store_true", help="list every missing text")
        parser.add_argument(
            "--at",
            type=Path,
            default=Path(settings.BASE_DIR),
            help="the folder of a module of your own that has its locale/ within; the house without it",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the one deed asked for."""
        root = options["at"].resolve()
        if options["compile"]:
            self._compile(root)
        elif options["extract"]:
            self._extract(root)
        else:
            self._check(root, options["untranslated"])

    def _compile(self, root: Path) -> None:
        for language, _domain, path in catalogues.catalogues(root, LANGUAGES):
            if path.exists() and catalogues.compiled(path, language):
                # What comes after in this process, such as seeds, speaks the new texts.
                translation_file_changed(None, path.with_suffix(".mo"))

    def _extract(self, root: Path) -> None:
        found = {domain: catalogues.found_in(root, domain) for domain in ("django", "djangojs")}
        for language, domain, path in catalogues.catalogues(root, LANGUAGES):
            if not found[domain] and not path.exists():
                continue
            catalogue = catalogues.brought_up_to_date(found[domain], path, language)
            changed = catalogues.save(catalogue, path, language)
            missing = len(catalogues.state(found[domain], path, language, domain).untranslated)
            word = "brought up to date" if changed else "unchanged"
            self.stdout.write(
                f"{language} {domain}: {len(catalogue)} texts, {missing} untranslated, {word}"
            )

    def _check(self, root: Path, every: bool) -> None:
        behind = 0
        found = {domain: catalogues.found_in(root, domain) for domain in ("django", "djangojs")}
        for language, domain, path in catalogues.catalogues(root, LANGUAGES):
            state = catalogues.state(found[domain], path, language, domain)
            for name in ("unknown", "untranslated", "obsolete"):
                texts = getattr(state, name)
                behind += len(texts)
                for text in texts if every else texts[:10]:
                    self.stderr.write(f"{language} {domain}: {name}: {text}")
        if behind:
            raise CommandError(
                f"{behind} texts are missing, untranslated or obsolete. Run `manage.py messages --extract`, then translate.",
                returncode=1,
            )
        if sys.stdout.isatty():
            self.stdout.write("Every text is translated.")
