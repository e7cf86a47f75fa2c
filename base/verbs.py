"""A verb is a function that changes something: permitted, all or nothing, and written down once, for every door."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def running(name: str, *, by: Actor, permission: str, audited: bool = True) -> Iterator[None]:
    """Run a block as a verb: check the permission, open the transaction, write one `VerbRun`.

    A verb inside another verb checks its own permission, but its changes belong to the outer run.
    """
    require(by, permission)
    if _running.get() is not None:
        with transaction.atomic():
            yield
        return
    token = _running.set(name)
    try:
        with transaction.atomic():
            if audited:
                begin_run(by, name)
            yield
    finally:
        _running.reset(token)


def verb(permission: str, *, audited: bool = True) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a verb of a function that takes `by`, the actor, as a keyword. See `running`."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__}.{function.__name__}".replace(".services.", ".")

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = cast("Actor", kwargs["by"])
            with running(name, by=actor, permission=permission, audited=audited):
                return function(*args, **kwargs)

        traits = cast("Any", wrapper)
        traits.permission = permission
        traits.verb_name = name
        return wrapper

    return decorate
