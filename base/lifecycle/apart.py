"""An operation carried out in a process of its own; and what is heard of it where that process does not come up."""

import subprocess
from threading import Thread

from django.db import connection
from django.db.models.functions import Now
from django.utils import translation

from base.lifecycle.processes import DETACHED, begin_detached, last_words
from base.lifecycle.refusals import DidNotStart
from base.models import ModuleOperation

State = ModuleOperation.State


def begin(operation_id: int) -> None:
    """Begin the process that carries an operation out. It outlives this one."""
    process = begin_detached(*DETACHED, str(operation_id))
    Thread(target=_watch, args=(process, operation_id), daemon=True).start()


def _watch(process: "subprocess.Popen[bytes]", operation_id: int) -> None:
    """Broken code of a module lets no process of ours start, so that nobody else could tell of it."""
    if process.wait() == 0:
        return
    try:
        never_begun(operation_id, last_words())
    finally:
        connection.close()


def never_begun(operation_id: int, reason: str) -> None:
    """Let an operation fail that nobody has begun. One that was begun tells itself how it ends."""
    unbegun = ModuleOperation.objects.filter(pk=operation_id, is_unfinished=True, state=State.ASKED)
    operation = unbegun.first()
    if operation is None:
        return
    with translation.override(operation.language):
        refusal = DidNotStart(reason=reason)
        unbegun.update(
            state=State.FAILED,
            is_unfinished=False,
            finished_at=Now(),
            error=str(refusal),
            error_code=refusal.code,
        )
