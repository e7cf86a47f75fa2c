"""Who holds the pen right now: some methods ask for the password again, and are to be reached from a browser only.

A *visit* is a call over a route that clients use interactively (session or JSON-2), with its session if it has one.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from base.models import User
from base.services.credentials import LONGEST
from rpc import registry, throttle
from rpc.context import Call
from rpc.faults import user_error
from rpc.methods.table import method_of, row_ids
from rpc.models import Wizard
from rpc.verbs import Method, record_method

GOOD_FOR_SECONDS = 600
ASKING = "res.users.identitycheck"
CHECKED_AT = "identity_checked_at"
NOT_HERE = "This method can only be accessed over HTTP"


@dataclass(slots=True)
class Visit:
    """A call over an interactive route. `is_checked` holds for this call only, the session's time for some minutes."""

    session: SessionBase | None = None
    is_checked: bool = False

    @property
    def is_recent(self) -> bool:
        """Whether the password was given just now, or in this session some minutes ago."""
        kept = self.session.get(CHECKED_AT, 0) if self.session is not None else 0
        return self.is_checked or 0 <= time.time() - kept < GOOD_FOR_SECONDS

    def passed(self) -> None:
        """Remember that the password was right."""
        self.is_checked = True
        if self.session is not None:
            self.session[CHECKED_AT] = time.time()
            self.session.save()


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


@contextmanager
def visiting(session: SessionBase | None = None) -> Iterator[None]:
    """Let what is called inside ask for the password."""
    token = _visit.set(Visit(session))
    try:
        yield
    finally:
        _visit.reset(token)


def checked(function: Callable[..., Any]) -> Method:
    """Declare a method of rows that is done only after the password was given again: `function(call, ids)`.

    Refuses calls that come over XML-RPC or JSON-RPC. Answers the window that asks for the password, else what the
    function answers.
    """

    @wraps(function)
    def method(call: Call, ids: Any) -> Any:
        if not _current().is_recent:
            return _ask(call, ids, function.__name__)
        return function(call, ids)

    return record_method(method)


def run_check(call: Call, wizards: list[Any]) -> Any:
    """Check the password in the context, and do what was asked for; answers what that answers."""
    visit = _current()
    answer: Any = None
    for row in wizards:
        asked = row.context.get("asked")
        if not asked:
            raise user_error(_("Nothing was asked for that needs your password."))
        _check_password(call)
        visit.passed()
        Wizard.objects.filter(pk=row.pk).delete()
        answer = _done(call, asked)
    return answer


def _current() -> Visit:
    visit = _visit.get()
    if visit is None:
        raise user_error(NOT_HERE)
    return visit


def _ask(call: Call, ids: Any, name: str) -> dict[str, Any]:
    asked = {"model": call.exposure.name, "method": name, "ids": row_ids(ids)}
    kept = Wizard.objects.create(model=ASKING, user_id=call.actor.user_id, context={"asked": asked})
    return {
        "type": "ir.actions.act_window",
        "res_model": ASKING,
        "res_id": kept.pk,
        "name": _("Access Control"),
        "target": "new",
        "views": [[False, "form"]],
        "context": {"dialog_size": "medium"},
    }


def _check_password(call: Call) -> None:
    login, given = call.actor.login, call.context.get("password")
    throttle.require_open(login)
    user = User.objects.get(pk=call.actor.user_id)
    fits = isinstance(given, str) and 0 < len(given) <= LONGEST and user.check_password(given)
    if not fits:
        throttle.failed(login)
        raise user_error(
            _("Incorrect Password, try again or click on Forgot Password to reset your password.")
        )
    throttle.passed(login)


def _done(call: Call, asked: dict[str, Any]) -> Any:
    exposure = registry.find(asked["model"])
    if exposure is None:
        raise user_error(f"Object {asked['model']} doesn't exist")
    return method_of(exposure, asked["method"]).function(call.on(exposure), asked["ids"])
