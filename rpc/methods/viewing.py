"""What web clients draw: get_view and get_views, made of what is exposed."""

from collections.abc import Mapping
from typing import Any

from rpc import access, registry
from rpc.context import Call
from rpc.faults import missing_error, type_error, user_error
from rpc.methods.describing import fields_get
from rpc.methods.table import generic, method_of
from rpc.tables.actions import reports
from rpc.tables.views import arch, shown_fields, view_id

View = dict[str, Any]
DRAWN = ("list", "form", "search", "kanban")
OLDER = {"tree": "list"}
ALWAYS = ("id", "write_date")


@generic(takes_ids=False, writes=False)
def get_view(call: Call, view_id: Any = None, view_type: Any = "form", **options: Any) -> View:
    """One view of a noun as XML, and the fields that it is about."""
    del options
    access.require(call, "read")
    kind = OLDER.get(view_type, view_type) if isinstance(view_type, str) else ""
    if kind not in DRAWN:
        raise user_error(f"No default view of type '{view_type}' could be found!")
    number = _number(call, kind)
    if view_id and view_id != number:
        raise missing_error("ir.ui.view", [view_id], call.actor.user_id)
    fields = call.exposure.fields
    about = (
        [name for name, field in fields.items() if call.may(field)]
        if kind == "search"
        else [*shown_fields(call, call.exposure, kind), *(one for one in ALWAYS if one in fields)]
    )
    return {
        "arch": arch(call, call.exposure, kind),
        "id": number,
        "model": call.exposure.name,
        "models": {call.exposure.name: about},
    }


@generic(takes_ids=False, writes=False)
def get_views(call: Call, views: Any, options: Any = None) -> dict[str, Any]:
    """Several views, each named as `[id or false, kind]`, with what there is to know of their fields."""
    if not isinstance(views, list | tuple):
        raise type_error(f"{type(views).__name__!r} object is not iterable")
    wanted = options if isinstance(options, Mapping) else {}
    found: dict[str, View] = {}
    for view in views:
        if not isinstance(view, list | tuple) or len(view) != 2:
            raise type_error("a view is named as [id, type]")
        found[str(view[1])] = get_view(call, *view)
    about = dict.fromkeys(
        name for one in found.values() for name in one.pop("models")[call.exposure.name]
    )
    for kind, one in found.items() if wanted.get("toolbar") else ():
        one["toolbar"] = _papers(call) if kind in {"list", "tree", "form"} else {}
    if wanted.get("load_filters") and "search" in found:
        found["search"]["filters"] = _favourites(call)
    fields = fields_get(call, list(about)) if about else {}
    return {"views": found, "models": {call.exposure.name: {"fields": fields}}}


def _number(call: Call, kind: str) -> int:
    return view_id(call.exposure.name, kind)


def _papers(call: Call) -> dict[str, Any]:
    """The papers that may be printed of a noun."""
    printed = [row for row in reports(call) if row["model"] == call.exposure.name]
    return {"print": printed} if printed else {}


def _favourites(call: Call) -> Any:
    """The searches that people keep for a noun."""
    filters = registry.find("ir.filters")
    if filters is None:
        return []
    return method_of(filters, "get_filters").function(call.on(filters), call.exposure.name)
