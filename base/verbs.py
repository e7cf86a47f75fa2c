"""A verb is a function that changes something: permitted, all or nothing, and written down once, for every door."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import transaction

from base.actors import Actor
from base.audit import begin_run
from base.policies import require

P = ParamSpec("P")
R = TypeVar("R")

_running: ContextVar[str | None] = ContextVar("running_verb", default=None)


def verb(permission: str, *, audited: bool = True) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a verb of a function that takes `by`, the actor, as a keyword.

    Checks the permission, opens the transaction and writes one audit row (`VerbRun`) that every change inside
    refers to. A verb called by another verb checks its own permission but is part of the caller's run.
    A `by` with `door="inside"` is never made: to act beyond the caller's rights a verb calls a plain function.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__.removesuffix('.__init__')}.{function.__name__}".replace(".services", "")

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = cast("Actor", kwargs["by"])
            require(actor, permission)
            if _running.get() is not None:
                with transaction.atomic():
                    return function(*args, **kwargs)
            token = _running.set(name)
            try:
                with transaction.atomic():
                    if audited:
                        begin_run(actor, name)
                    return function(*args, **kwargs)
            finally:
                _running.reset(token)

        traits = cast("Any", wrapper)
        traits.permission = permission
        traits.verb_name = name
        return wrapper

    return decorate
