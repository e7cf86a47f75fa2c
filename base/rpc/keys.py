"""API keys on the wire: one's own listed, made and removed; making and removing asks for the password."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from base.errors import Invalid
from base.models import ApiKey
from base.services import api_keys
from rpc import computed, expose, field, identity, wizard
from rpc.actions import window
from rpc.context import Call
from rpc.faults import value_error
from rpc.methods.table import row_ids
from rpc.writing import wizards
from rpc.writing.records import found_rows

DAYS = (1, 7, 30, 90, 180, 365)
FOR_EVER, UNTIL = "0", "-1"
DURATIONS = [
    *((str(days), _("%(days)s days") % {"days": days}) for days in DAYS),
    (FOR_EVER, _("Persistent Key")),
    (UNTIL, _("Custom Date")),
]
CLOSE = {"type": "ir.actions.act_window_close"}


def make_key(call: Call, ids: Any) -> dict[str, Any]:
    """Make the key that the wizard describes; the answer is the only place where it is ever shown."""
    found = wizards.own(call, row_ids(ids))
    if len(found) != 1:
        raise value_error(f"Expected singleton: {call.exposure.name}{tuple(row_ids(ids))}")
    values = wizards.typed(call, found[0])
    _key, secret = api_keys.issue(
        name=values["name"] or "",
        scope=ApiKey.Scope.RPC,
        expires_at=expiry(values["duration"], values["expiration_date"]),
        by=call.actor,
    )
    found[0].delete()
    context = {"default_key": secret}
    return window(
        "res.users.apikeys.show", name=str(_("API Key Ready")), context=context, target="new"
    )


def expiry(duration: str | None, until: datetime | None) -> datetime | None:
    """When a key expires that is to last so many days, for ever, or until a moment. Refuses with `Invalid`."""
    now = timezone.now()
    if duration == FOR_EVER:
        return None
    if duration != UNTIL:
        return now + timedelta(days=int(duration or DAYS[0]))
    if until is None or until <= now:
        raise Invalid({"expiration_date": [str(_("Say a moment in the future."))]})
    return until


def remove(call: Call, ids: Any) -> dict[str, Any]:
    """Revoke keys at once."""
    api_keys.revoke(found_rows(call, row_ids(ids), "unlink"), by=call.actor)
    return CLOSE


def never_kept(_call: Call, _pk: int, _value: Any) -> None:
    """Take a secret that clients write to a wizard, and keep nothing of it."""


expose(
    "res.users.apikeys",
    model=ApiKey,
    label=_("Users API Keys"),
    order="id",
    reads="name user expiration_date=expires_at",
    computed=(computed("scope", "char", label=_("Scope"), sql="nullif({scope}, '')"),),
    permissions={"create": None, "write": None, "unlink": None},
    methods={"remove": identity.checked(remove)},
)

wizard(
    "res.users.apikeys.description",
    label=_("API Key Description"),
    permission="base.add_apikey",
    fields=(
        field("name", "char", _("Description"), required=True),
        field("duration", "selection", _("Duration"), choices=DURATIONS, required=True),
        field("expiration_date", "datetime", _("Expiration Date")),
    ),
    defaults={"duration": str(DAYS[0])},
    methods={"make_key": identity.checked(make_key)},
)

wizard(
    "res.users.apikeys.show",
    label=_("Show API Key"),
    permission="base.add_apikey",
    fields=(field("key", "char", _("Key"), put=never_kept),),
)

wizard(
    identity.ASKING,
    label=_("Password Check Wizard"),
    permission="",
    fields=(
        field(
            "auth_method",
            "selection",
            _("Authentication Method"),
            choices=[("password", _("Password"))],
        ),
        field("password", "char", _("Password"), put=never_kept),
    ),
    defaults={"auth_method": "password"},
    methods={"run_check": identity.run_check},
)
