"""Views as rows: which fields of a noun a list, a form and a search show, for clients that draw screens of their own."""

from typing import Any
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext_lazy as _

from rpc import access, registry
from rpc.context import Call
from rpc.exposure import Action, Exposure
from rpc.fields import field
from rpc.registry import table
from rpc.tables.numbers import number

Rows = list[dict[str, Any]]
KINDS = [("list", _("List")), ("form", _("Form")), ("search", _("Search"))]
KNOWN = [
    *KINDS,
    ("graph", _("Graph")),
    ("pivot", _("Pivot")),
    ("calendar", _("Calendar")),
    ("kanban", _("Kanban")),
    ("activity", _("Activity")),
    ("qweb", _("QWeb")),
]
IN_A_LIST = 8
BARRED: dict[str, Action] = {"create": "create", "edit": "write", "delete": "unlink"}
UNSHOWN = frozenset(("id", "display_name", "create_uid", "create_date", "write_uid", "write_date"))


def view_id(noun: str, kind: str) -> int:
    """The id of a view of a noun."""
    return number(f"view.{noun}.{kind}")


def views(call: Call) -> Rows:
    """A list, a form and a search of each noun that the actor may read."""
    return [
        {
            "id": view_id(one.name, kind),
            "name": f"{one.name}.{kind}",
            "model": one.name,
            "type": kind,
            "mode": "primary",
            "priority": 16,
            "active": True,
            "xml_id": f"{one.name.replace('.', '_')}.view_{kind}",
            "key": f"{one.name.replace('.', '_')}.view_{kind}",
        }
        for one in registry.everything()
        if one.kind == "model" and access.may(call, "read", one)
        for kind, _label in KINDS
    ]


def arches(call: Call, ids: list[int]) -> dict[int, str]:
    """What views show, as XML."""
    wanted = set(ids)
    return {
        pk: arch(call, one, kind)
        for one in registry.everything()
        for kind, _label in KINDS
        if (pk := view_id(one.name, kind)) in wanted
    }


def arch(call: Call, exposure: Exposure, kind: str) -> str:
    """One view as XML: the fields that the actor may see, the first few of them in a list."""
    names = shown_fields(call, exposure, kind)
    shown = "".join(f"<field name={quoteattr(name)}/>" for name in names)
    if kind == "search":
        return f"<search>{shown}</search>"
    if kind == "kanban":
        shown = f'<templates><t t-name="card">{shown}</t></templates>'
    if kind == "form":
        shown = f"<sheet><group>{shown}</group></sheet>"
    barred = "".join(
        f' {word}="0"' for word, action in BARRED.items() if not access.may(call, action, exposure)
    )
    return f"<{kind}{barred}>{shown}</{kind}>"


def shown_fields(call: Call, exposure: Exposure, kind: str) -> list[str]:
    """The fields that a view of a noun shows, in order."""
    if kind == "kanban":
        return ["display_name"]
    names = [
        one.name for one in exposure.fields.values() if one.name not in UNSHOWN and call.may(one)
    ]
    if kind == "search":
        return [name for name in names if exposure.fields[name].searchable]
    if kind == "list":
        return [name for name in names if exposure.fields[name].sortable][:IN_A_LIST]
    return names


table(
    "ir.ui.view",
    label=_("View"),
    order="priority, name, id",
    display="name",
    fields=(
        field("name", "char", _("View Name"), required=True),
        field("model", "char", _("Model")),
        field("type", "selection", _("View Type"), choices=KNOWN),
        field(
            "mode",
            "selection",
            _("View inheritance mode"),
            choices=[("primary", _("Base view")), ("extension", _("Extension View"))],
            required=True,
        ),
        field("priority", "integer", _("Sequence"), required=True),
        field("active", "boolean", _("Active")),
        field("xml_id", "char", _("External ID")),
        field("key", "char", _("Key")),
        field("inherit_id", "many2one", _("Inherited View"), relation="ir.ui.view"),
        field("arch", "text", _("View Architecture"), function=arches),
        field("arch_db", "text", _("Arch Blob"), function=arches),
    ),
    rows=views,
)
