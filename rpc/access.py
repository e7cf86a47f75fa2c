"""Who may do what, in the words of the contract, and which rows they see, as SQL."""

from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models

from base.models import Role
from base.policies import row_filter
from rpc.context import Call
from rpc.exposure import Action, Exposure
from rpc.faults import WireError, access_error
from rpc.fields import Field
from rpc.sql.sources import column_name
from rpc.sql.statement import Frame

VERBS = {"read": "access", "create": "create", "write": "modify", "unlink": "delete"}
ROOT = "__row"
KEEP_AT_MOST = 5_000

_scopes: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {}


def may(call: Call, action: Action, exposure: Exposure | None = None) -> bool:
    """Whether the actor may do something with a noun at all."""
    permission = (exposure or call.exposure).permissions[action]
    return permission is not None and (not permission or call.actor.has_perm(permission))


def require(call: Call, action: Action, exposure: Exposure | None = None) -> None:
    """Let the actor pass, or raise the contract's AccessError."""
    if not may(call, action, exposure):
        raise refusal(exposure or call.exposure, action)


def refusal(exposure: Exposure, action: Action) -> WireError:
    """The AccessError for a noun, with the roles that would be allowed."""
    head = f"You are not allowed to {VERBS[action]} '{exposure.label}' ({exposure.name}) records."
    names = _roles(exposure.permissions[action])
    if names:
        listed = "\n".join(f"\t- {name}" for name in names)
        groups = f"This operation is allowed for the following groups:\n{listed}"
    else:
        groups = "No group currently allows this operation."
    return access_error(
        f"{head}\n\n{groups}\n\nContact your administrator to request access if necessary."
    )


def hidden_rows(call: Call, action: Action) -> WireError:
    """The AccessError for rows outside the actor's scope."""
    return access_error(
        f"Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n"
        f"Sorry, {call.actor.login} (id={call.actor.user_id}) doesn't have '{action}' access to:\n"
        f"- {call.exposure.label} ({call.exposure.name})\n\n"
        f"If you really, really need access, perhaps you can win over your friendly administrator."
    )


def visible_field(call: Call, exposure: Exposure, field: Field) -> Field:
    """The field, if the actor may see it; else the contract's AccessError."""
    if not call.may(field):
        raise access_error(
            f'You do not have enough rights to access the field "{field.name}" on {exposure.label} '
            f"({exposure.name}). Please contact your system administrator.\n\nOperation: read"
        )
    return field


def scope(call: Call, exposure: Exposure, frame: Frame) -> str:
    """The SQL condition for the rows of a noun that the actor sees; empty for all of them."""
    if exposure.kind == "wizard":
        mine = frame.statement.bind(call.actor.user_id)
        return f"{frame.alias}.user_id = {mine} AND {frame.alias}.model = {frame.statement.bind(exposure.name)}"
    if exposure.model is None:
        return ""
    sql, values = _scope(exposure.model, call)
    return frame.statement.adopt(sql.replace(ROOT, frame.alias), values) if sql else ""


def _scope(model: type[models.Model], call: Call) -> tuple[str, tuple[Any, ...]]:
    actor = call.actor
    key = (model, actor.user_id, actor.access_version, actor.company_ids, actor.may_view_all)
    known = _scopes.get(key)
    if known is None:
        if len(_scopes) >= KEEP_AT_MOST:
            _scopes.clear()
        asked = _Asked()
        with connection.execute_wrapper(asked):
            condition = row_filter(model, actor)
        known = _compiled(model, condition)
        if not asked.database:
            _scopes[key] = known
    return known


class _Asked:
    """Notices that a rule asks the database: what it answers then holds for now only and is not kept."""

    def __init__(self) -> None:
        self.database = False

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.database = True
        return execute(*arguments)


def _compiled(model: type[models.Model], condition: models.Q) -> tuple[str, tuple[Any, ...]]:
    """Let Django write the condition once. Where it needs other tables it becomes a sub-select."""
    if not condition:
        return "", ()
    query = model._base_manager.filter(condition).order_by().query
    if sum(1 for uses in query.alias_refcount.values() if uses) > 1 or query.distinct:
        inner, values = (
            model._base_manager.filter(condition).order_by().values("pk").query.sql_with_params()
        )
        pk = column_name(model._meta.pk)
        return f"{ROOT}.{pk} IN ({inner})", tuple(values)
    query.change_aliases({model._meta.db_table: ROOT})
    try:
        sql, params = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:
        return "FALSE", ()
    except FullResultSet:
        return "", ()
    return f"({sql})" if sql else "", tuple(params)


def _roles(permission: str | None) -> list[str]:
    if not permission:
        return []
    app, _dot, codename = permission.partition(".")
    held = Role.objects.filter(
        permissions__codename=codename, permissions__content_type__app_label=app
    )
    return sorted({str(name) for name in held.values_list("name", flat=True)})
