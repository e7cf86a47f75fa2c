"""`./niaga test`: everything that has to hold, each tool in turn, the tests last."""

import os
import subprocess
import sys
import time

from erpsite.launch import browser, prepare
from erpsite.launch.console import CannotStart, say
from erpsite.launch.places import ROOT, data_directory, made
from erpsite.launch.surroundings import for_django

CHECKS = {
    "lint": ["-m", "ruff", "check", "."],
    "layout": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
}
ROOMS = ("base", "web", "rpc", "erpsite", "tests")
MODULES = ("accounting", "inventory", "crm", "hr")
WITHOUT = "--without"
# In a house that lacks a module, neither browsers nor lives nor what is asked `once` tell more of the rest.
QUICK = "not slow and not browser and not lives and not looks and not once"


def test(arguments: list[str]) -> int:
    """Run all checks and all tests, then the quick ones of all the rest in a house that never had the largest module.

    With `--without crm` only those, of a house without crm; with other arguments, only pytest with those. Answers the
    exit code.
    """
    environment = for_django({}, made(data_directory()), demo=False)
    if arguments[:1] == [WITHOUT]:
        return _without(arguments[1:2], arguments[2:], environment)
    if not any("not browser" in argument for argument in arguments):
        environment["NIAGA_CHROMIUM"] = browser.required()
    prepare.for_tests(environment)
    if arguments:
        return _run("-m", "pytest", *arguments, environment=environment)
    failed = [name for name, command in CHECKS.items() if not _passes(name, command, environment)]
    if failed:
        say(f"failed: {', '.join(failed)}; now the tests")
    code = _run(
        *("-m", "pytest", *_at_once(), "-m", "not lives and not looks"),
        environment=environment,
    )
    without = _without(["accounting"], [], environment)
    return code or without or int(bool(failed))


def _without(names: list[str], arguments: list[str], environment: dict[str, str]) -> int:
    """The quick tests of all but one module, in a house where it was never installed."""
    if not set(names) & set(MODULES):
        raise CannotStart(f"Say without which module: {WITHOUT} {' | '.join(MODULES)}")
    kept = [module for module in MODULES if module not in names]
    environment = {**environment, "NIAGA_MODULES": ",".join(kept)}
    prepare.for_tests(environment)
    say(f"now the quick tests without {names[0]}")
    chosen = (*_at_once(), "-m", QUICK, *(arguments or (*ROOMS, *kept)))
    return _run("-m", "pytest", *chosen, environment=environment)


def _at_once() -> tuple[str, ...]:
    """As many processes as there are cores; whichever is done takes over what waits behind a long test elsewhere."""
    count = os.environ.get("NIAGA_TEST_PROCESSES") or str(min(os.cpu_count() or 1, 4))
    return ("--numprocesses", count, "--dist", "worksteal")


def _passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    begun = time.monotonic()
    passed = _run(*command, environment=environment) == 0
    say(f"{name}: {'passed' if passed else 'FAILED'} ({time.monotonic() - begun:.1f} s)")
    return passed


def _run(*arguments: str, environment: dict[str, str]) -> int:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=False
    ).returncode
