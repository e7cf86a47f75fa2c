"""Users on the wire. A user is also their partner: name, e-mail and address are read and written through."""

import secrets
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from base.actors import Actor
from base.errors import AccessDenied
from base.models import ExternalId, Partner, Role, User
from base.rpc.partners import spoken, zones
from base.rpc.pictures import pictures
from base.services import records, users
from rpc import computed, expose, model_method, record_method, throttle
from rpc.context import LOCALES, Call, locale_of
from rpc.faults import access_denied, validation_error
from rpc.methods.table import row_ids
from rpc.writing.records import found_rows

OWN = frozenset(
    (
        *("language", "timezone", "company_id", "signature", "notified_by"),
        *("partner.name", "partner.email", "partner.phone"),
    )
)
# No role of ours: whoever works in several companies is taken to have it.
SEVERAL = "base.group_multi_company"
HELD = """(
    WITH RECURSIVE held(id) AS (
        SELECT role_id FROM base_user_roles WHERE user_id = {pk}
        UNION SELECT i.implied_id FROM base_roleimplication i JOIN held ON i.role_id = held.id
    ) SELECT jsonb_agg(id ORDER BY id) FROM held
)"""
SHARED = """(
    NOT {is_superuser}
    AND EXISTS (SELECT FROM base_user_roles h JOIN base_role r ON r.id = h.role_id WHERE h.user_id = {pk} AND r.is_portal)
    AND NOT EXISTS (
        SELECT FROM base_user_roles h JOIN base_role r ON r.id = h.role_id WHERE h.user_id = {pk} AND NOT r.is_portal
    )
)"""
ADMINISTERS = """({is_superuser} OR EXISTS (
    SELECT FROM base_user_roles h
      JOIN base_externalid e ON e.row_id = h.role_id AND e.module = 'base' AND e.name = 'group_system'
     WHERE h.user_id = {pk}
))"""


def context_get(call: Call) -> dict[str, Any]:
    """The caller's language and time zone."""
    return {
        "lang": locale_of(call.actor.language),
        "tz": call.actor.timezone,
        "uid": call.actor.user_id,
    }


def has_group(call: Call, ids: Any, group_ext_id: Any = None) -> bool:
    """Whether a user has a role, by its external id; the caller, if no user is named."""
    spoken_of, name = (None, ids) if group_ext_id is None else (ids, group_ext_id)
    return _holds(call, spoken_of, str(name))


def has_groups(call: Call, ids: Any, group_spec: Any = None) -> bool:
    """Whether a user has one of some roles, and none of those after an exclamation mark."""
    spoken_of, spec = (None, ids) if group_spec is None else (ids, group_spec)
    names = [name.strip() for name in str(spec).split(",") if name.strip()]
    wanted = [name for name in names if not name.startswith("!")]
    if any(_holds(call, spoken_of, name[1:]) for name in names if name.startswith("!")):
        return False
    return not wanted or any(_holds(call, spoken_of, name) for name in wanted)


def _holds(call: Call, ids: Any, name: str) -> bool:
    """Whether one user has a role. An administrator of the house has each that is not for outsiders."""
    others = [pk for pk in row_ids(ids) if pk != call.actor.user_id]
    if name == SEVERAL:
        [user] = found_rows(call, others[:1] or [call.actor.user_id], "read")
        return bool(user.companies.count() > 1)
    kind = ContentType.objects.get_for_model(Role)
    found = ExternalId.objects.named(name).filter(content_type=kind).first()
    if found is None:
        return False
    if not others:
        all_of_them = call.actor.is_superuser and not Role.objects.get(pk=found.row_id).is_portal
        return all_of_them or found.row_id in call.actor.role_ids
    [user] = found_rows(call, others[:1], "read")
    return user.is_superuser or found.row_id in user.effective_role_ids()


def preference_save(_call: Call, _ids: Any) -> dict[str, str]:
    """What the dialog of one's own preferences answers when it is closed."""
    return {"type": "ir.actions.client", "tag": "reload_context"}


def change_password(call: Call, old_passwd: Any, new_passwd: Any) -> bool:
    """Change the caller's own password."""
    throttle.require_open(call.actor.login)
    try:
        users.change_password(present=str(old_passwd), new=str(new_passwd), by=call.actor)
    except users.WrongPassword:
        throttle.failed(call.actor.login)
        raise access_denied() from None
    return True


