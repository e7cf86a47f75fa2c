"""Which modules this process runs: those that the database says are installed, asked before Django starts."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psycopg
from django.core.exceptions import ImproperlyConfigured

from base.modules import bridges_between, discovered, in_dependency_order, loadable

# Labels of the modules to run whatever the database says. Set by the life cycle itself for the processes it starts.
EXACTLY = "_NIAGA_MODULES"
# The number of the change of modules that these are to come after. Set by the supervisor for processes that come up early.
AFTER = "_NIAGA_AFTER"

ASK = """
SELECT name, (SELECT value FROM base_counter WHERE key = 'base.modules')
  FROM base_module WHERE state = 'installed'
"""


@dataclass(frozen=True)
class Chosen:
    """The modules of this process.

    `generation` is the number of the change of modules they stem from, `None` where the database had nothing to say.
    `lost` are labels of installed modules that cannot be loaded, because their code, or that of one they need, is gone.
    `after` is given where this process has come up before the change that it is for: the number of the one before.
    """

    paths: tuple[str, ...]
    labels: frozenset[str]
    generation: int | None
    lost: frozenset[str]
    after: int | None = None


def chosen(
    url: str, kernel: Mapping[str, str], in_house: Mapping[str, str], first: Iterable[str]
) -> Chosen:
    """Choose the modules of this process. `first` are those that a new database begins with.

    Raises `ImproperlyConfigured` where one of those is not there, or lacks what it requires.
    """
    offered = (
        {label: offer.path for label, offer in discovered().items()} | dict(in_house) | dict(kernel)
    )
    exactly, after = os.environ.get(EXACTLY), os.environ.get(AFTER)
    asked = list(filter(None, (exactly or "").split(",")))
    if exactly is not None and after is None:
        return _named([*kernel, *asked], offered)
    installed, generation = _recorded(url) if after is None else ({*kernel, *asked}, None)
    if not installed:
        return _named([*kernel, *first, *bridges_between([*kernel, *first], in_house)], offered)
    wanted = {offered[label]: label for label in offered if label in installed or label in kernel}
    paths = loadable(wanted)
    labels = frozenset(wanted[path] for path in paths)
    lost = frozenset(installed - labels)
    return Chosen(tuple(paths), labels, generation, lost, int(after) if after else None)


def _named(labels: Iterable[str], offered: Mapping[str, str]) -> Chosen:
    """The modules that somebody has asked for by name."""
    wanted = set(labels)
    if unknown := wanted - offered.keys():
        raise ImproperlyConfigured(f"There is no module {', '.join(sorted(unknown))} here.")
    paths = in_dependency_order([offered[label] for label in sorted(wanted)])
    return Chosen(tuple(paths), frozenset(wanted), None, frozenset())


def _recorded(url: str) -> tuple[set[str], int | None]:
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as line:
            rows = line.execute(ASK).fetchall()
    except psycopg.Error:
        return set(), None  # no database yet, or none that answers: whoever serves looks again
    return {name for name, _generation in rows}, (rows[0][1] or 0) if rows else None
