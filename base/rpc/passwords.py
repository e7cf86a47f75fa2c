"""Passwords on the wire: one's own changed, one's sessions ended; both ask for the present password first."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from base.services import users
from rpc import extend, field, identity, record_method, wizard
from rpc.actions import window
from rpc.context import Call
from rpc.faults import user_error, validation_error
from rpc.methods.table import row_ids
from rpc.writing import wizards
from rpc.writing.records import found_rows

OWN = "change.password.own"
SAID = "password said in this call"
RELOAD = {"type": "ir.actions.client", "tag": "reload"}


def preference_change_password(call: Call, ids: Any) -> dict[str, Any]:
    """Open the window in which one changes one's own password."""
    del call, ids
    return window(OWN, name=str(_("Change Password")), target="new")


def action_revoke_all_devices(call: Call, ids: Any) -> dict[str, str]:
    """End all of the caller's sessions, this one too."""
    del ids
    users.end_sessions(by=call.actor)
    return RELOAD


def action_reset_password(call: Call, ids: Any) -> None:
    """Say how a forgotten password is replaced: no letters with links are sent that would open an account."""
    found_rows(call, row_ids(ids), "write")
    raise user_error(
        str(
            _(
                "Forgotten passwords are replaced by an administrator: write the new one to "
                "“new_password”."
            )
        )
    )


def kept(name: str) -> Any:
    """Keep a hash of a password, never the password; the same one must be said for both fields."""

    def write(value: Any, call: Call) -> dict[str, Any]:
        if not value:
            return {name: None}
        if call.context.setdefault(SAID, str(value)) != str(value):
            raise validation_error(
                str(_("The new password and its confirmation must be identical."))
            )
        return {name: users.hashed(str(value), by=call.actor)}

    return write


def unseen(_call: Call, _ids: list[int]) -> dict[int, Any]:
    """Show nothing of a password, not even its hash."""
    return {}


def change_password(call: Call, ids: Any) -> dict[str, str]:
    """Give the caller the password that was said twice."""
    [row] = wizards.own(call, row_ids(ids)[:1])
    hashed, again = row.values.get("new_password"), row.values.get("confirm_password")
    if not hashed or not again:
        raise user_error(str(_("Say the new password twice.")))
    users.take_password(hashed, by=call.actor)
    row.delete()
    return RELOAD


wizard(
    OWN,
    label=_("User, change own password wizard"),
    permission="base.view_user",
    fields=(
        field(
            "new_password",
            "char",
            _("New Password"),
            function=unseen,
            write=kept("new_password"),
        ),
        field(
            "confirm_password",
            "char",
            _("New Password (Confirmation)"),
            function=unseen,
            write=kept("confirm_password"),
        ),
    ),
    methods={"change_password": identity.checked(change_password)},
)

extend(
    "res.users",
    methods={
        "preference_change_password": identity.checked(preference_change_password),
        "action_revoke_all_devices": identity.checked(action_revoke_all_devices),
        "action_reset_password": record_method(action_reset_password),
    },
)
