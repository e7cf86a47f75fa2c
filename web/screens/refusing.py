"""What the reading engine refuses, as pages say it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from base.policies import require
from rpc.context import Call
from rpc.exposure import Action
from rpc.faults import ACCESS, WireError
from web.screens.asked import UnreadableLink


@contextmanager
def readable() -> Iterator[None]:
    """Turn the engine's refusals, which are written to programs, into those of a page."""
    try:
        yield
    except WireError as error:
        if error.kind == ACCESS:
            raise PermissionDenied from None
        raise UnreadableLink(what=_("a condition in it does not fit")) from None


def let_in(call: Call, action: Action) -> None:
    """Let the actor do something with a noun at all. Refuses with `AccessDenied`, which names the right it needs."""
    needed = call.exposure.permissions[action]
    if needed is None:
        raise PermissionDenied
    if needed:
        require(call.actor, needed)
