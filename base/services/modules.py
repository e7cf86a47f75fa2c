"""What administrators do with modules: see them, and ask that they be installed, upgraded or uninstalled.

Asking records an operation and begins it in a process of its own, because the process that serves the request has to
let go of the house, and to start anew, for it. `wait` waits for the end without standing in its way.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.utils import translation

from base import upkeep
from base.actors import Actor
from base.lifecycle import apart, plans, previews
from base.lifecycle.catalogue import Catalogue, is_kernel, refresh
from base.lifecycle.closing import at_work_now
from base.lifecycle.plans import needed_by
from base.lifecycle.previews import Preview
from base.lifecycle.refusals import CodeMissing, OperationUnderWay, UninstallSure
from base.models import Module, ModuleOperation
from base.presence import door
from base.verbs import verb

PERMISSION = "base.manage_modules"
LOOK = 0.25
UNTIL_SERVED = 45.0

__all__ = [
    "Card",
    "Preview",
    "begin",
    "card",
    "listing",
    "preview",
    "request_install",
    "request_uninstall",
    "request_upgrade",
    "unfinished",
    "wait",
]


@dataclass(frozen=True)
class Card:
    """A module as people see it in the list of modules.

    `version` is the installed one, `code_version` that of the code here; either may be empty. `trouble` is a sentence
    where something is wrong with it. `requires` and `needed_by` are labels; `needed_by` are installed ones.
    """

    pk: int
    name: str
    title: str
    summary: str
    icon: str
    version: str
    code_version: str
    package: str
    requires: tuple[str, ...]
    needed_by: tuple[str, ...]
    is_installed: bool
    is_kernel: bool
    is_bridge: bool
    is_outdated: bool
    trouble: str = ""

    @property
    def can_install(self) -> bool:
        """Whether installing it makes sense."""
        return not self.is_installed and bool(self.code_version)

    @property
    def can_uninstall(self) -> bool:
        """Whether uninstalling it can be asked for; `preview` says what would come of it."""
        return self.is_installed and not self.is_kernel


def listing(*, language: str = "en") -> list[Card]:
    """All modules, installed or not, in a language, by name. Sees packages installed since this process began."""
    catalogue = refresh()
    rows = list(Module.objects.order_by("name"))
    with translation.override(language):
        return [_card(row, rows, catalogue) for row in rows]


def card(name: str, *, language: str = "en") -> Card | None:
    """One module, or nothing where there is none of that name."""
    return next((one for one in listing(language=language) if one.name == name), None)


def preview(names: Iterable[str]) -> Preview:
    """What uninstalling some modules would take along, and what speaks against it. Changes nothing."""
    return previews.preview(names)


@verb(PERMISSION)
def request_install(names: Iterable[str], *, by: Actor) -> ModuleOperation:
    """Ask that modules be installed, with what they require. Answers the operation, which begins at commit.

    Refuses with `UnknownModule`, `CodeMissing`, `RequirementMissing`, `NothingToDo`, `OperationUnderWay`. What goes
    wrong later stands in the operation.
    """
    wanted = list(names)
    plans.to_install(wanted, refresh())
    return _requested(ModuleOperation.Kind.INSTALL, wanted, by)


@verb(PERMISSION)
def request_upgrade(names: Iterable[str], *, by: Actor) -> ModuleOperation:
    """Ask that modules be brought up to their code: those named, or, where none is, all that are behind it.

    Refuses with `UnknownModule`, `NotInstalled`, `CodeMissing`, `NothingToDo`, `OperationUnderWay`.
    """
    return _requested(ModuleOperation.Kind.UPGRADE, plans.to_upgrade(names, refresh()), by)


@verb(PERMISSION)
def request_uninstall(
    names: Iterable[str], *, by: Actor, confirmed: bool = False
) -> ModuleOperation:
    """Ask that modules be uninstalled, after their rows have been exported.

    Refuses with the first thing that speaks against it; asks with `Unconfirmed` unless `confirmed`, saying how much
    would go.
    """
    wanted = list(names)
    seen = previews.examined(wanted)
    if not confirmed:
        raise UninstallSure(
            names=", ".join(seen.modules), tables=seen.tables, rows=seen.total, key="uninstall"
        )
    return _requested(ModuleOperation.Kind.UNINSTALL, seen.modules, by)


def begin(kind: str, names: list[str], *, by: Actor) -> ModuleOperation:
    """Record an operation for a process that carries it out itself: a command at a terminal. Refuses with `OperationUnderWay`."""
    operation = ModuleOperation(kind=kind, names=names)
    operation.asked_by_id = None if by.is_system else by.user_id
    try:
        with transaction.atomic():
            operation.save()
    except IntegrityError:
        other = unfinished()
        raise OperationUnderWay(operation=other or "?") from None
    return operation


def unfinished() -> ModuleOperation | None:
    """The operation that is asked for or under way, if there is one."""
    return ModuleOperation.objects.unfinished().first()


def wait(operation_id: int, timeout: float = 300.0) -> ModuleOperation:
    """Wait until an operation has ended and the house is open again; answers it as it is then, or after `timeout`.

    A request may wait for the operation that it has asked for: it does not count as being at work meanwhile. It must
    hold no transaction open (raises `RuntimeError`). This process will most likely be ended soon after, because it
    runs the modules of before.
    """
    if connection.in_atomic_block:
        raise RuntimeError("wait() within a transaction would wait for itself")
    end = time.monotonic() + timeout
    with door.aside():
        operation = ModuleOperation.objects.get(pk=operation_id)
        while operation.is_unfinished and time.monotonic() < end:
            time.sleep(LOOK)
            operation.refresh_from_db()
        if door.is_watched and not operation.is_unfinished:
            _wait_until_served(min(end, time.monotonic() + UNTIL_SERVED))
    return operation


def _wait_until_served(end: float) -> None:
    """Wait until a process serves that runs the modules of now; at once where this one does."""
    with upkeep.connected("waiting") as line:
        if not upkeep.standing(line).is_stale:
            return
        while time.monotonic() < end:
            if any(who.startswith("web") for who in at_work_now(line)):
                time.sleep(2 * LOOK)  # those of before are just being told to stop
                return
            time.sleep(LOOK)


def _requested(kind: str, names: list[str], by: Actor) -> ModuleOperation:
    operation = begin(kind, names, by=by)
    transaction.on_commit(partial(apart.begin, operation.pk))
    return operation


def _card(row: Module, rows: list[Module], catalogue: Catalogue) -> Card:
    known = catalogue.known.get(row.name)
    others = [other for other in rows if other.is_installed]
    return Card(
        pk=row.pk,
        name=row.name,
        title=str(known.config.verbose_name if known else row.title) or row.name,
        summary=str(known.manifest.summary) if known else row.summary,
        icon=row.icon,
        version=row.version,
        code_version=row.code_version,
        package=row.package,
        requires=tuple(row.requires),
        needed_by=tuple(needed_by({row.name}, others)),
        is_installed=row.is_installed,
        is_kernel=is_kernel(row.name),
        is_bridge=row.is_bridge,
        is_outdated=row.is_outdated,
        trouble=_trouble(row, catalogue),
    )


def _trouble(row: Module, catalogue: Catalogue) -> str:
    if row.name in catalogue.known:
        return ""
    return str(CodeMissing(names=row.name))
