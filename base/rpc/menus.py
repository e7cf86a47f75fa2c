"""Menus on the wire: what the installed modules offer to people, as the caller sees it."""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from base.models import Role
from base.modules import Menu, installed
from rpc import field, model_method, table
from rpc.context import Call
from rpc.tables.numbers import number

Rows = list[dict[str, Any]]


def menus(call: Call) -> Rows:
    """The menus that the caller sees: one for each module, and its lines below."""
    return [row for config in installed() for row in _of_module(config, call.actor.has_perm)]


def addresses(call: Call) -> Rows:
    """Where the menus lead."""
    return [
        {
            "id": row["action_id"],
            "name": row["name"],
            "type": "ir.actions.act_url",
            "url": row["url"],
            "target": "self",
        }
        for row in menus(call)
        if row["url"]
    ]


def load_menus(call: Call, debug: Any = False) -> dict[str, Any]:
    """The menus as a tree, by id; `root` is above all of them."""
    del debug
    rows = menus(call)
    below: dict[Any, list[int]] = {}
    for row in rows:
        below.setdefault(row["parent_id"] or "root", []).append(row["id"])
    found: dict[str, Any] = {
        str(row["id"]): {
            "id": row["id"],
            "name": row["name"],
            "children": below.get(row["id"], []),
            "appID": row["parent_id"] or row["id"],
            "actionID": row["action_id"] or False,
            "actionModel": "ir.actions.act_url" if row["url"] else False,
            "webIcon": row["web_icon"] or False,
        }
        for row in rows
    }
    return {"root": {"id": "root", "name": "root", "children": below.get("root", [])}, **found}


def child_ids(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The menus below menus."""
    rows = menus(call)
    return {pk: [row["id"] for row in rows if row["parent_id"] == pk] for pk in ids}


def group_ids(call: Call, ids: list[int]) -> dict[int, list[int]]:
    """The roles that see menus which not everybody sees."""
    wanted = {row["id"]: row["permission"] for row in menus(call) if row["id"] in set(ids)}
    return {pk: _holders(permission) if permission else [] for pk, permission in wanted.items()}


def seen_by(role: Role) -> list[int]:
    """The menus for which one needs a permission that a role gives."""
    held = {
        f"{app}.{codename}"
        for app, codename in role.permissions.values_list("content_type__app_label", "codename")
    }
    rows = [row for config in installed() for row in _of_module(config, held.__contains__)]
    return [row["id"] for row in rows if row["permission"]]


def _of_module(config: Any, may: Callable[[str], bool]) -> Rows:
    shown = [menu for menu in config.manifest.menu if not menu.permission or may(menu.permission)]
    if not shown:
        return []
    root = number(f"menu.{config.label}")
    name = str(config.verbose_name)
    rows = [_row(root, name, name, 0, None, "", config.manifest.icon, "")]
    for place, menu in enumerate(shown):
        below = number(f"menu.{config.label}.{menu.url}.{sorted(menu.kwargs.items())}")
        label = str(menu.label)
        rows.append(
            _row(
                below,
                label,
                f"{name}/{label}",
                place,
                root,
                _address(menu),
                menu.icon,
                menu.permission,
            )
        )
    return rows


def _row(
    pk: int,
    name: str,
    complete: str,
    place: int,
    parent: int | None,
    url: str,
    icon: str,
    permission: str,
) -> dict[str, Any]:
    action = number(f"action.menu.{pk}") if url else None
    return {
        "id": pk,
        "name": name,
        "complete_name": complete,
        "sequence": place,
        "parent_id": parent,
        "action_id": action,
        "action": f"ir.actions.act_url,{action}" if action else None,
        "url": url,
        "web_icon": icon,
        "active": True,
        "permission": permission,
    }


def _address(menu: Menu) -> str:
    try:
        return reverse(menu.url, kwargs=dict(menu.kwargs))
    except NoReverseMatch:
        return ""


def _holders(permission: str) -> list[int]:
    app, _dot, codename = permission.partition(".")
    held = Role.objects.filter(
        permissions__codename=codename, permissions__content_type__app_label=app
    )
    return sorted(set(held.values_list("pk", flat=True)))


table(
    "ir.ui.menu",
    label=_("Menu"),
    order="sequence, id",
    display="complete_name",
    search="complete_name",
    fields=(
        field("name", "char", _("Menu"), required=True),
        field("complete_name", "char", _("Full Path")),
        field("sequence", "integer", _("Sequence")),
        field("parent_id", "many2one", _("Parent Menu"), relation="ir.ui.menu"),
        field(
            "child_id",
            "one2many",
            _("Child IDs"),
            relation="ir.ui.menu",
            inverse="parent_id",
            function=child_ids,
        ),
        field("action", "reference", _("Action")),
        field("active", "boolean", _("Active")),
        field("web_icon", "char", _("Web Icon File")),
        field("group_ids", "many2many", _("Groups"), relation="res.groups", function=group_ids),
    ),
    rows=menus,
    methods={"load_menus": model_method(load_menus, writes=False)},
)

table(
    "ir.actions.act_url",
    label=_("Action URL"),
    order="name, id",
    display="name",
    fields=(
        field("name", "char", _("Action Name"), required=True),
        field("type", "char", _("Action Type"), required=True),
        field("url", "text", _("Action URL"), required=True),
        field(
            "target",
            "selection",
            _("Action Target"),
            choices=[("self", _("This Window")), ("new", _("New Window"))],
        ),
    ),
    rows=addresses,
)
