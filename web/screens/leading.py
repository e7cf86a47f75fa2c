"""Where a verb's answer leads: to a record, to some rows, to a window that asks for more, or back."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from rpc import registry as exposures
from web.pages import PageRequest
from web.screens import registry
from web.screens.asked import UnreadableLink
from web.screens.cells import record_url
from web.screens.declarations import Screen
from web.screens.records import Record

SALT, LONGEST = "niaga.window", 20_000


def next_of(request: PageRequest, found: Record, answer: Any) -> str:
    """The address that what a verb of a record answered leads to."""
    here = rows_of(found.screen)
    back = record_url(found.screen, found.pk) if found.pk else here
    if not isinstance(answer, Mapping):
        return back
    if "copied" in answer:
        return record_url(found.screen, answer["copied"])
    if "deleted" in answer:
        messages.success(request, _("%(name)s is deleted.") % {"name": found.name})
        return here
    return opened(request, answer, back)


def opened(request: PageRequest, answer: Mapping[str, Any], back: str) -> str:
    """The address of the window that a verb says is next; `back` where it says none that pages know."""
    if answer.get("tag") == "display_notification":
        told = answer.get("params") or {}
        messages.success(request, str(told.get("message") or _("Done.")))
        return opened(request, told.get("next") or {}, back)
    url = str(answer.get("url") or "")
    if url and url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}):
        return url
    name = str(answer.get("res_model") or "")
    noun = exposures.find(name)
    if noun is not None and noun.kind == "wizard":
        return window(name, answer.get("context"), back)
    screen = registry.opened_by(request.actor, name)
    if screen is None:
        return back
    if pk := answer.get("res_id"):
        return record_url(screen, int(pk))
    domain = answer.get("domain")
    asked = json.dumps(domain, separators=(",", ":")) if isinstance(domain, list) else ""
    return f"{rows_of(screen)}?{urlencode({'d': asked})}" if asked else rows_of(screen)


def rows_of(screen: Screen) -> str:
    """Where the rows of a screen are."""
    return reverse(f"web:screen-{screen.slug}")


def window(name: str, context: Any, back: str) -> str:
    """The address of a wizard, with the context it is opened in and the page to come back to."""
    told = {"context": dict(context or {}), "back": back}
    sealed = signing.dumps(told, salt=SALT, compress=True)
    return f"{reverse('web:wizard', args=[name])}?{urlencode({'w': sealed})}"


def unsealed(request: PageRequest) -> tuple[dict[str, Any], str]:
    """The context that a wizard was opened in, and the page to come back to. Refuses with `UnreadableLink`."""
    sealed = request.GET.get("w", "")
    if not sealed:
        return {}, ""
    try:
        told = signing.loads(sealed[:LONGEST], salt=SALT)
    except signing.BadSignature:
        raise UnreadableLink(what=_("it was changed on its way")) from None
    return told["context"], told["back"]
