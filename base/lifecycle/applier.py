"""An applier: a fresh interpreter, already running the module that it is to install. `python -m base.lifecycle.applier crm`

It says that it is ready when the house has come up with the module and nothing speaks against it; nobody has been shut out by
then. Told `go`, it installs the module in one transaction and says how that went, in one line of JSON. Where its
conductor dies it dies too, and the database undoes what was not committed.
"""

import json
import logging
import os
import sys
import threading
import traceback
from queue import SimpleQueue
from typing import Any

import django
from django.apps import apps
from django.core import checks
from django.db import transaction
from django.utils import translation

from base.errors import ERPError
from base.lifecycle.refusals import DoesNotApply, DoesNotStart

log = logging.getLogger("niaga.modules")


def main(label: str, language: str) -> int:
    """Speak with the conductor; answers the exit code. Sentences are in the language of whoever asked."""
    words, line = _heard(), os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # a module that prints something prints it to the log

    def say(**said: Any) -> None:
        line.write(json.dumps(said, default=str) + "\n")
        line.flush()

    try:
        _start(label)
        translation.activate(language)
        _prepare(label)
        say(said="ready")
        if words.get() == "go":
            say(said="done", **_apply(label))
    except ERPError as refusal:
        if not apps.ready:
            translation.deactivate_all()  # there are no catalogues yet: English it is
        say(said="refused", code=refusal.code, message=str(refusal))
        return 1
    return 0


def _start(label: str) -> None:
    try:
        django.setup()
    except Exception as error:
        log.exception("The house does not start with %s", label)
        raise DoesNotStart(module=label, reason=told(error)) from error


def _prepare(label: str) -> None:
    try:
        found = checks.run_checks(app_configs=[apps.get_app_config(label)])
    except ERPError:
        raise
    except Exception as error:
        log.exception("The house does not start with %s", label)
        raise DoesNotStart(module=label, reason=told(error)) from error
    if serious := [str(message) for message in found if message.is_serious()]:
        raise DoesNotStart(module=label, reason=" ".join(serious))
    arrival, config = _arrival(), apps.get_app_config(label)
    arrival.check(config)
    arrival.compile_texts(config)


def _apply(label: str) -> dict[str, Any]:
    try:
        with transaction.atomic():
            differences = _arrival().arrive(apps.get_app_config(label))
            generation = _records().raise_generation()
    except Exception as error:
        log.exception("%s could not be applied", label)
        raise DoesNotApply(module=label, reason=told(error)) from error
    return {"differences": differences, "generation": generation}


def told(error: Exception) -> str:
    """An error as a sentence can hold it: its own, or its kind and first line."""
    if isinstance(error, ERPError):
        return str(error)
    last = traceback.format_exception_only(error)[-1].strip().splitlines()
    return last[0][:400] if last else type(error).__name__


def _arrival() -> Any:
    """Models are there only once Django is."""
    from base.lifecycle import arrival

    return arrival


def _records() -> Any:
    from base.lifecycle import records

    return records


def _heard() -> SimpleQueue[str]:
    """The conductor's words. When it dies its end of the line closes, and so do we, at once."""
    words: SimpleQueue[str] = SimpleQueue()

    def listen() -> None:
        for line in sys.stdin:
            words.put(line.strip())
        os._exit(1)

    threading.Thread(target=listen, daemon=True, name="conductor").start()
    return words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
