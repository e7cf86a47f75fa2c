"""What the reading engine refuses, as pages say it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

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
