"""Fingerprints of what a step works from: while one is unchanged, the step need not be done again."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path

from erpsite.launch.places import ROOT

_LOCKED = ("requirements.txt", "erpsite/settings.py")


def packages() -> list[Path]:
    """The Python packages that make the house: the kernel, the doors, the modules and the site."""
    found = (folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists())
    return sorted(folder for folder in found if folder.name not in {"bench", "tests"})


def files(*patterns: str) -> Iterator[Path]:
    """The files of our own packages that match, such as `migrations/*.py` at any depth."""
    for package in packages():
        for pattern in patterns:
            yield from sorted(path for path in package.rglob(pattern) if path.is_file())


def digest(paths: Iterable[Path], *words: str) -> str:
    """One fingerprint of files, by name and content, and of words beside them."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{os.path.relpath(path, ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for word in words:
        total.update(f"{word}\0".encode())
    return total.hexdigest()


def of_migrations() -> str:
    """What the tables are made from: our migrations, and the packages that bring theirs."""
    return digest([*_locked(), *files("migrations/*.py")], *_chosen_modules())


def of_seeds() -> str:
    """What the well-known rows are made from: data files, manifests, and the texts that they are translated with."""
    seeds = files("data/**/*", "seeds*.py", "apps.py", "roles.py", "management/commands/seed.py")
    return digest(
        [*(path for path in seeds if "__pycache__" not in path.parts), *catalogues()],
        of_migrations(),
    )


def of_code() -> str:
    """Everything that could change what a seed writes."""
    code = (path for path in files("*.py") if "tests" not in path.parts)
    return digest(code, of_seeds())


def catalogues() -> list[Path]:
    """The translation catalogues as people write them."""
    return sorted((ROOT / "locale").rglob("*.po"))


def _locked() -> list[Path]:
    return [ROOT / name for name in _LOCKED]


def _chosen_modules() -> list[str]:
    found = entry_points(group="erp.modules")
    modules = [f"{entry.value} {entry.dist.version if entry.dist else ''}" for entry in found]
    return [os.environ.get("NIAGA_MODULES", ""), *sorted(modules)]
