"""The columns of a board one by one: what they are called, which value stands behind a key, who may move cards there."""

from typing import Any

from django.utils.translation import gettext as _

from rpc import access
from rpc.context import Call
from rpc.fields import Field
from web.screens.boxes import offered
from web.screens.declarations import Kanban, Place, Screen
from web.screens.moves import NoSuchPlace, may_write, number

MOVABLE = frozenset(("many2one", "selection", "boolean"))
MOST_OFFERED = 200


def label_of(field: Field | None, value: Any) -> str:
    """What the cards of a column share, in words."""
    if field is None:
        return ""
    if field.type == "boolean":
        return _("Yes") if value else _("No")
    if value is False or value is None or value == "":
        return _("None")
    if field.type == "selection":
        return str(dict(field.selection()).get(value, value))
    return str(value[1]) if isinstance(value, list) else str(value)


def is_movable(call: Call, screen: Screen, spec: str) -> bool:
    """Whether the actor may put cards into other columns of a board."""
    field = call.exposure.fields.get(spec)
    if field is None or field.type not in MOVABLE or not call.may(field):
        return False
    kanban = screen.kanban or Kanban()
    if not (kanban.move and spec == kanban.by):
        return may_write(call, field)
    does = call.exposure.verbs.get(kanban.move)
    permission = getattr(does.verb, "permission", "") if does else ""
    return access.may(call, "write") and (not permission or call.actor.has_perm(permission))


def value_of(field: Field, key: str) -> Any:
    """The value behind a column's key. Refuses with `NoSuchPlace` what is none."""
    if field.type == "boolean" and key in {"true", "false"}:
        return key == "true"
    if field.type != "boolean" and key == "" and not field.required:
        return False
    if field.type == "selection" and key in dict(field.selection()):
        return key
    if field.type == "many2one" and (pk := number(key)) is not None:
        return pk
    raise NoSuchPlace(name=str(field.label))


def choices(call: Call, screen: Screen, spec: str) -> list[tuple[str, str]]:
    """The columns that a card may be put into, by key."""
    field = call.exposure.fields[spec]
    if field.type == "selection":
        return [(str(key), str(label)) for key, label in field.selection()]
    if field.type == "boolean":
        return [("false", _("No")), ("true", _("Yes"))]
    kanban = screen.kanban or Kanban()
    domain = (kanban.every or ()) if spec == kanban.by else ()
    found = offered(call, field.relation, "", domain, limit=MOST_OFFERED)
    none = [] if field.required else [("", _("None"))]
    return [*none, *((str(row["id"]), str(row["display_name"])) for row in found)]


def quick_places(call: Call, screen: Screen) -> list[Place]:
    """The fields that are asked for at the head of a column."""
    kanban = screen.kanban or Kanban()
    fields = call.exposure.fields
    wanted = kanban.quick or ("name",)
    return [
        Place(name=one)
        for one in wanted
        if one in fields and not fields[one].readonly and call.may(fields[one])
    ]