def create(rows: list[dict[str, Any]], *, by: Actor) -> list[User]:
    """Invite users, each with a partner of their own."""
    return [_invited(dict(row), by) for row in rows]


def write(rows: QuerySet[User], values: dict[str, Any], *, by: Actor) -> None:
    """Change users: one's own preferences, or anybody's for those who may."""
    values = dict(values)
    if not by.has_perm("base.change_user"):
        _change_own(rows, values, by)
        return
    password, active = values.pop("password", None), values.pop("is_active", None)
    partner = {
        name.removeprefix("partner."): values.pop(name) for name in list(values) if "." in name
    }
    found = list(rows)
    for user in found if password else ():
        users.reset_password(user, new=str(password), by=by)
    if active is False:
        users.deactivate(rows, by=by)
    elif active:
        values["is_active"] = True
    if partner:
        records.change(records.named(Partner, [user.partner_id for user in found]), partner, by=by)
    if values:
        records.change(records.named(User, [user.pk for user in found]), values, by=by)


def _invited(row: dict[str, Any], by: Actor) -> User:
    partner = {name.removeprefix("partner."): row.pop(name) for name in list(row) if "." in name}
    login = row.pop("username", "")
    if User.objects.named(str(login)).exists():
        raise validation_error(
            "The operation cannot be completed: "
            + str(_("You cannot have two users with the same login."))
        )
    company = int(row.pop("company_id", None) or by.company_id or 0)
    user = users.invite(
        login=str(login),
        name=str(partner.pop("name", "") or login),
        email=str(partner.pop("email", "") or ""),
        password=str(row.pop("password", "") or secrets.token_urlsafe(32)),
        company_ids=[company, *row.pop("companies", [])],
        role_ids=row.pop("roles", []),
        by=by,
    )
    if partner or row:
        write(
            User.objects.filter(pk=user.pk),
            row | {f"partner.{k}": v for k, v in partner.items()},
            by=by,
        )
    return user


def _change_own(rows: QuerySet[User], values: dict[str, Any], by: Actor) -> None:
    if set(rows.values_list("pk", flat=True)) != {by.user_id} or not values.keys() <= OWN:
        raise AccessDenied(permission="base.change_user")
    users.choose(**{name.removeprefix("partner."): value for name, value in values.items()}, by=by)


expose(
    "res.users",
    model=User,
    label=_("User"),
    order="name, login",
    display="name",
    search="login name",
    writes="""
        login=username name=partner.name email=partner.email phone=partner.phone street=partner.street
        street2=partner.street2 city=partner.city zip=partner.zip state_id=partner.state country_id=partner.country
        comment=partner.comment function=partner.job_title website=partner.website
        is_active company companies group_ids=roles lang=language tz=timezone signature
        notification_type=notified_by
    """,
    reads="""
        partner login_date=last_login api_key_ids=api_keys is_company=partner.is_company ref=partner.reference
        commercial_partner_id=partner.commercial_partner
    """,
    html="signature",
    values={"lang": LOCALES},
    choices={"lang": spoken, "tz": zones},
    computed=(
        computed(
            "password",
            "char",
            label=_("Password"),
            sql="NULL::text",
            write=lambda value: {"password": value},
        ),
        computed(
            "new_password",
            "char",
            label=_("Set Password"),
            sql="NULL::text",
            write=lambda value: {"password": value} if value else {},
        ),
        computed(
            "all_group_ids",
            "many2many",
            label=_("Groups and implied groups"),
            relation="res.groups",
            sql=HELD,
        ),
        computed("share", "boolean", label=_("Share User"), sql=SHARED),
        computed(
            "role",
            "selection",
            label=_("Role"),
            choices=[("group_user", _("User")), ("group_system", _("Administrator"))],
            sql=f"CASE WHEN {ADMINISTERS} THEN 'group_system' ELSE 'group_user' END",
        ),
        computed(
            "state",
            "selection",
            label=_("Status"),
            choices=[("new", _("Invited")), ("active", _("Confirmed"))],
            sql="CASE WHEN {last_login} IS NULL THEN 'new' ELSE 'active' END",
        ),
        *pictures("partner.image"),
    ),
    permissions={"write": ""},
    create=create,
    write=write,
    methods={
        "context_get": model_method(context_get, writes=False),
        "has_group": record_method(has_group, writes=False),
        "has_groups": record_method(has_groups, writes=False),
        "preference_save": record_method(preference_save, writes=False),
        "change_password": model_method(change_password),
    },
)
