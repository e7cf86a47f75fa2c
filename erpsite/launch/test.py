"""`./niaga test`: everything that has to hold, each tool in turn, the tests last."""

import os
import subprocess
import sys
import time

from erpsite.launch import browser, prepare
from erpsite.launch.console import say
from erpsite.launch.places import ROOT, data_directory, made
from erpsite.launch.surroundings import for_django

CHECKS = {
    "lint": ["-m", "ruff", "check", "."],
    "layout": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
}


def test(arguments: list[str]) -> int:
    """Run all checks and all tests; with arguments, only pytest with those. Answers the exit code."""
    environment = for_django({}, made(data_directory()), demo=False)
    if "not browser" not in arguments:
        environment["NIAGA_CHROMIUM"] = browser.required()
    prepare.for_tests(environment)
    if arguments:
        return _run("-m", "pytest", *arguments, environment=environment)
    failed = [name for name, command in CHECKS.items() if not _passes(name, command, environment)]
    if failed:
        say(f"failed: {', '.join(failed)}; now the tests")
    code = _run(
        *("-m", "pytest", "--numprocesses", _processes(), "-m", "not lives"),
        environment=environment,
    )
    return code or int(bool(failed))


def _processes() -> str:
    return os.environ.get("NIAGA_TEST_PROCESSES") or str(min(os.cpu_count() or 1, 4))


def _passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    begun = time.monotonic()
    passed = _run(*command, environment=environment) == 0
    say(f"{name}: {'passed' if passed else 'FAILED'} ({time.monotonic() - begun:.1f} s)")
    return passed


def _run(*arguments: str, environment: dict[str, str]) -> int:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=False
    ).returncode
