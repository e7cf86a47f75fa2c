"""The conductor: carries an operation out, from the check of what is asked to the opening of the house."""

import json
import logging
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone, translation

from base import upkeep
from base.errors import ERPError
from base.lifecycle import arrival, exports, plans, previews, records, removal
from base.lifecycle.anatomy import pointers_into
from base.lifecycle.applier import told
from base.lifecycle.catalogue import refresh
from base.lifecycle.closing import closed
from base.lifecycle.processes import interpreter
from base.lifecycle.refusals import DoesNotApply, Interrupted, NothingToDo, OperationUnderWay
from base.lifecycle.succession import wait_for_successors
from base.models import Module, ModuleOperation
from base.modules import installed

log = logging.getLogger("niaga.modules")

Kind, State, Phase = ModuleOperation.Kind, ModuleOperation.State, ModuleOperation.Phase
MOST_ATTEMPTS = 2


class Rejected(ERPError):
    """What an applier said no with, in its own words."""

    message = "%(sentence)s"


class Conductor:
    """Carries one operation out. `line` is its own connection, with the right to be the only one that does."""

    def __init__(self, operation: ModuleOperation, line: psycopg.Connection[Any]) -> None:
        self.operation = operation
        self.line = line

    def carry_out(self) -> None:
        """Do it, and write down how it ended. Raises nothing that the operation's row does not tell."""
        begun_before = self.operation.attempts
        self._write(
            state=State.RUNNING, started_at=timezone.now(), attempts=begun_before + 1, error=""
        )
        try:
            with translation.override(self.operation.language):
                self._carry_out(begun_before)
        except ERPError as refusal:
            self._end(State.FAILED, error=str(refusal), error_code=_code(refusal))
        except Exception as error:
            log.exception("Operation %s failed", self.operation.pk)
            self._end(State.FAILED, error=told(error), error_code="error")
        else:
            self._end(State.DONE)

    def _carry_out(self, begun_before: int) -> None:
        if begun_before > MOST_ATTEMPTS:
            raise Interrupted
        steps = {Kind.INSTALL: self._install, Kind.UPGRADE: self._upgrade}
        try:
            if self.operation.kind == Kind.UNINSTALL:
                self._uninstall(begun_before)
            else:
                steps[Kind(self.operation.kind)]()
        except NothingToDo:
            if not begun_before:  # else it was done before the one who did it died
                raise

    def _install(self) -> None:
        plan = plans.to_install(self.operation.names, refresh())
        self._write(names=[*self.operation.finished_names, *plan], phase=Phase.PREPARING)
        with ExitStack() as stack:
            present = plans.installed_names()
            appliers = []
            for label in plan:
                present = present | {label}
                self._write(current=label)
                appliers.append((label, stack.enter_context(_applier(label, present))))
            with self._house_closed():
                for label, applier in appliers:
                    self._write(phase=Phase.CHANGING, current=label)
                    self._finish(label, _applied(label, applier)["differences"])

    def _upgrade(self) -> None:
        rest = [name for name in self.operation.names if name not in self.operation.finished_names]
        if not rest:
            raise NothingToDo(names=", ".join(self.operation.names))
        plan = plans.to_upgrade(rest, refresh())
        self._write(names=[*self.operation.finished_names, *plan], phase=Phase.PREPARING)
        configs = [config for config in installed() if config.label in plan]
        for config in configs:
            arrival.check(config)
            arrival.compile_texts(config)
        with self._house_closed():
            for config in configs:
                self._write(phase=Phase.CHANGING, current=config.label)
                self._finish(config.label, _upgraded(config))

    def _uninstall(self, begun_before: int) -> None:
        if begun_before:
            if plans.installed_names().intersection(self.operation.names):
                raise Interrupted
            return
        plan = plans.to_uninstall(self.operation.names)
        self._write(names=plan, phase=Phase.PREPARING)
        for refusal in previews.refusals(plan, pointers_into(previews.tables_of(plan))):
            raise refusal
        with self._house_closed():
            self._write(phase=Phase.EXPORTING)
            self._write(export=str(exports.export(plan)))
            self._write(phase=Phase.CHANGING)
            self._write(notes=removal.remove(plan))
            self._write(finished_names=plan)

    @contextmanager
    def _house_closed(self) -> Iterator[None]:
        self._write(current="")
        wait_for_successors(self.line)
        self._write(phase=Phase.CLOSING)
        with closed(self.line):
            yield
            self._write(phase=Phase.OPENING, current="")

    def _finish(self, label: str, differences: list[dict[str, Any]]) -> None:
        self._write(
            finished_names=[*self.operation.finished_names, label],
            differences=[*self.operation.differences, *differences],
        )

    def _write(self, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(self.operation, name, value)
        self.operation.save(update_fields=list(fields))

    def _end(self, state: str, **fields: Any) -> None:
        self._write(state=state, is_unfinished=False, finished_at=Now(), current="", **fields)
        self.operation.refresh_from_db()


def carry_out(operation_id: int) -> ModuleOperation:
    """Carry an operation out in this process; answers how it ended.

    Refuses with `OperationUnderWay` where somebody else is carrying one out.
    """
    with upkeep.connected("modules") as line:
        operation = ModuleOperation.objects.get(pk=operation_id)
        if not is_mine(line):
            raise OperationUnderWay(operation=operation)
        operation.refresh_from_db()
        if operation.is_unfinished:
            Conductor(operation, line).carry_out()
        return operation


def is_mine(line: psycopg.Connection[Any]) -> bool:
    """Try for the right to be the only one that carries operations out, as long as a connection lives."""
    taken = line.execute(
        "SELECT pg_try_advisory_lock(%s, %s)", [upkeep.LOCKS, upkeep.OPERATING]
    ).fetchone()
    return bool(taken and taken[0])


@contextmanager
def _applier(label: str, labels: set[str]) -> Iterator["subprocess.Popen[str]"]:
    """An interpreter that is ready to install a module. Ends with the block, whatever it is at."""
    process = interpreter(
        "base.lifecycle.applier", label, translation.get_language() or "en", labels=labels
    )
    try:
        _answer(label, process)
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


def _applied(label: str, process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdin is not None
    try:
        process.stdin.write("go\n")
        process.stdin.flush()
        return _answer(label, process)
    except (BrokenPipeError, DoesNotApply):
        if Module.objects.installed().filter(name=label).exists():
            return {"differences": []}  # it died after it had committed
        raise


def _answer(label: str, process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        reason = f"the process ended ({process.wait()}); its last words are in log/modules.log"
        raise DoesNotApply(module=label, reason=reason)
    answer: dict[str, Any] = json.loads(line)
    if answer["said"] == "refused":
        error = Rejected(sentence=answer["message"])
        error.code = answer["code"]  # type: ignore[misc]
        raise error
    return answer


def _upgraded(config: Any) -> list[dict[str, Any]]:
    try:
        with transaction.atomic():
            differences = arrival.arrive(config)
            records.raise_generation()
    except Exception as error:
        log.exception("%s could not be upgraded", config.label)
        raise DoesNotApply(module=config.label, reason=told(error)) from error
    return differences


def _code(refusal: ERPError) -> str:
    return refusal.code[:60]
