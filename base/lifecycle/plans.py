"""What an operation comes to: which modules in which order, with the bridges that come and go by themselves."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from base.lifecycle.catalogue import Catalogue, is_kernel
from base.lifecycle.refusals import (
    CodeMissing,
    KernelModule,
    NeededByOthers,
    NothingToDo,
    NotInstalled,
    RequirementMissing,
    UnknownModule,
)
from base.models import Module


def to_install(names: Iterable[str], catalogue: Catalogue) -> list[str]:
    """The modules to install, each after those it requires: those asked for, what they need, and the bridges between.

    Refuses with `UnknownModule`, `CodeMissing`, `RequirementMissing`, `NothingToDo`.
    """
    asked = list(dict.fromkeys(names))
    catalogue.check(asked)
    present = installed_names()
    wanted = _with_requirements(asked, catalogue) - present
    if not wanted:
        raise NothingToDo(names=", ".join(asked))
    wanted |= catalogue.bridges(present | wanted) - present
    return _ordered(wanted, catalogue)


def to_upgrade(names: Iterable[str], catalogue: Catalogue) -> list[str]:
    """The modules to upgrade, each after those it requires; those behind their code where none is named.

    Refuses with `UnknownModule`, `NotInstalled`, `CodeMissing`, `NothingToDo`.
    """
    asked = list(dict.fromkeys(names))
    catalogue.check(asked)
    present = installed_names()
    if foreign := [name for name in asked if name not in present]:
        raise NotInstalled(names=", ".join(foreign))
    if not asked:
        versions = dict(Module.objects.installed().values_list("name", "version"))
        asked = [
            name
            for name, version in versions.items()
            if name in catalogue.known and catalogue.known[name].version != version
        ]
    if not asked:
        raise NothingToDo(names=", ".join(sorted(present)))
    return _ordered(set(asked), catalogue)


def to_uninstall(names: Iterable[str]) -> list[str]:
    """The modules to uninstall, each before those it requires, and the bridges that go with them.

    Works from what the database knows, so that a module whose code is gone can go too. Refuses with `UnknownModule`,
    `NotInstalled`, `KernelModule`, `NeededByOthers`.
    """
    asked = list(dict.fromkeys(names))
    rows = {row.name: row for row in Module.objects.all()}
    if strange := [name for name in asked if name not in rows]:
        raise UnknownModule(names=", ".join(strange))
    if absent := [name for name in asked if not rows[name].is_installed]:
        raise NotInstalled(names=", ".join(absent))
    if kernel := [name for name in asked if is_kernel(name)]:
        raise KernelModule(names=", ".join(kernel))
    present = {name: row for name, row in rows.items() if row.is_installed}
    going = set(asked)
    while bridges := {
        name
        for name, row in present.items()
        if row.is_bridge and name not in going and going.intersection(row.requires)
    }:
        going |= bridges
    if others := needed_by(going, present.values()):
        raise NeededByOthers(names=", ".join(asked), others=", ".join(others))
    graph = {name: going.intersection(present[name].requires) for name in sorted(going)}
    return list(TopologicalSorter(graph).static_order())[::-1]


def needed_by(names: set[str], rows: Iterable[Module]) -> list[str]:
    """The installed modules that stay and require one of these."""
    return sorted(
        row.name for row in rows if row.name not in names and names.intersection(row.requires)
    )


def installed_names() -> set[str]:
    """The labels of the installed modules. One query."""
    return set(Module.objects.installed().values_list("name", flat=True))


def _with_requirements(names: Iterable[str], catalogue: Catalogue) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        label = waiting.pop()
        if label in found:
            continue
        found.add(label)
        for needed in catalogue.requires(label):
            if needed not in catalogue.known:
                error = CodeMissing if needed in catalogue.broken else RequirementMissing
                raise error(module=label, missing=needed, names=needed)
            waiting.append(needed)
    return found


def _ordered(labels: set[str], catalogue: Catalogue) -> list[str]:
    graph = {label: labels.intersection(catalogue.requires(label)) for label in sorted(labels)}
    return list(TopologicalSorter(graph).static_order())
